package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownPageTest {
    private static final BenchmarkResult RESULT =
            new BenchmarkResult(Map.of("cpu", "any"), List.of(Row.of("train-step-32", 2, Map.of("djl", 8.0), 1.0)));

    @Test
    void theTableReplacesWhatWasBetweenTheMarksAndTheWordsAroundItStay() {
        String page = "before\n" + MarkdownPage.BEGIN + "\nold\n" + MarkdownPage.END + "\nafter\n";

        String replaced = MarkdownPage.replaced(page, RESULT, "picture.png");

        assertThat(replaced)
                .startsWith("before\n" + MarkdownPage.BEGIN)
                .endsWith(MarkdownPage.END + "\nafter\n")
                .contains("| `train-step-32` | 2.00 ms | - | 8.00 ms (**0.25**) | - | - | - | 50 % |")
                .doesNotContain("old");
    }

    @Test
    void aPageWithoutTheMarksIsRefused() {
        assertThatThrownBy(() -> MarkdownPage.replaced("nothing", RESULT, "picture.png"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(MarkdownPage.BEGIN);
    }
}
