package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where there is one. Pictures of it lie in {@code target/pages} afterwards. */
@Tag("slow")
class PageIT {
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

    private List<Path> shapes(String className, int count, long seed) throws IOException {
        LabeledImages drawn = Shapes.draw(4 * count + 20, seed);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < drawn.size() && files.size() < count; i++) {
            if (drawn.classNames().get(drawn.label(i)).equals(className)) {
                files.add(Files.write(
                        directory.resolve(className + seed + "-" + i + ".png"), SampleModels.png(drawn.image(i))));
            }
        }
        return files;
    }

    private static String field(int place) {
        return "#classes .panel:nth-child(" + place + ") input[type=file]";
    }

    @Test
    void classesAreTaughtWithoutPressingAnything() throws IOException {
        try (Browser page = browser()) {
            page.open(server.address() + "/#teach", 1280, 1000);
            page.choose(field(1), shapes("circle", 12, 1));
            page.choose(field(2), shapes("square", 12, 2));
            page.await("document.querySelectorAll('#classes .thumb:not(.pending)').length === 24");
            page.await("document.querySelector('#worth .big')?.textContent.endsWith('%') === true");
            page.await("document.querySelector('#worth .busy') === null");

            assertThat(page.text("document.querySelector('#verdict').textContent"))
                    .isNotBlank();
            page.choose("#try-input input[type=file]", shapes("circle", 1, 7));
            page.await("document.querySelector('#try-answer .answer-label') !== null"
                    + " && document.querySelectorAll('#try-answer img').length === 5");

            page.run("const field = document.getElementById('new-class-name'); field.value = '第三类';"
                    + "document.getElementById('new-class').requestSubmit();");
            page.choose(field(3), shapes("square", 4, 9));
            page.await("document.querySelectorAll('#classes .thumb:not(.pending)').length === 28");
            page.await("document.getElementById('worth').innerText.includes('28')"
                    + " && document.querySelector('#worth .busy') === null");
            page.picture(PICTURES.resolve("teach.png"));

            page.run("document.querySelector('#classes .panel:nth-child(3) .thumb').click();");
            page.await("document.querySelectorAll('#classes .thumb').length === 27");
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
            page.choose("#ask-input input[type=file]", shapes("circle", 1, 3));
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
            page.choose("#ask-input input[type=file]", shapes("square", 1, 4));
            page.await("document.querySelector('#ask-input form').innerText.includes('.png')");
            page.run("document.querySelector('#ask-input input[name=price]').value = '2.5';"
                    + "document.querySelector('#ask-input input[name=colour]').value = 'red';"
                    + "document.querySelector('#ask-input form').requestSubmit();");
            page.await("document.querySelectorAll('#ask-answer .bar').length === 3");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void itFitsAPhone() throws IOException {
        try (Browser page = browser()) {
            page.open(server.address() + "/#teach", 390, 844);
            page.choose(field(1), shapes("circle", 6, 1));
            page.choose(field(2), shapes("square", 6, 2));
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
