package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.layer.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntermediatesIT {
    @Test
    void inferenceLeavesTheOutputAndTheInputThatSomebodyWants() {
        try (NDManager scope = TensorEngine.newScope()) {
            NDArray input = scope.ones(new Shape(2, 3));
            List<NDArray> made = new ArrayList<>();
            NDArray output = Intermediates.of(Pass.inference()).run(input, true, given -> {
                made.add(given.add(given));
                made.add(made.get(0).square());
                return made.get(1).neg();
            });
            assertThat(made).allMatch(NDArray::isReleased);
            assertThat(scope.getManagedArrays()).containsExactlyInAnyOrder(input, output);
            assertThat(output.toFloatArray()).containsOnly(-4f);
            assertThat(input.toFloatArray()).containsOnly(1f);
        }
    }

    @Test
    void inferenceGivesBackAnInputThatNobodyWants() {
        try (NDManager scope = TensorEngine.newScope()) {
            NDArray input = scope.ones(new Shape(2, 3));
            NDArray output = Intermediates.of(Pass.inference()).run(input, false, NDArray::neg);
            assertThat(input.isReleased()).isTrue();
            assertThat(scope.getManagedArrays()).containsExactly(output);
        }
    }

    @Test
    void aLayerThatGivesItsInputBackKeepsIt() {
        try (NDManager scope = TensorEngine.newScope()) {
            NDArray input = scope.ones(new Shape(2, 3));
            for (boolean wanted : new boolean[] {true, false}) {
                assertThat(Intermediates.of(Pass.inference()).run(input, wanted, given -> given))
                        .isSameAs(input);
                assertThat(input.isReleased()).isFalse();
            }
        }
    }

    @Test
    void aRunThatIsRecordedKeepsEverything() {
        assertThat(Intermediates.of(Pass.training(1))).isEqualTo(Intermediates.KEPT);
        assertThat(TensorEngine.<Intermediates>recording(() -> Intermediates.of(Pass.inference())))
                .isEqualTo(Intermediates.KEPT);
        assertThat(Intermediates.of(Pass.inference())).isEqualTo(Intermediates.FREED);
    }

    @Test
    void aBatchHoldsNoMoreArraysForMoreLayers() {
        try (NDManager scope = TensorEngine.newScope()) {
            assertThat(arraysAfter(scope, 20)).isEqualTo(arraysAfter(scope, 2));
        }
    }

    private static int arraysAfter(NDManager scope, int layers) {
        try (NDManager batch = scope.newSubManager()) {
            List<Layer> all = new ArrayList<>();
            for (int i = 0; i < layers; i++) {
                all.add(new Layer.Relu());
            }
            Kernels.run(all, batch.ones(new Shape(2, 3)), Parameters.viewing(java.util.Map.of()), Pass.inference());
            return batch.getManagedArrays().size();
        }
    }
}
