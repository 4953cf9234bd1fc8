package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.PyTorchLibrary;
import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.backbone.SkipConnection;
import dev.graft.backbone.Stage;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Proves operation by operation that the channels stay innermost: a map of several channels and places that is laid out
 * so is not contiguous in the order of its axes, (batch, channels, height, width).
 */
class ChannelsLastIT {
    @ParameterizedTest
    @CsvSource({
        "digits-cnn, 28",
        "cifar-resnet, 32",
        "resnet18, 64",
        "resnet50, 64",
        "mobilenet_v2, 64",
        "efficientnet_b0, 64"
    })
    void everyOperationKeepsTheChannelsInnermost(String id, int side) {
        Architecture architecture = Architectures.named(id).withInputSize(side, side);
        WeightSet weights = architecture.weightInitialization().initialize(architecture.parameters(), 1);
        for (boolean training : new boolean[] {false, true}) {
            try (NDManager scope = TensorEngine.newScope()) {
                Parameters parameters = Parameters.of(scope, architecture.parameters(), weights);
                Pass pass = training ? Pass.training(1) : Pass.inference();
                ActivationShape input = architecture.inputShape();
                NDArray rows = scope.create(new float[2 * input.elements()], new Shape(2, input.elements()));
                NDArray activation = Layouts.fromRows(rows, input);
                List<String> reordered = new ArrayList<>();
                for (Stage stage : architecture.featureStages()) {
                    for (Layer layer : stage.layers()) {
                        activation = run(stage.name(), layer, activation, parameters, pass, reordered);
                    }
                }
                assertThat(reordered).as(training ? "training" : "inference").isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"cifar-resnet", "resnet18"})
    void kernelsAreLaidOutTheSameWay(String id) {
        Architecture architecture = Architectures.named(id);
        WeightSet weights = architecture.weightInitialization().initialize(architecture.parameters(), 1);
        try (NDManager scope = TensorEngine.newScope()) {
            Parameters parameters = Parameters.of(scope, architecture.parameters(), weights);
            for (ParameterSpec spec : architecture.parameters()) {
                if (spec.shape().size() == 4) {
                    assertThat(reordered(parameters.get(spec.name())))
                            .as(spec.name())
                            .isFalse();
                }
            }
        }
    }

    /** Looks into blocks too, and gives what the whole layer makes. */
    private static NDArray run(
            String where, Layer layer, NDArray input, Parameters parameters, Pass pass, List<String> reordered) {
        List<Layer> body = layer instanceof Layer.Residual residual
                ? residual.body()
                : layer instanceof SkipConnection skip ? skip.body() : List.of();
        NDArray inside = input;
        for (Layer part : body) {
            inside = run(where + ", inside", part, inside, parameters, pass, reordered);
        }
        NDArray output = Kernels.run(List.of(layer), input, parameters, pass);
        if (reordered(output)) {
            reordered.add(where + ": " + layer.describe() + ", " + output.getShape());
        }
        return output;
    }

    private static boolean reordered(NDArray array) {
        Shape shape = array.getShape();
        boolean telling = shape.dimension() == 4 && shape.get(1) > 1 && shape.get(2) * shape.get(3) > 1;
        return telling && PyTorchLibrary.LIB.torchIsContiguous(((PtNDArray) array).getHandle());
    }
}
