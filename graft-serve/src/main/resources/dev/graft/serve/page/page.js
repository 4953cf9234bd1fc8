import { WORDS } from '/page/words.js';

const LONGEST = 640;
const POLL_MILLIS = 300;
const WORDS_SHOWN = 6;
const NEAREST_SHOWN = 5;

const at = id => document.getElementById(id);
let language = remembered('language') || ((navigator.language || '').startsWith('zh') ? 'zh' : 'en');

function remembered(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Without storage it is asked again.
  }
}

function say(word, ...values) {
  return (WORDS[language][word] ?? word).replace(/\{(\d)\}/g, (all, place) => values[place]);
}

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name in element && name !== 'list') {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter(child => child != null));
  return element;
}

/** A share; what is not all or nothing is not rounded to that. */
function percent(value) {
  if (value > 0.999 && value < 1) {
    return '>99.9%';
  }
  return value > 0 && value < 0.001 ? '<0.1%' : (100 * value).toFixed(value === 0 || value === 1 ? 0 : 1) + '%';
}

/** A probability; none is quite certain, whatever its rounding says. */
const probability = value => percent(Math.min(value, 0.9999));

// The server.

async function ask(path, options = {}) {
  const token = remembered('token');
  const headers = { ...(options.headers || {}), ...(token ? { Authorization: 'Bearer ' + token } : {}) };
  let response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch {
    throw new Error(say('gone'));
  }
  if (response.status === 401) {
    await askToken();
    return ask(path, options);
  }
  if (!response.ok) {
    const told = await response.json().catch(() => ({}));
    const error = told.error || {};
    const lines = [error.what || response.status, error.where, error.expected && say('expected', error.expected), error.fix && say('fix', error.fix)];
    const failure = new Error(lines.filter(line => line).join('\n'));
    failure.status = response.status;
    throw failure;
  }
  return response;
}

const askJson = async (path, options) => (await ask(path, options)).json();

let tokenAsked = null;

/** One question, however many requests wait for its answer. */
function askToken() {
  tokenAsked ??= new Promise(resolve => {
    const dialog = at('token');
    dialog.addEventListener('close', () => {
      remember('token', at('token-value').value);
      tokenAsked = null;
      resolve();
    }, { once: true });
    dialog.showModal();
  });
  return tokenAsked;
}

function tell(failure) {
  const line = at('problem');
  line.textContent = failure ? failure.message : '';
  line.hidden = !failure;
}

const guarded = work => async (...values) => {
  try {
    tell(null);
    await work(...values);
  } catch (failure) {
    tell(failure);
  }
};

// Pictures.

