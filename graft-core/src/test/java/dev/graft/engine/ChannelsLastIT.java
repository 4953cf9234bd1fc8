package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Initialization;
import dev.graft.layer.Activation;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.AveragePool2d;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.MaxPool2d;
import dev.graft.layer.Layer.Relu;
import dev.graft.layer.Layer.Residual;
import dev.graft.layer.LayerNorm;
import dev.graft.layer.LayerScale;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.SqueezeExcitation;
import dev.graft.layer.Stage;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operation by operation, there and back: what is computed from an array whose channels lie innermost in memory lies the
 * same way, and so does the gradient of that array. An operation that did not keep to it would cost two copies.
 */
class ChannelsLastIT {
    private static final int BATCH = 2;
    private static final ActivationShape INPUT = ActivationShape.map(16, 10, 12);

    static Stream<Layer> layers() {
        return Stream.of(
                new Conv2d("conv", 16, 24, 3, 1, 1, true),
                new Conv2d("strided", 16, 24, 3, 2, 1, false),
                new Conv2d("pointwise", 16, 32, 1, 1, 0, true),
                new Conv2d("odd", 16, 5, 1, 1, 0, true),
                new Conv2d("grouped", 16, 32, 3, 1, 1, 4, true),
                new Conv2d("depthwise", 16, 16, 3, 1, 1, 16, false),
                BatchNorm2d.of("norm", 16),
                new Relu(),
                new MaxPool2d(2, 2, 0),
                new MaxPool2d(3, 2, 1),
                new AveragePool2d(3, 2, 1),
                new Dropout(0.5f),
                new Residual(List.of(new Conv2d("body", 16, 16, 3, 1, 1, true)), List.of()),
                new Residual(
                        List.of(new Conv2d("body", 16, 24, 3, 2, 1, true)),
                        List.of(new Conv2d("down", 16, 24, 1, 2, 0, true))),
                new SkipConnection(List.of(new Conv2d("body", 16, 16, 3, 1, 1, true))),
                Activation.RELU6,
                Activation.SILU,
                Activation.GELU,
                Activation.GELU_TANH,
                new SqueezeExcitation(
                        new Conv2d("reduce", 16, 8, 1, 1, 0, true), new Conv2d("expand", 8, 16, 1, 1, 0, true)),
                new LayerNorm("norm", 16, 1e-6f),
                new LayerScale("scale", 16),
                new PointwiseLinear("linear", 16, 24));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void thereAndBack(Layer layer) {
        WeightSet weights = Initialization.HE_UNIFORM.initialize(layer.parameters(), 3);
        try (NDManager scope = TensorEngine.newScope();
                Strides strides = new Strides()) {
            Parameters parameters = Parameters.of(scope, layer.parameters(), weights);
            NDArray input = map(scope, INPUT);
            input.setRequiresGradient(true);

            NDArray output =
                    TensorEngine.recording(() -> Kernels.run(List.of(layer), input, parameters, Pass.training(1)));
            NDArray gradient = map(scope, layer.outputShape(INPUT));
            TensorEngine.backward(output, gradient);

            assertThat(strides.of(output)).as("output").isEqualTo(channelsLast(layer.outputShape(INPUT)));
            assertThat(strides.of(input.getGradient())).as("gradient").isEqualTo(channelsLast(INPUT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "resnet50", "mobilenet_v2", "efficientnet_b0", "convnext_tiny", "digits-cnn"})
    void throughEveryLayerOfTheNetworks(String id) {
        Architecture architecture = Architectures.named(id);
        WeightSet weights = architecture.weightInitialization().initialize(architecture.parameters(), 3);
        try (NDManager scope = TensorEngine.newScope();
                Strides strides = new Strides()) {
            Parameters parameters = Parameters.of(scope, architecture.parameters(), weights);
            ActivationShape shape = architecture.inputShape();
            NDArray activation = map(scope, shape);
            for (Stage stage : architecture.featureStages()) {
                for (Layer layer : stage.layers()) {
                    shape = layer.outputShape(shape);
                    activation = Kernels.run(List.of(layer), activation, parameters, Pass.inference());
                    if (shape.isMap() && shape.channels() > 1 && shape.height() * shape.width() > 1) {
                        assertThat(strides.of(activation))
                                .as(stage.name() + " " + layer)
                                .isEqualTo(channelsLast(shape));
                    }
                }
            }
        }
    }

    @Test
    void eachKindOfLayerOfMapsIsAmongThem() {
        Set<Class<?>> used = Stream.of("resnet18", "mobilenet_v2", "efficientnet_b0", "convnext_tiny", "digits-cnn")
                .flatMap(id -> Architectures.named(id).featureStages().stream())
                .flatMap(stage -> flat(stage.layers().stream()))
                .map(Object::getClass)
                .collect(Collectors.toSet());
        Set<Class<?>> proved = layers().map(Object::getClass).collect(Collectors.toSet());

        // What makes a vector of a map has no channels to place.
        used.removeAll(Set.of(Layer.GlobalAveragePool.class, Layer.Flatten.class, Layer.Linear.class));
        assertThat(proved).containsAll(used);
    }

    private static Stream<Layer> flat(Stream<Layer> layers) {
        return layers.flatMap(layer -> {
            if (layer instanceof Residual residual) {
                return Stream.concat(
                        Stream.of(layer), flat(Stream.concat(residual.body().stream(), residual.shortcut().stream())));
            } else if (layer instanceof SkipConnection skip) {
                return Stream.concat(Stream.of(layer), flat(skip.body().stream()));
            }
            return Stream.of(layer);
        });
    }

    private static NDArray map(NDManager scope, ActivationShape shape) {
        float[] rows = new float[BATCH * shape.elements()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (i * 31 % 101 - 50) / 50f;
        }
        NDArray view = Layouts.fromRows(scope.create(rows, new Shape(BATCH, shape.elements())), shape);
        return Layouts.kernel(view);
    }

    /** Steps in memory from one example, channel, row and column to the next. */
    private static List<Long> channelsLast(ActivationShape shape) {
        long channels = shape.channels();
        return List.of(shape.elements() * 1L, 1L, shape.width() * channels, channels);
    }

    /** Asks the engine how arrays lie in memory, which its Java interface does not say. */
    private static final class Strides implements AutoCloseable {
        private final NDManager scope = TensorEngine.newScope();
        private final TorchScript script = TorchScript.compile(
                scope,
                List.of(new TorchScript.Function(
                        "strides", "x: Tensor", List.of("return [torch.tensor(torch.stride(x))]"))));

        List<Long> of(NDArray array) {
            try (IValue argument = TorchScript.argument(array)) {
                return Arrays.stream(
                                script.run(scope, "strides", argument).get(0).toLongArray())
                        .boxed()
                        .toList();
            }
        }

        @Override
        public void close() {
            scope.close();
        }
    }
}
