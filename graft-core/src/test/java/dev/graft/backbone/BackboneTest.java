package dev.graft.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.WeightsMismatchException;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackboneTest {
    private static final Architecture DIGITS = Architectures.named("digits-cnn");
    private static final BackboneCard CARD = BackboneCard.of("here", "mnist").withClassNames(List.of("0", "1"));

    @Test
    void fittingWeightsAreAccepted() {
        WeightSet weights = Initialization.GLOROT_UNIFORM.initialize(DIGITS.parameters(), 1);

        assertThat(new Backbone(DIGITS, weights, CARD).id()).isEqualTo("digits-cnn");
    }

    @Test
    void theOrderOfTheTensorsDoesNotMatter() {
        Map<String, FloatTensor> reversed = new LinkedHashMap<>();
        List<String> names = List.copyOf(weights().names());
        for (int i = names.size() - 1; i >= 0; i--) {
            reversed.put(names.get(i), weights().get(names.get(i)));
        }

        assertThatCode(() -> new Backbone(DIGITS, WeightSet.of(reversed), CARD)).doesNotThrowAnyException();
    }

    @Test
    void missingUnexpectedAndMisshapenTensorsAreAllListed() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(weights().asMap());
        tensors.remove("conv1.bias");
        tensors.put("extra.weight", FloatTensor.of(new float[2], 2));
        tensors.put("dense.weight", FloatTensor.of(new float[64 * 1600], 1600, 64));

        assertThatExceptionOfType(WeightsMismatchException.class)
                .isThrownBy(() -> new Backbone(DIGITS, WeightSet.of(tensors), CARD))
                .withMessageContaining("backbone digits-cnn")
                .withMessageContaining("8 tensors")
                .withMessageContaining("3 that do not fit")
                .withMessageContaining("missing     conv1.bias")
                .withMessageContaining("unexpected  extra.weight")
                .withMessageContaining("mis-shaped  dense.weight  expected [64, 1600], found [1600, 64]");
    }

    @Test
    void aTensorOfTheRightSizeButOfAnotherRankIsRefused() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(weights().asMap());
        tensors.put("conv1.weight", FloatTensor.of(new float[288], 32, 9));

        assertThatExceptionOfType(WeightsMismatchException.class)
                .isThrownBy(() -> new Backbone(DIGITS, WeightSet.of(tensors), CARD))
                .withMessageContaining("[32, 9]");
    }

    @Test
    void onlyTheFirstTenFaultsAreListed() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(weights().asMap());
        IntStream.range(0, 12).forEach(i -> tensors.put("extra" + i, FloatTensor.of(new float[1], 1)));

        assertThatExceptionOfType(WeightsMismatchException.class)
                .isThrownBy(() -> new Backbone(DIGITS, WeightSet.of(tensors), CARD))
                .withMessageContaining("12 that do not fit, the first 10:")
                .satisfies(e -> assertThat(e.getMessage()).contains("extra9").doesNotContain("extra10"));
    }

    @Test
    void aCardCopiesItsClassesAndChangesItsOriginAlone() {
        List<String> names = new java.util.ArrayList<>(List.of("a", "b"));
        BackboneCard card = BackboneCard.of("here", "d").withClassNames(names);
        names.clear();

        assertThat(card.classNames()).containsExactly("a", "b");
        assertThat(card.withOrigin("file").origin()).isEqualTo("file");
        assertThat(card.withOrigin("file").withOrigin("here")).isEqualTo(card);
    }

    private static WeightSet weights() {
        return Initialization.GLOROT_UNIFORM.initialize(DIGITS.parameters(), 1);
    }
}