/** Large pictures are made smaller here: what a network sees is smaller still. */
async function readied(file) {
  const preview = URL.createObjectURL(file);
  try {
    const bitmap = await createImageBitmap(file);
    const scale = LONGEST / Math.max(bitmap.width, bitmap.height);
    if (scale >= 1) {
      bitmap.close();
      return { blob: file, preview };
    }
    const canvas = make('canvas', { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
    canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
    return { blob, preview };
  } catch {
    // The browser does not know the format; the server may.
    return { blob: file, preview };
  }
}

const isPicture = file => file.type.startsWith('image/') || /\.(jpe?g|png|webp|tiff?|gif|bmp)$/i.test(file.name);

function drop(several, taken, compact = false) {
  const id = 'drop-' + Math.random().toString(36).slice(2);
  const input = make('input', {
    type: 'file', id, accept: 'image/*', multiple: several, className: 'hidden-input',
    onchange: () => {
      taken([...input.files].filter(isPicture));
      input.value = '';
    }
  });
  const label = make('label', { className: compact ? 'drop compact' : 'drop', htmlFor: id },
    say(several ? 'dropPictures' : 'dropPicture'));
  const area = make('div', {}, input, label);
  label.addEventListener('dragover', event => {
    event.preventDefault();
    label.classList.add('over');
  });
  label.addEventListener('dragleave', () => label.classList.remove('over'));
  label.addEventListener('drop', event => {
    event.preventDefault();
    label.classList.remove('over');
    taken([...event.dataTransfer.files].filter(isPicture));
  });
  area.taken = taken;
  area.addEventListener('pointerenter', () => { pasteTarget = area; });
  area.addEventListener('focusin', () => { pasteTarget = area; });
  return area;
}

let pasteTarget = null;

document.addEventListener('paste', event => {
  const files = [...event.clipboardData.files].filter(isPicture);
  const shown = pasteTarget && pasteTarget.isConnected && pasteTarget.offsetParent;
  const target = shown ? pasteTarget : [...document.querySelectorAll('.drop')].find(one => one.offsetParent)?.parentElement;
  if (files.length && target) {
    event.preventDefault();
    target.taken(files);
  }
});

// A file that misses its target would replace the page.
for (const name of ['dragover', 'drop']) {
  window.addEventListener(name, event => event.preventDefault());
}

async function camera(taken) {
  const dialog = at('camera');
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch (failure) {
    tell(new Error(say('noCamera', failure.message || failure)));
    return;
  }
  const video = at('camera-video');
  video.srcObject = stream;
  at('camera-shot').onclick = () => {
    const canvas = make('canvas', { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext('2d').drawImage(video, 0, 0);
    canvas.toBlob(blob => blob && taken([new File([blob], 'camera.png', { type: 'image/png' })]), 'image/png');
  };
  at('camera-close').onclick = () => dialog.close();
  dialog.addEventListener('close', () => {
    stream.getTracks().forEach(track => track.stop());
    video.srcObject = null;
  }, { once: true });
  dialog.showModal();
}

// Answers.

function bars(top) {
  return make('div', { className: 'bars' }, ...top.map(one => {
    const fill = make('div', { className: 'fill' });
    fill.style.width = 100 * one.confidence + '%';
    return make('div', { className: 'bar' },
      make('span', { className: 'name', title: one.label }, one.label),
      make('div', { className: 'track' }, fill),
      make('span', { className: 'value' }, probability(one.confidence)));
  }));
}

function picture(source, caption, title = '') {
  return make('figure', { title }, make('img', { src: source, alt: caption }), make('figcaption', {}, caption));
}

function evidence(text, found) {
  const weightiest = [...found.words].sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    .slice(0, WORDS_SHOWN).filter(word => word.weight !== 0).sort((one, other) => one.start - other.start);
  const line = make('p', {});
  let place = 0;
  for (const word of weightiest) {
    line.append(text.slice(place, word.start));
    const marked = make('mark', { className: word.weight < 0 ? 'against' : '' }, word.text);
    line.append(word.weight < 0 ? make('s', {}, marked) : marked);
    place = word.start + word.text.length;
  }
  line.append(text.slice(place));
  return make('div', {}, make('h2', {}, say('words')), line, make('p', { className: 'muted small' }, say('against')));
}

/** Known examples, each with its label and how alike it is. */
function nearest(examples) {
  const caption = one => say('likeness', one.label, one.similarity.toFixed(2));
  return [make('h2', { className: 'because' }, say('because')), make('p', { className: 'muted small' }, say('alikeLede')),
    examples.some(one => one.picture)
      ? make('div', { className: 'pictures near-pictures' }, ...examples.map(one => picture(one.picture, caption(one), one.file)))
      : make('div', { className: 'texts' }, ...examples.map(one => make('div', { className: 'near' },
        make('p', {}, one.text), make('p', { className: 'muted small' }, caption(one)))))];
}

function answer(one, shown) {
  const label = one.noneOfThese ? say('none') : one.label;
  const parts = [
    make('p', { className: one.noneOfThese ? 'answer-label none' : 'answer-label' }, label),
    one.numbers ? null : make('p', { className: 'muted' },
      one.noneOfThese ? say('nearest', one.top[0].label) : say('sure', probability(one.confidence))),
    !one.noneOfThese && one.unknownScore > 1 ? make('p', { className: 'muted' }, say('unlike')) : null,
    bars(one.top)
  ];
  if (shown.preview || one.heatmap) {
    parts.push(make('div', { className: 'pictures' },
      shown.preview ? picture(shown.preview, say('yours')) : null,
      one.heatmap ? picture(one.heatmap.png, say('looked', one.heatmap.className)) : null));
  }
  if (one.evidence && shown.text) {
    parts.push(evidence(shown.text, one.evidence));
  }
  if (one.nearest?.length) {
    parts.push(...nearest(one.nearest));
  }
  return parts.filter(part => part);
}

async function predict(path, input, target, near = false) {
  const also = near ? '&nearest=' + NEAREST_SHOWN : '';
  target.replaceChildren(make('p', { className: 'busy' }, say('working')));
  try {
    let result;
    if (input.text != null) {
      result = await askJson(path + '?explain=true' + also, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text: input.text })
      });
    } else if (input.item) {
      result = await askJson(path, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ items: [input.item] })
      });
    } else {
      result = await askJson(path + '?heatmap=true' + also, {
        method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: input.blob
      });
    }
    target.replaceChildren(...answer(result.predictions[0], input));
    return result;
  } catch (failure) {
    target.replaceChildren(make('p', { className: 'muted' }, say('waiting')));
    throw failure;
  }
}

