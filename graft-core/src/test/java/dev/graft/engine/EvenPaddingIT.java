package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.backbone.Hashed;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.SamePadding;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A padding that was put into the convolution behind it gives what the two give one after the other, to 1e-5. */
class EvenPaddingIT {
    @ParameterizedTest
    @CsvSource({
        "3, 2, 8, 8",
        "5, 2, 8, 8",
        "3, 2, 9, 9",
        "5, 2, 9, 7",
        "3, 2, 9, 8",
        "3, 3, 7, 7",
        "5, 1, 6, 6",
        "1, 2, 6, 6"
    })
    void theOutputIsThatOfPaddingAndConvolution(int kernel, int stride, int height, int width) {
        Conv2d conv = new Conv2d("conv", 4, 4, kernel, stride, 0, 2, true);
        List<Stage> stages = List.of(Stage.of("stage", new SamePadding(kernel, stride), conv));
        ActivationShape input = ActivationShape.map(4, height, width);
        WeightSet weights = Hashed.weights("mobilenet", conv.parameters());
        float[] image = new float[input.elements()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) Math.sin(i);
        }

        Folding.Folded merged = Folding.of(input, stages, weights);

        Reference.assertClose(
                "output",
                output(input, merged.stages(), merged.weights(), image),
                tensor(stages, input, weights, image),
                1e-5f);
        boolean alike = height % stride == width % stride;
        assertThat(merged.stages().get(0).layers()).hasSize(alike ? 1 : 2);
    }

    @Test
    void paddingsInsideBlocksAreMergedToo() {
        Conv2d conv = new Conv2d("conv", 2, 2, 3, 1, 0, 1, false);
        SkipConnection block = new SkipConnection(List.of(new SamePadding(3, 1), conv));
        ActivationShape input = ActivationShape.map(2, 5, 5);

        Folding.Folded merged =
                Folding.of(input, List.of(Stage.of("stage", block)), Hashed.weights("mobilenet", conv.parameters()));

        Layer layer = merged.stages().get(0).layers().get(0);
        assertThat(((SkipConnection) layer).body()).containsExactly(new Conv2d("conv", 2, 2, 3, 1, 1, 1, false));
    }

    private static FloatTensor tensor(List<Stage> stages, ActivationShape input, WeightSet weights, float[] image) {
        float[] values = output(input, stages, weights, image);
        return FloatTensor.of(values, values.length);
    }

    /** By the plain layers, one after the other. */
    private static float[] output(ActivationShape input, List<Stage> stages, WeightSet weights, float[] image) {
        try (NDManager scope = TensorEngine.newScope()) {
            Parameters parameters = Parameters.of(
                    scope, stages.stream().flatMap(s -> s.parameters().stream()).toList(), weights);
            NDArray activation = Layouts.fromRows(scope.create(image, new Shape(1, image.length)), input);
            return Layouts.toRows(Kernels.run(stages.get(0).layers(), activation, parameters, Pass.inference()))
                    .toFloatArray();
        }
    }
}
