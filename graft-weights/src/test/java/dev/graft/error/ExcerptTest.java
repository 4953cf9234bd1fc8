package dev.graft.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void aShortTextStaysAndALongOneIsCutInOneLine() {
        assertThat(Excerpt.of(" good \n film ")).isEqualTo("good film");
        assertThat(Excerpt.of("x".repeat(60))).hasSize(60);
        assertThat(Excerpt.of("😀".repeat(100_000))).endsWith("😀…").hasSize(119);
    }

    @Test
    void aLongListIsCountedInPlaceOfShown() {
        List<String> names = IntStream.range(0, 1000).mapToObj(i -> "class" + i).toList();

        assertThat(Excerpt.list(names)).startsWith("class0, class1, ").endsWith("class19 and 980 more");
        assertThat(Excerpt.list(List.of("a", "b"))).isEqualTo("a, b");
        assertThat(Excerpt.list(List.of())).isEmpty();
    }

    @Test
    void aProblemNeverPrintsAFile() {
        String file = ("word ".repeat(100_000) + "\n").repeat(3) + "line\n".repeat(10_000);

        assertThat(Problem.of("It failed.").found(file).toString())
                .hasSizeLessThan(10_000)
                .contains("…");
        assertThat(Problem.of("It failed.").found("two\nlines").toString()).endsWith("two\n            lines");
    }
}
