package dev.graft.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordErasureTest {
    /** Each "good" makes "praise" e times as likely as "blame", each "bad" e times less. */
    private static float[][] probabilities(List<String> texts) {
        float[][] rows = new float[texts.size()][];
        for (int i = 0; i < rows.length; i++) {
            double odds = texts.get(i).split("good", -1).length - texts.get(i).split("bad", -1).length;
            float praise = (float) (1 / (1 + Math.exp(-odds)));
            rows[i] = new float[] {1 - praise, praise};
        }
        return rows;
    }

    private final WordErasure erasure =
            new WordErasure(List.of("blame", "praise"), false, WordErasureTest::probabilities);

    @Test
    void aWordWeighsWhatTheLogOddsLoseWithoutIt() {
        TextEvidence found = erasure.of("A good, good film, if a bad one.", null);

        assertThat(found.className()).isEqualTo("praise");
        assertThat(found.weightiest(3)).extracting(TextEvidence.Word::text).containsExactly("good", "good", "bad");
        assertThat(found.weightiest(3).get(0).weight()).isCloseTo(1, within(1e-4));
        assertThat(found.weightiest(3).get(2).weight()).isCloseTo(-1, within(1e-4));
        assertThat(found.words()).hasSize(8);
        assertThat(found.words().get(1).start()).isEqualTo(2);
        assertThat(found.passedOver()).isZero();
    }

    @Test
    void anotherClassIsExplainedToo() {
        assertThat(erasure.of("good", "blame").weightiest(1).get(0).weight()).isCloseTo(-1, within(1e-4));
    }

    @Test
    void ofVeryManyWordsTheFirstAreLookedAt() {
        TextEvidence found = erasure.of("good ".repeat(300), null);

        assertThat(found.words()).hasSize(256);
        assertThat(found.passedOver()).isEqualTo(44);
        assertThat(erasure.of("…", null).words()).isEmpty();
    }
}
