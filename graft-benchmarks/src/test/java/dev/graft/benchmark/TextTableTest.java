package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final Row ROW = Row.of("text-features", 500, Map.of("djl", 2000.0), null);

    @Test
    void aWorkOnTextsSaysHowManyTokensASecond() {
        BenchmarkResult result = new BenchmarkResult(Map.of("cpu", "any"), List.of(ROW.withTokens(6000)));

        assertThat(TextTable.of(result)).contains("tokens a second: graft 12,000, djl 3,000");
        assertThat(MarkdownPage.replaced(MarkdownPage.BEGIN + MarkdownPage.END, result, "picture.png"))
                .contains("\n\n`text-features`, tokens a second: graft 12,000, djl 3,000.\n");
        assertThat(BenchmarkResult.fromJson(result.toJson()).rows()).containsExactly(ROW.withTokens(6000));
    }

    @Test
    void anotherWorkDoesNot() {
        BenchmarkResult result = new BenchmarkResult(Map.of("cpu", "any"), List.of(ROW));

        assertThat(TextTable.of(result)).doesNotContain("tokens");
    }
}
