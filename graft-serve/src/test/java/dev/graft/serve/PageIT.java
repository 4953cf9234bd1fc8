package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.image.Images;
import dev.graft.reading.PartlyLabeled;
import dev.graft.source.Backbones;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where there is one. Pictures of it lie in {@code target/pages} afterwards. */
@Tag("slow")
class PageIT {
    private static final int SIDE = 160;
    private static final Path PICTURES = Path.of("target", "pages");

    @TempDir
    private Path directory = Path.of(".");

    private GraftServer server = GraftServer.serving()
            .model("shapes", SampleModels.pictures())
            .model("words", SampleModels.countedWords())
            .model("things", SampleModels.items())
            .port(0)
            .start();

    @BeforeEach
    void requireBrowser() {
        assumeThat(Browser.find()).as("a browser").isPresent();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Browser browser() {
        Optional<Path> program = Browser.find();
        return new Browser(program.orElseThrow(), directory.resolve("browser"));
    }

    /** Outlines in any colour, size and place, turned at random. */
    private List<Path> outlines(Kind kind, int count, long seed) throws IOException {
        Random random = new Random(seed);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = picture.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setColor(color(random, 200, 50));
            graphics.fillRect(0, 0, SIDE, SIDE);
            graphics.setColor(color(random, 20, 150));
            graphics.setStroke(new BasicStroke(7, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            int radius = 28 + random.nextInt(24);
            graphics.translate(
                    radius + 6 + random.nextInt(SIDE - 2 * radius - 12),
                    radius + 6 + random.nextInt(SIDE - 2 * radius - 12));
            graphics.rotate(2 * Math.PI * random.nextDouble());
            graphics.draw(kind.outline(radius));
            graphics.dispose();
            files.add(Files.write(directory.resolve(kind + "-" + seed + "-" + i + ".png"), SampleModels.png(picture)));
        }
        return files;
    }

    private static Color color(Random random, int least, int range) {
        return new Color(least + random.nextInt(range), least + random.nextInt(range), least + random.nextInt(range));
    }

    private enum Kind {
        CIRCLE,
        SQUARE,
        STAR;

        Shape outline(int radius) {
            if (this == CIRCLE) {
                return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
            }
            int corners = this == SQUARE ? 4 : 5;
            int step = this == SQUARE ? 1 : 2;
            Path2D path = new Path2D.Double();
            for (int i = 0; i < corners; i++) {
                double angle = 2 * Math.PI * i * step / corners;
                double x = radius * Math.cos(angle);
                double y = radius * Math.sin(angle);
                if (i == 0) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
            path.closePath();
            return path;
        }
    }

    private static String field(int place) {
        return "#classes .panel:nth-child(" + place + ") input[type=file]";
    }

    private static void rename(Browser page, int place, String name) {
        page.run("const field = document.querySelector('#classes .panel:nth-child(" + place
                + ") .class-head input'); field.value = '" + name + "'; field.dispatchEvent(new Event('change'));");
    }

    private static void awaitLesson(Browser page, int examples) {
        page.await("document.querySelectorAll('#classes .thumb:not(.pending)').length === " + examples);
        page.await("document.getElementById('worth').innerText.includes('learned from " + examples + " examples')"
                + " && document.querySelector('#worth .busy') === null");
    }

    @Test
    void classesAreTaughtWithoutPressingAnything() throws IOException {
        try (Browser page = browser()) {
            page.open(server.address() + "/#teach", 1280, 1000);
            rename(page, 1, "circle");
            rename(page, 2, "square");
            page.choose(field(1), outlines(Kind.CIRCLE, 6, 1));
            page.choose(field(2), outlines(Kind.SQUARE, 6, 2));
            awaitLesson(page, 12);
            assertThat(page.text("document.getElementById('unknown').textContent"))
                    .contains("it needs 20 examples");
            page.picture(PICTURES.resolve("teach-two.png"));
            page.choose(field(1), outlines(Kind.CIRCLE, 6, 3));
            page.choose(field(2), outlines(Kind.SQUARE, 6, 4));
            awaitLesson(page, 24);
            assertThat(page.text("document.querySelector('#verdict').textContent"))
                    .isNotBlank();

            page.run("const field = document.getElementById('new-class-name'); field.value = 'star';"
                    + "document.getElementById('new-class').requestSubmit();");
            page.choose(field(3), outlines(Kind.STAR, 10, 5));
            awaitLesson(page, 34);
            page.choose("#try-input input[type=file]", outlines(Kind.STAR, 1, 6));
            page.await("document.querySelector('#try-answer .answer-label') !== null"
                    + " && document.querySelectorAll('#try-answer img').length === 5");
            assertThat(page.text("document.querySelector('#try-answer .bar .name').textContent"))
                    .isEqualTo("star");
            page.picture(PICTURES.resolve("teach.png"));

            page.run("document.querySelector('#classes .panel:nth-child(3) .thumb').click();");
            page.await("document.querySelectorAll('#classes .thumb').length === 33");
            page.run("document.querySelector('#classes .panel:nth-child(3) .class-head button').click();");
            page.await("document.querySelectorAll('#classes .panel').length === 2");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void textsAreTaughtByTheKeyboard() {
        try (Browser page = browser()) {
            page.open(server.address() + "/#teach", 1280, 1000);
            for (String text : List.of("a good film", "a great joy", "what a fine evening")) {
                type(page, 1, text);
            }
            for (String text : List.of("a bad film", "a waste of time", "awful from start to end")) {
                type(page, 2, text);
            }
            page.await("document.querySelectorAll('#classes .said').length === 6");
            page.await(
                    "document.querySelector('#worth .verdict') !== null || document.querySelector('#worth .none') !== null");

            assertThat(page.text("document.querySelectorAll('#classes input[type=file]').length"))
                    .isEqualTo("0");
            assertThat(page.complaints()).isEmpty();
        }
    }

    private static void type(Browser page, int place, String text) {
        String panel = "#classes .panel:nth-child(" + place + ")";
        page.run("document.querySelector('" + panel + " [data-role=text]').focus();");
        page.call("Input.insertText", "text", text);
        for (String kind : List.of("keyDown", "keyUp")) {
            page.call(
                    "Input.dispatchKeyEvent",
                    "type",
                    kind,
                    "key",
                    "Enter",
                    "code",
                    "Enter",
                    "windowsVirtualKeyCode",
                    13,
                    "text",
                    kind.equals("keyDown") ? "\r" : "");
        }
        page.await("[...document.querySelectorAll('" + panel + " .said')].some(one => one.innerText.includes('" + text
                + "'))");
    }

    @Test
    void everyKindOfModelIsAskedInBothLanguages() throws IOException {
        try (Browser page = browser()) {
            page.open(server.address() + "/#ask", 1280, 900);
            page.await("document.querySelector('#ask-input input[type=file]') !== null");
            page.choose("#ask-input input[type=file]", outlines(Kind.CIRCLE, 1, 3));
            page.await("document.querySelectorAll('#ask-answer img').length === 2"
                    + " && document.querySelectorAll('#ask-answer .bar').length === 3");
            page.picture(PICTURES.resolve("ask.png"));

            page.run("document.getElementById('language').click();");
            page.await("document.documentElement.lang === 'zh-CN'");
            page.run("const models = document.getElementById('model'); models.value = 'words';"
                    + "models.dispatchEvent(new Event('change'));");
            page.await("document.querySelector('#ask-text') !== null");
            page.run("document.querySelector('#ask-text').value = 'so good 很好';"
                    + "document.querySelector('#ask-input form').requestSubmit();");
            page.await("document.querySelector('#ask-answer .answer-label') !== null");
            assertThat(page.text("document.getElementById('ask-answer').innerText"))
                    .contains("起作用的词");

            page.run("const models = document.getElementById('model'); models.value = 'things';"
                    + "models.dispatchEvent(new Event('change'));");
            page.await("document.querySelector('#ask-input input[name=price]') !== null");
            page.choose("#ask-input input[type=file]", outlines(Kind.SQUARE, 1, 4));
            page.await("document.querySelector('#ask-input form').innerText.includes('.png')");
            page.run("document.querySelector('#ask-input input[name=price]').value = '2.5';"
                    + "document.querySelector('#ask-input input[name=colour]').value = 'red';"
                    + "document.querySelector('#ask-input form').requestSubmit();");
            page.await("document.querySelectorAll('#ask-answer .bar').length === 3");
            assertThat(page.complaints()).isEmpty();
        }
    }

    private GraftServer pointing() throws IOException {
        List<Image> pictures = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Path file : outlines(kind, 8, 10)) {
                pictures.add(Images.read(Files.readAllBytes(file), file.toString()));
                labels.add(kind.name().toLowerCase(Locale.ROOT));
            }
        }
        List<String> texts = List.of("so good, what a fine evening", "very bad 很好 😀 " + "and so on ".repeat(60));
        return GraftServer.serving()
                .backbone("photos", Backbones.load("tf_efficientnet_lite0"))
                .model("words", SampleModels.countedWords())
                .examples(
                        "photos",
                        new PartlyLabeled<>(LabeledImages.of("outlines", pictures, labels), labels, List.of()))
                .examples(
                        "words",
                        new PartlyLabeled<>(
                                LabeledTexts.of("texts", List.of("a"), texts, new int[2]),
                                List.of("yes", "no"),
                                List.of()))
                .port(0)
                .start();
    }

    @Test
    void anAnswerShowsTheKnownExamplesThatItIsMostLike() throws IOException {
        try (GraftServer pointing = pointing();
                Browser page = browser()) {
            for (int width : List.of(1280, 390)) {
                // Another address, so that nothing of the answer before is left.
                page.open(pointing.address() + "/?width=" + width + "#ask", width, 1000);
                page.await("document.querySelector('#ask-input input[type=file]') !== null");
                page.choose("#ask-input input[type=file]", outlines(Kind.STAR, 1, 20));
                page.await("document.querySelectorAll('#ask-answer .near-pictures img').length === 5"
                        + " && [...document.querySelectorAll('#ask-answer img')].every(one => one.naturalWidth > 0)");
                assertThat(page.text("document.getElementById('ask-answer').innerText"))
                        .contains("Because of these")
                        .containsPattern("(star|circle|square), likeness 0\\.\\d\\d");
                assertThat(page.text("document.documentElement.scrollWidth")).isEqualTo(Integer.toString(width));
                page.picture(PICTURES.resolve("nearest-" + width + ".png"));
            }
            page.run("document.getElementById('language').click();");
            page.await("document.documentElement.lang === 'zh-CN'");
            page.run("const models = document.getElementById('model'); models.value = 'words';"
                    + "models.dispatchEvent(new Event('change'));");
            page.await("document.querySelector('#ask-text') !== null");
            page.run("document.querySelector('#ask-text').value = 'so good';"
                    + "document.querySelector('#ask-input form').requestSubmit();");
            page.await("document.querySelectorAll('#ask-answer .near').length === 2");
            assertThat(page.text("document.getElementById('ask-answer').innerText"))
                    .contains("依据这些例子")
                    .contains("yes，相似度");
            page.picture(PICTURES.resolve("nearest-texts.png"));
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void itFitsAPhone() throws IOException {
        try (Browser page = browser()) {
            page.open(server.address() + "/#teach", 390, 844);
            page.choose(field(1), outlines(Kind.CIRCLE, 6, 1));
            page.choose(field(2), outlines(Kind.SQUARE, 6, 2));
            page.await("document.querySelector('#worth .verdict') !== null");
            assertThat(page.text("document.documentElement.scrollWidth")).isEqualTo("390");
            page.picture(PICTURES.resolve("teach-phone.png"));

            page.run("document.getElementById('tab-ask').click();");
            page.await("document.querySelector('#ask-input input[type=file]') !== null");
            assertThat(page.text("document.documentElement.scrollWidth")).isEqualTo("390");
            assertThat(page.complaints()).isEmpty();
        }
    }
}
