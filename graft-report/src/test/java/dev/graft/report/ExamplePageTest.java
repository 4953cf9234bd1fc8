package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Shapes;
import dev.graft.error.SettingsException;
import dev.graft.result.ExampleSheet;
import dev.graft.result.ExampleSheet.Entry;
import dev.graft.result.ExampleSheet.Fact;
import dev.graft.result.ExampleSheet.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplePageTest {
    @TempDir
    private Path folder;

    private static ExampleSheet sheet(Shown shown, List<Shown> others) {
        return new ExampleSheet(
                "Suspects of <b>",
                "One & only.",
                List.of("A note."),
                List.of(new Fact("examples", "7")),
                List.of(new Entry(
                        shown, "cat → dog?", List.of("a line"), true, others.isEmpty() ? "" : "like these", others)));
    }

    private static Shown picture(String caption) {
        return new Shown(Shapes.draw(1, 1).image(0), null, caption);
    }

    @Test
    void aPageShowsPicturesBesideOthersAndLoadsNothing() {
        String html = ExamplePage.html(sheet(picture("a.png"), List.of(picture("0.98"))));

        assertThat(html)
                .contains(
                        "Suspects of &lt;b&gt;",
                        "One &amp; only.",
                        "A note.",
                        "cat → dog?",
                        "like these",
                        "0.98",
                        "stressed")
                .contains("data:image/png;base64,")
                .contains("default-src 'none'")
                .doesNotContain("<script", "src=\"http", "<b>");
    }

    @Test
    void textsAreQuotedAndEscaped() {
        String html = ExamplePage.html(sheet(new Shown(null, "<script>alert(1)</script>", ""), List.of()));

        assertThat(html)
                .contains("<q dir=\"auto\">", "&lt;script&gt;", "of-texts", "alone")
                .doesNotContain("<script>");
    }

    @Test
    void anEmptySheetIsAPageToo() {
        assertThat(ExamplePage.html(new ExampleSheet("t", "Nothing.", List.of(), List.of(), List.of())))
                .contains("Nothing.", "</html>");
    }

    @Test
    void aPageIsReplacedOnlyIfGraftWroteItAndItIsAllowed() throws IOException {
        Path page = folder.resolve("page.html");
        ExamplePage.write(page, sheet(picture("a"), List.of()), false);

        assertThatThrownBy(() -> ExamplePage.write(page, sheet(picture("b"), List.of()), false))
                .isInstanceOf(SettingsException.class);
        ExamplePage.write(page, sheet(picture("other-caption"), List.of()), true);
        assertThat(Files.readString(page)).contains("other-");
        Path own = Files.writeString(folder.resolve("own.html"), "mine");
        assertThatThrownBy(() -> ExamplePage.requireReplaceable(own, true))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("did not write");
        assertThatThrownBy(() -> ExamplePage.requireReplaceable(folder.resolve("page.pdf"), false))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(".html");
    }
}
