package dev.graft.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {
    private static final Problem PROBLEM =
            Problem.of("It failed.").where("line 3").expected("a\nb").found(7).fix("mend it");

    @Test
    void aProblemIsAHeadlineAndALineForEachDetail() {
        assertThat(PROBLEM.toString())
                .isEqualTo(
                        "It failed.\n  where     line 3\n  expected  a\n            b\n  found     7\n  to fix    mend it");
        assertThat(Problem.of("It failed.")).hasToString("It failed.");
    }

    @Test
    void itsPartsCanBeAskedForOneByOne() {
        Problem parts = new DataException(PROBLEM).problem();

        assertThat(parts.what()).isEqualTo("It failed.");
        assertThat(parts.detail("where")).isEqualTo("line 3");
        assertThat(parts.detail("expected")).isEqualTo("a\nb");
        assertThat(parts.detail("found")).isEqualTo("7");
        assertThat(parts.fix()).isEqualTo("mend it");
        assertThat(parts.detail("likely")).isNull();
        assertThat(Problem.of("It failed.").fix()).isNull();
    }
}
