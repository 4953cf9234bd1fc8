package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Tabular;
import dev.graft.data.LabeledTexts;
import dev.graft.error.WeightsFileException;
import dev.graft.preparation.BagOfWords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BagOfWordsFamilyTest {
    private final BagOfWordsFamily family = new BagOfWordsFamily();

    @Test
    void termsAreReadBackBitForBit() {
        Architecture written = Tabular.architecture(
                "bag-of-words",
                BagOfWords.of(LabeledTexts.of(
                        "t", List.of("a", "b"), List.of("so good", "很好 😀", "so so"), new int[] {0, 1, 1})));

        NetworkFamily.Description description = family.describe(written).orElseThrow();

        assertThat(description.settings()).containsEntry("terms", 9);
        assertThat(new String(description.files().get("terms.tsv"), StandardCharsets.UTF_8))
                .contains("so good\t");
        assertThat(family.build("bag-of-words", description, "here")).isEqualTo(written);
    }

    @Test
    void otherNetworksAreNotOfThisFamily() {
        assertThat(family.describe(Architectures.named("digits-cnn"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "good\n", "good\t1.5\ngood\t1.5\n", "good\tmuch\nbad\t1\n", "good\t-1\nbad\t1\n", "good\t1\n"
            })
    void termsThatMakeNoSenseAreRefused(String lines) {
        NetworkFamily.Description description = new NetworkFamily.Description(
                Map.of("terms", 2), Map.of("terms.tsv", lines.getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> family.build("bag-of-words", description, "a/config.json"))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("a/config.json");
    }

    @Test
    void aMissingFileAndBytesThatAreNoTextAreRefused() {
        assertThatThrownBy(() -> family.build(
                        "bag-of-words", new NetworkFamily.Description(Map.of("terms", 2), Map.of()), "a/config.json"))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("terms.tsv");
        assertThatThrownBy(() -> family.build(
                        "bag-of-words",
                        new NetworkFamily.Description(
                                Map.of("terms", 1), Map.of("terms.tsv", new byte[] {(byte) 0xC3, '\t', '1', '\n'})),
                        "a/config.json"))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("UTF-8");
    }
}