// Asking a model that is served.

let models = [];

async function loadModels() {
  const listing = await askJson('/v1/models');
  models = listing.models;
  at('tab-teach').hidden = !listing.teaching;
  if (!listing.teaching) {
    choose('ask');
  }
  const chosen = at('model').value;
  at('model').replaceChildren(...models.map(one => make('option', { value: one.name }, one.name)));
  if (models.some(one => one.name === chosen)) {
    at('model').value = chosen;
  }
  at('choose-model').hidden = models.length < 2;
  await showModel();
}

async function showModel() {
  const model = models.find(one => one.name === at('model').value);
  const input = at('ask-input');
  at('ask-answer').replaceChildren(make('p', { className: 'muted' }, say('waiting')));
  if (!model) {
    at('model-classes').textContent = say('noModels');
    input.replaceChildren();
    return;
  }
  const shown = model.classes.length > 12 ? [...model.classes.slice(0, 12), '…'] : model.classes;
  at('model-classes').textContent = say('classes', shown.join(', '));
  const path = '/v1/models/' + encodeURIComponent(model.name) + '/predict';
  const target = at('ask-answer');
  if (model.takes === 'pictures') {
    input.replaceChildren(drop(false, guarded(async files => files[0] && predict(path, await readied(files[0]), target, model.nearest))));
  } else if (model.takes === 'texts') {
    input.replaceChildren(textForm(text => predict(path, { text }, target, model.nearest)));
  } else {
    const page = await askJson('/v1/models/' + encodeURIComponent(model.name));
    input.replaceChildren(itemForm(page.columns, item => predict(path, { item }, target)));
  }
}

function textForm(asked) {
  const area = make('textarea', { id: 'ask-text', 'aria-label': say('text') });
  return make('form', { onsubmit: guarded(async event => {
    event.preventDefault();
    if (area.value.trim()) {
      await asked(area.value);
    }
  }) }, area, make('p', { className: 'row' }, make('button', { type: 'submit' }, say('askText'))));
}

function itemForm(columns, asked) {
  const pictures = {};
  const fields = columns.map((column, place) => {
    const id = 'column-' + place;
    if (column.kind === 'image') {
      const chosen = make('span', { className: 'muted' });
      return make('div', {}, make('p', {}, column.name), drop(false, async files => {
        if (files[0]) {
          pictures[column.name] = (await readied(files[0])).blob;
          chosen.textContent = files[0].name;
        }
      }, true), chosen);
    }
    return make('p', { className: 'row' }, make('label', { htmlFor: id }, column.name),
      make('input', { id, name: column.name, type: column.kind === 'number' ? 'number' : 'text', step: 'any' }));
  });
  return make('form', { onsubmit: guarded(async event => {
    event.preventDefault();
    const item = {};
    for (const column of columns) {
      const field = event.target.elements.namedItem(column.name);
      if (column.kind === 'image') {
        item[column.name] = pictures[column.name] ? await base64(pictures[column.name]) : null;
      } else {
        item[column.name] = field.value === '' ? null : column.kind === 'number' ? Number(field.value) : field.value;
      }
    }
    await asked(item);
  }) }, make('p', { className: 'muted' }, say('fill')), ...fields, make('button', { type: 'submit' }, say('askText')));
}

function base64(blob) {
  return new Promise(resolve => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(blob);
  });
}

// Teaching.

const teaching = { id: null, classes: [], status: null, shown: new Map(), polling: false, revision: -1 };

async function session() {
  if (!teaching.id) {
    teaching.opening ??= askJson('/v1/teach', { method: 'POST' }).finally(() => { teaching.opening = null; });
    teaching.id = (await teaching.opening).id;
  }
  return '/v1/teach/' + teaching.id;
}

/** What the server has forgotten is taught anew from here on. */
async function taught(path, options) {
  try {
    return await ask(await session() + path, options);
  } catch (failure) {
    if (failure.status === 404 && teaching.id) {
      const known = await ask('/v1/teach/' + teaching.id).catch(one => one);
      if (known.status === 404) {
        teaching.id = null;
        teaching.status = null;
        teaching.classes.forEach(one => { one.examples = []; });
        drawClasses();
        throw new Error(say('ended'));
      }
    }
    throw failure;
  }
}

