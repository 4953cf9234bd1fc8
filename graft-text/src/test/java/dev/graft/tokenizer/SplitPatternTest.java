package dev.graft.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.tokenizer.SplitPattern.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitPatternTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                        + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[0-9][0-9][0-9]|.",
                "\\p{P}",
                "(?<=x)y",
                "🎉",
                "[\\[\\]]"
            })
    void patternsOfPublishedFilesAreTaken(String pattern) throws Refused {
        assertThat(SplitPattern.leastLength(pattern)).isEqualTo(1);
    }

    @Test
    void theFewestCharactersAreCounted() throws Refused {
        assertThat(SplitPattern.leastLength(" {2,}")).isEqualTo(2);
        assertThat(SplitPattern.leastLength("ab(c|de)f?")).isEqualTo(3);
        assertThat(SplitPattern.leastLength("abc|d+")).isEqualTo(1);
        assertThat(SplitPattern.leastLength("(?:ab){3}")).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a*", "a?", "^", "$", "\\b", "(?=a)", "a|", "|a", "(a|b*)", "(?!x)", "a{0,3}", "()", "(?:)", "a{0}"
            })
    void whatCanMatchNothingIsRefused(String pattern) {
        refused(pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+",
                "(a|a)+",
                "(a*)*b",
                "a*a*a*b",
                "(a?){30}a",
                "a?a?a?a?a?a",
                "(x{1,999}){999}",
                "a{100000}",
                "(a|b)(a|b)(a|b)(a|b)(a|b)c"
            })
    void whatCanTakeForEverIsRefused(String pattern) {
        refused(pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(", ")", "[", "[a", "a)", "(a", "\\", "*", "+a", "a**", "a{", "a{1", "a{2,1}", "\\p", "\\p{L", "\\1",
                "(a)\\1", "\\K", "(?~a)", "(?i)a", "\\g<1>", "(?(1)a)", "\\Xa"
            })
    void whatIsNotReadIsRefused(String pattern) {
        refused(pattern);
    }

    @Test
    void groupsTooDeepAreRefused() {
        refused("(".repeat(5000) + "a" + ")".repeat(5000));
        refused("(".repeat(40) + "a" + ")".repeat(40));
    }

    private static void refused(String pattern) {
        assertThatThrownBy(() -> SplitPattern.leastLength(pattern)).isInstanceOf(Refused.class);
    }
}
