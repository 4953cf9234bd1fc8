package dev.graft.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageNamesTest {
    @ParameterizedTest
    @CsvSource({
        "pool, pool",
        "stem+stage1+stage2+stage3, stem+stage1+stage2+stage3",
        "stem+blocks.0+blocks.1+blocks.2+head, 5 stages from stem to head",
    })
    void manyStagesAreCounted(String joined, String shown) {
        assertThat(StageNames.shown(joined)).isEqualTo(shown);
    }
}