function addClass(name) {
  const free = name && !teaching.classes.some(one => one.name === name);
  if (free) {
    teaching.classes.push({ name, examples: [] });
    drawClasses();
  }
  return free;
}

const kind = () => teaching.status?.kind ?? null;

async function addPictures(one, files) {
  if (!files.length) {
    return;
  }
  const ready = await Promise.all(files.map(readied));
  const pending = ready.map(picture => ({ preview: picture.preview, number: 0 }));
  one.examples.push(...pending);
  drawClass(one);
  const form = new FormData();
  ready.forEach((picture, place) => form.append('file', picture.blob, files[place].name || 'picture'));
  await added(one, pending, '?class=', { method: 'POST', body: form });
}

async function addText(one, text) {
  const pending = [{ text, number: 0 }];
  one.examples.push(...pending);
  drawClass(one);
  await added(one, pending, '?class=', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ texts: [text] })
  });
}

async function added(one, pending, query, options) {
  try {
    const result = await (await taught('/examples' + query + encodeURIComponent(one.name), options)).json();
    pending.forEach((example, place) => { example.number = result.numbers[place]; });
    one.examples = one.examples.filter(example => !pending.includes(example) || example.number);
    pending.filter(example => example.number).forEach(example => teaching.shown.set(example.number, example));
    if (result.repeated) {
      tell(new Error(say('repeated', result.repeated)));
    }
    const before = kind();
    show(result.session);
    if (before === kind()) {
      drawClass(one);
    } else {
      drawClasses();
    }
  } catch (failure) {
    one.examples = one.examples.filter(example => !pending.includes(example));
    drawClass(one);
    throw failure;
  }
}

const removeExample = guarded(async (one, example) => {
  show(await (await taught('/examples/' + example.number, { method: 'DELETE' })).json());
  one.examples = one.examples.filter(other => other !== example);
  drawClass(one);
});

const removeClass = guarded(async one => {
  if (one.examples.length) {
    show(await (await taught('/classes?class=' + encodeURIComponent(one.name), { method: 'DELETE' })).json());
  }
  teaching.classes = teaching.classes.filter(other => other !== one);
  drawClasses();
});

const renameClass = guarded(async (one, input) => {
  const name = input.value.trim();
  if (!name || name === one.name || teaching.classes.some(other => other.name === name)) {
    input.value = one.name;
    return;
  }
  if (one.examples.length) {
    show(await (await taught('/rename?class=' + encodeURIComponent(one.name) + '&to=' + encodeURIComponent(name),
      { method: 'POST' })).json());
  }
  one.name = name;
});

function drawClasses() {
  at('classes').replaceChildren(...teaching.classes.map(one => {
    one.panel = make('div', { className: 'panel' });
    drawClass(one);
    return one.panel;
  }));
}

function drawClass(one) {
  if (!one.panel) {
    return;
  }
  const focused = one.panel.contains(document.activeElement) ? document.activeElement.dataset.role : null;
  const count = one.examples.length;
  const name = make('input', {
    value: one.name, maxLength: 100, 'aria-label': say('className'), autocomplete: 'off',
    onchange: event => renameClass(one, event.target)
  });
  const parts = [make('div', { className: 'class-head' }, name,
    make('span', { className: 'count' }, count === 1 ? say('example') : say('examples', count)),
    make('button', { type: 'button', className: 'plain', 'aria-label': say('removeClass', one.name), onclick: () => removeClass(one) }, '✕'))];
  if (kind() !== 'texts') {
    parts.push(drop(true, guarded(files => addPictures(one, files)), true));
    if (navigator.mediaDevices) {
      parts.push(make('p', { className: 'row' }, make('button', {
        type: 'button', className: 'plain', onclick: () => camera(guarded(files => addPictures(one, files)))
      }, say('camera'))));
    }
  }
  if (kind() !== 'pictures') {
    const field = make('input', { placeholder: say('typeText'), 'aria-label': say('typeText'), autocomplete: 'off' });
    field.dataset.role = 'text';
    parts.push(make('form', { className: 'row', onsubmit: guarded(async event => {
      event.preventDefault();
      if (field.value.trim()) {
        await addText(one, field.value.trim());
      }
    }) }, field, make('button', { type: 'submit' }, say('addText'))));
  }
  const pictures = one.examples.filter(example => example.preview);
  const texts = one.examples.filter(example => example.text);
  if (pictures.length) {
    parts.push(make('div', { className: 'thumbs' }, ...pictures.map(example => make('button', {
      type: 'button', className: example.number ? 'thumb' : 'thumb pending', 'aria-label': say('remove'),
      disabled: !example.number, onclick: () => removeExample(one, example)
    }, make('img', { src: example.preview, alt: one.name }), make('span', { className: 'cross', 'aria-hidden': 'true' }, '×')))));
  }
  if (texts.length) {
    parts.push(make('div', { className: 'texts' }, ...texts.map(example => make('div', { className: 'said' },
      make('span', { title: example.text }, example.text),
      make('button', { type: 'button', className: 'plain', 'aria-label': say('remove'), onclick: () => removeExample(one, example) }, '×')))));
  }
  one.panel.replaceChildren(...parts);
  if (focused === 'text') {
    one.panel.querySelector('[data-role="text"]')?.focus();
  }
}

