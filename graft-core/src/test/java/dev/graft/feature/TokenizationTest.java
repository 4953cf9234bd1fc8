package dev.graft.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Initialization;
import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.layer.SequencePool;
import dev.graft.layer.Stage;
import dev.graft.layer.TokenEmbedding;
import dev.graft.layer.UnitLength;
import dev.graft.preparation.Tokenization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokenisers that users write: what they give is checked before a network meets it. */
class TokenizationTest {
    private static final int ROWS = 10;

    /** Gives a text the numbers that it is made of. */
    private record Digits(int maxTokens, int highestId) implements Tokenization {
        @Override
        public String fingerprint() {
            return "Digits[" + maxTokens + ", " + highestId + "]";
        }

        @Override
        public Tokenization withMaxTokens(int most) {
            return new Digits(most, highestId);
        }

        @Override
        public Tokens tokens(String text) {
            int[] ids = text.isEmpty()
                    ? new int[0]
                    : List.of(text.split(",")).stream()
                            .mapToInt(Integer::parseInt)
                            .toArray();
            return new Tokens(ids, false);
        }
    }

    @Test
    void aNetworkWithoutARowForTheHighestNumberIsRefused() {
        assertThat(network(new Digits(4, ROWS - 1)).tokenization().highestId()).isEqualTo(9);
        assertThatThrownBy(() -> network(new Digits(4, ROWS)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("below 10")
                .hasMessageContaining("up to 10");
        assertThatThrownBy(() -> network(new Digits(21, 5)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at most 20 tokens");
    }

    @Test
    void numbersThatWereNotPromisedAreRefusedBeforeTheyAreRows() {
        Tokenization digits = new Digits(4, 9);
        assertThat(rows("1,9", digits).lengths()).containsExactly(2);
        for (String text : List.of("10", "1,-1", "2147483647", "", "1,2,3,4,5")) {
            assertThatThrownBy(() -> rows(text, digits)).as(text).isInstanceOf(DataException.class);
        }
    }

    private static TokenRows rows(String text, Tokenization tokenization) {
        return TokenRows.of(LabeledTexts.of("texts", List.of("a"), List.of(text), new int[] {0}), tokenization);
    }

    private static Architecture network(Tokenization tokenization) {
        TokenEmbedding table = new TokenEmbedding("words", ROWS, "places", 20, 0, "types", 0, 4);
        return new Architecture(
                "own",
                tokenization,
                List.of(
                        Stage.of("embeddings", table),
                        Stage.of("pooled", SequencePool.MEAN),
                        Stage.of("sentence", new UnitLength())),
                Initialization.GLOROT_UNIFORM);
    }
}
