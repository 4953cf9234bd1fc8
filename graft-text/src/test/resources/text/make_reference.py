"""Makes the folders beside it: tiny random transformers as the reference library saves them, and what it computes.

    pip install torch==2.15.0 transformers==5.24.0 tokenizers==0.23.3 safetensors==0.8.0 numpy==2.4.6
    python make_reference.py

Hidden states are computed in float64 for each text alone, and written as float32. The Java tests read the files only.
"""

import json
from pathlib import Path

import numpy as np
import torch
import transformers
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = Path(__file__).parent
TEXTS = [
    "a film",
    "the film is good, the film is not bad!",
    "x",
    "Nobody knew what the plot was about: a café, two naïve spies and 42 cats \U0001f408.",
    "这部电影很好看",
    "good " * 25,
]


def word_piece():
    words = "[PAD] [UNK] [CLS] [SEP] [MASK] the film is good not bad a what plot was two spies and cats".split()
    pieces = [c for c in "abcdefghijklmnopqrstuvwxyz0123456789!,.:"] + ["##" + c for c in "abcdefghijklmnopqrstuvwxyz"]
    vocab = {}
    for word in words + pieces:
        vocab.setdefault(word, len(vocab))
    tokenizer = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", vocab["[CLS]"]), ("[SEP]", vocab["[SEP]"])]
    )
    return tokenizer


def byte_level(marks):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>"] if marks else ["<|endoftext|>"]
    trainer = trainers.BpeTrainer(
        vocab_size=280, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    if marks:
        tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return tokenizer


def write(name, tokenizer, config, model):
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    generator = torch.Generator().manual_seed(len(name))
    for key, parameter in model.named_parameters():
        norm = parameter.dim() == 1 and key.endswith("weight")
        with torch.no_grad():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.4 + (1 if norm else 0))
    model.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    for other in folder.glob("generation_config.json"):
        other.unlink()
    base = model.base_model.double().eval()
    expected = {}
    for i, text in enumerate(TEXTS):
        ids = tokenizer.encode(text).ids
        with torch.no_grad():
            states = base(torch.tensor([ids]), output_hidden_states=True).hidden_states
        expected[f"{i}.ids"] = np.array(ids, np.int64)
        for stage, state in {"embeddings": states[0], "layer0": states[1], "last": states[-1]}.items():
            expected[f"{i}.{stage}"] = state[0].float().numpy()
    save_file(expected, folder / "expected.safetensors")


def train(name):
    """Three steps of AdamW on all texts in one padded batch: the model's mean of tokens, one logit, its sigmoid's loss.

    The large epsilon keeps gradients that are rounding alone from moving a weight by a whole learning rate.
    """
    folder = HERE / name
    model = transformers.AutoModel.from_pretrained(folder).double().eval()  # eval: without dropout
    ids = [load_file(folder / "expected.safetensors")[f"{i}.ids"].tolist() for i in range(len(TEXTS))]
    longest = max(map(len, ids))
    padded = torch.tensor([row + [0] * (longest - len(row)) for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
    generator = torch.Generator().manual_seed(1)
    weight = torch.randn((1, 8), generator=generator).double().requires_grad_()
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    start = {"head.logits.weight": weight.detach().clone(), "head.logits.bias": bias.detach().clone()}
    named = {k: p for k, p in model.named_parameters() if not k.startswith("pooler.")}
    trained = named | {"head.logits.weight": weight, "head.logits.bias": bias}
    moments = {key: (torch.zeros_like(p), torch.zeros_like(p)) for key, p in trained.items()}
    labels = torch.tensor([1.0, 0.0, 1.0, 0.0, 1.0, 0.0], dtype=torch.float64)
    for step in range(1, 4):
        states = model(padded, attention_mask=mask).last_hidden_state
        kept = mask.unsqueeze(-1).double()
        pooled = (states * kept).sum(1) / kept.sum(1)
        logits = (pooled @ weight.T + bias).squeeze(1)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
        gradients = torch.autograd.grad(loss, trained.values())
        rate = 0.01 * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
        with torch.no_grad():
            for (key, p), gradient in zip(trained.items(), gradients):
                first, second = moments[key]
                first.mul_(0.9).add_(0.1 * gradient)
                second.mul_(0.999).add_(0.001 * gradient**2)
                if p.dim() > 1:
                    p.sub_(0.01 * 0.1 * p)
                p.sub_(rate * first / (second.sqrt() + 1e-3))
    result = {f"start.{k}": v for k, v in start.items()}
    result.update(trained)
    save_file({k: v.detach().float().numpy().copy() for k, v in result.items()}, folder / "trained.safetensors")


def main():
    (HERE / "texts.json").write_text(json.dumps(TEXTS, ensure_ascii=False) + "\n", encoding="utf-8")
    words = word_piece()
    shape = dict(hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=12)
    config = transformers.BertConfig(
        vocab_size=words.get_vocab_size(), max_position_embeddings=40, layer_norm_eps=1e-5, **shape
    )
    write("bert", words, config, transformers.BertForMaskedLM(config))
    config = transformers.DistilBertConfig(
        vocab_size=words.get_vocab_size(), max_position_embeddings=40, dim=8, n_layers=2, n_heads=2, hidden_dim=12,
        activation="relu",
    )
    write("distilbert", words, config, transformers.DistilBertForSequenceClassification(config))
    marked = byte_level(True)
    config = transformers.RobertaConfig(
        vocab_size=marked.get_vocab_size(), max_position_embeddings=150, type_vocab_size=1, pad_token_id=1, **shape
    )
    write("roberta", marked, config, transformers.RobertaForSequenceClassification(config))
    plain = byte_level(False)
    config = transformers.GPT2Config(
        vocab_size=plain.get_vocab_size(), n_positions=150, n_embd=8, n_layer=2, n_head=2, bos_token_id=0, eos_token_id=0
    )
    write("gpt2", plain, config, transformers.GPT2LMHeadModel(config))
    for name in ("bert", "gpt2"):
        train(name)


main()