function show(status) {
  if (teaching.status && status.id === teaching.status.id && status.revision < teaching.status.revision) {
    return;
  }
  teaching.status = status;
  drawWorth();
  if (status.learning) {
    poll();
  }
}

async function poll() {
  if (teaching.polling) {
    return;
  }
  teaching.polling = true;
  try {
    while (teaching.id && teaching.status?.learning) {
      await new Promise(resolve => setTimeout(resolve, POLL_MILLIS));
      show(await (await taught('')).json());
    }
  } catch (failure) {
    tell(failure);
  } finally {
    teaching.polling = false;
  }
}

function drawWorth() {
  const status = teaching.status;
  const learned = status?.learned;
  const parts = [];
  if (learned) {
    parts.push(make('p', { className: 'big' }, learned.accuracy == null ? '–' : percent(learned.accuracy)));
    parts.push(make('p', { className: 'verdict', id: 'verdict' }, say(learned.verdict)));
    if (learned.lower != null) {
      parts.push(make('p', { className: 'muted small' },
        say('interval', percent(learned.lower), percent(learned.upper), percent(learned.guessing))));
    }
    parts.push(make('p', { className: status.learning ? 'muted small busy' : 'muted small' },
      status.learning ? say('learning') : say('learnedIn', learned.examples, learned.seconds.toFixed(1))));
    parts.push(make('p', { className: 'muted small', id: 'unknown' }, say(learned.tellsUnknown ? 'unknown' : 'unknownNot')));
    if (status.history.filter(one => one.accuracy != null).length > 1) {
      parts.push(history(status.history.filter(one => one.accuracy != null)));
    }
  } else {
    parts.push(make('p', { className: status?.learning ? 'muted busy' : 'muted' },
      status?.learning ? say('learning') : say('nothingYet')));
  }
  if (status?.problem) {
    parts.push(make('p', { className: 'none' }, status.problem));
  }
  at('worth').replaceChildren(...parts);
  drawDoubts(learned?.doubts ?? []);
  at('take-panel').hidden = !learned;
  at('snippet').textContent = snippet();
  if (Boolean(learned) !== teaching.trying || kind() !== teaching.tryingKind) {
    drawTry(Boolean(learned));
  }
}

function history(points) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const [width, height, left, top, bottom] = [360, 96, 34, 8, 18];
  svg.setAttribute('class', 'history');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', say('historyLabel') + ': '
    + points.map(one => one.examples + ': ' + percent(one.accuracy)).join(', '));
  const most = Math.max(...points.map(one => one.examples));
  const x = one => left + (width - left - 10) * (most ? one.examples / most : 0);
  const y = accuracy => top + (height - top - bottom) * (1 - accuracy);
  const add = (name, attributes, text) => {
    const element = document.createElementNS(space, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.textContent = text ?? '';
    svg.append(element);
  };
  for (const line of [0, 0.5, 1]) {
    add('line', { x1: left, x2: width - 10, y1: y(line), y2: y(line) });
    add('text', { x: left - 6, y: y(line) + 4, 'text-anchor': 'end' }, (100 * line) + '%');
  }
  const ordered = [...points].sort((one, other) => one.examples - other.examples);
  add('polyline', { points: ordered.map(one => x(one) + ',' + y(one.accuracy)).join(' ') });
  ordered.forEach(one => add('circle', { cx: x(one), cy: y(one.accuracy), r: 3 }));
  add('text', { x: width - 10, y: height - 4, 'text-anchor': 'end' }, say('examples', most));
  return svg;
}

