package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.feature.Pooling;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.ParameterSpec.Role;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldingIT {
    @Test
    void foldedStagesGiveTheSameActivationsAtEveryCut() {
        Architecture architecture = Architectures.named("cifar-resnet");
        WeightSet weights = trained(architecture);
        List<Stage> stages = architecture.featureStages();
        Folding.Folded folded = Folding.of(stages, weights);
        List<Tap> taps = stages.stream()
                .map(stage -> new Tap(stage.name(), Pooling.NONE))
                .toList();
        float[] images = images(architecture, 6);

        Map<Tap, float[]> plain = run(architecture, stages, architecture.parameters(), weights, taps, images);
        Map<Tap, float[]> simpler =
                run(architecture, folded.stages(), folded.parameters(), folded.weights(), taps, images);

        for (Tap tap : taps) {
            float[] expected = Objects.requireNonNull(plain.get(tap));
            float[] found = Objects.requireNonNull(simpler.get(tap));
            // Sums that nearly cancel are as exact as their parts: relative to the largest activation.
            float largest = 1;
            for (float value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(found).as(tap.toString()).containsExactly(expected, within(1e-5f * largest));
        }
    }

    @Test
    void everyNormalisationAfterAConvolutionIsGone() {
        for (String id : List.of("cifar-resnet", "mobilenet_v2", "efficientnet_b0")) {
            Architecture architecture = Architectures.named(id);
            Folding.Folded folded = Folding.of(architecture.featureStages(), trained(architecture));

            assertThat(folded.parameters())
                    .as(id)
                    .noneMatch(spec -> spec.role() == Role.RUNNING_MEAN)
                    .extracting(ParameterSpec::name)
                    .containsExactlyInAnyOrderElementsOf(folded.weights().names());
        }
    }

    @Test
    void aNormalisationByItselfStays() {
        Stage stage = Stage.of("norm", Layer.BatchNorm2d.of("n", 2));
        WeightSet weights = WeightSet.of(Map.of(
                "n.weight", FloatTensor.of(new float[] {1, 2}, 2),
                "n.bias", FloatTensor.of(new float[] {3, 4}, 2),
                "n.running_mean", FloatTensor.of(new float[] {5, 6}, 2),
                "n.running_var", FloatTensor.of(new float[] {7, 8}, 2)));

        Folding.Folded folded = Folding.of(List.of(stage), weights);

        assertThat(folded.stages()).isEqualTo(List.of(stage));
        assertThat(folded.weights()).isEqualTo(weights);
    }

    private static Map<Tap, float[]> run(
            Architecture architecture,
            List<Stage> stages,
            List<ParameterSpec> specs,
            WeightSet weights,
            List<Tap> taps,
            float[] images) {
        try (NDManager scope = TensorEngine.newScope()) {
            List<ParameterSpec> needed =
                    specs.stream().filter(spec -> weights.contains(spec.name())).toList();
            Parameters parameters = Parameters.of(scope, needed, weights);
            int width = architecture.preprocessing().elements();
            NDArray batch = scope.create(images, new Shape(images.length / width, width));
            Program.Outcome outcome = new Program(stages, taps)
                    .run(Layouts.fromRows(batch, architecture.inputShape()), parameters, Pass.inference());
            Map<Tap, float[]> values = new LinkedHashMap<>();
            outcome.tapped().forEach((tap, array) -> values.put(tap, array.toFloatArray()));
            return values;
        }
    }

    /** Random weights with running statistics that are no longer 0 and 1. */
    private static WeightSet trained(Architecture architecture) {
        Random random = new Random(3);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(architecture
                .weightInitialization()
                .initialize(architecture.parameters(), 1)
                .asMap());
        for (ParameterSpec spec : architecture.parameters()) {
            if (spec.shape().size() == 1 && spec.role() != Role.WEIGHT) {
                float[] values = new float[Math.toIntExact(spec.elements())];
                IntStream.range(0, values.length).forEach(i -> values[i] = 0.5f + random.nextFloat());
                tensors.put(spec.name(), new FloatTensor(spec.shapeArray(), values));
            }
        }
        return WeightSet.of(tensors);
    }

    private static float[] images(Architecture architecture, int count) {
        Random random = new Random(4);
        float[] images = new float[count * architecture.preprocessing().elements()];
        IntStream.range(0, images.length).forEach(i -> images[i] = (float) random.nextGaussian());
        return images;
    }
}