function drawDoubts(doubts) {
  at('doubts-panel').hidden = !doubts.length;
  at('doubts').replaceChildren(...doubts.map(one => {
    const example = teaching.shown.get(one.example);
    return make('li', {},
      example?.preview ? make('span', { className: 'thumb' }, make('img', { src: example.preview, alt: one.className })) : null,
      make('span', {}, (example?.text ? '“' + example.text + '” ' : '') + say('looksLike', one.className, one.takenFor, probability(one.probability))));
  }));
}

function drawTry(ready) {
  teaching.trying = ready;
  teaching.tryingKind = kind();
  at('try-answer').replaceChildren();
  if (!ready) {
    at('try-input').replaceChildren(make('p', { className: 'muted' }, say('tryFirst')));
    return;
  }
  const tried = async input => {
    const result = await predict(await session() + '/predict', input, at('try-answer'));
    const alike = (result.neighbours[0] || []).map(one => ({ ...one, shown: teaching.shown.get(one.example) }));
    if (alike.length) {
      at('try-answer').append(make('h2', {}, say('alike')), make('div', { className: 'pictures small' },
        ...alike.map(one => one.shown?.preview
          ? picture(one.shown.preview, one.className)
          : make('p', { className: 'said' }, make('span', {}, one.className + ': ' + (one.shown?.text ?? ''))))));
    }
  };
  at('try-input').replaceChildren(kind() === 'texts'
    ? textForm(text => tried({ text }))
    : drop(false, guarded(async files => files[0] && tried(await readied(files[0]))), true));
}

async function download(file) {
  const blob = await (await taught('/' + file)).blob();
  const link = make('a', { href: URL.createObjectURL(blob), download: 'graft-' + file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function snippet() {
  const texts = kind() === 'texts';
  return `import dev.graft.bundle.Bundle;
${texts ? '' : 'import dev.graft.image.ImageFiles;\n'}import dev.graft.prediction.Classifier;
import java.nio.file.Path;
import java.util.List;

try (Classifier classifier = new Classifier(Bundle.read(Path.of("graft-bundle")))) {
    var predictions = classifier.${texts ? 'predictTexts(List.of("…"), 3)' : 'predict(List.of(ImageFiles.read(Path.of("new.jpg"))), 3)'};
    System.out.println(predictions.get(0).label());
}`;
}

// The page itself.

function choose(tab) {
  for (const name of ['ask', 'teach']) {
    const chosen = name === tab;
    at(name).hidden = !chosen;
    at('tab-' + name).setAttribute('aria-selected', String(chosen));
    at('tab-' + name).tabIndex = chosen ? 0 : -1;
  }
  if (location.hash !== '#' + tab) {
    window.history.replaceState(null, '', '#' + tab);
  }
}

async function draw() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.querySelectorAll('[data-word]').forEach(one => { one.textContent = say(one.dataset.word); });
  at('language').textContent = say('other');
  at('language').setAttribute('aria-label', say('otherLabel'));
  at('language').lang = language === 'zh' ? 'en' : 'zh';
  at('snippet').textContent = snippet();
  drawClasses();
  teaching.trying = null;
  drawWorth();
  await loadModels();
}

at('language').addEventListener('click', guarded(async () => {
  language = language === 'zh' ? 'en' : 'zh';
  remember('language', language);
  await draw();
}));
for (const name of ['ask', 'teach']) {
  at('tab-' + name).addEventListener('click', () => choose(name));
  at('tab-' + name).addEventListener('keydown', event => {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const other = name === 'ask' ? 'teach' : 'ask';
      choose(other);
      at('tab-' + other).focus();
    }
  });
}
at('model').addEventListener('change', guarded(showModel));
at('new-class').addEventListener('submit', event => {
  event.preventDefault();
  if (addClass(at('new-class-name').value.trim())) {
    at('new-class-name').value = '';
  }
});
at('take-bundle').addEventListener('click', guarded(() => download('bundle.zip')));
at('take-onnx').addEventListener('click', guarded(() => download('onnx.zip')));
window.addEventListener('hashchange', () => choose(location.hash === '#teach' ? 'teach' : 'ask'));

addClass(say('classNameFirst', 1));
addClass(say('classNameFirst', 2));
guarded(async () => {
  choose(location.hash === '#teach' ? 'teach' : 'ask');
  await draw();
  if (!models.length) {
    choose('teach');
  }
})();
