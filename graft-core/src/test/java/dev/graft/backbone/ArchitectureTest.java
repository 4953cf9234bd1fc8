package dev.graft.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.SettingsException;
import dev.graft.image.Preprocessing;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Flatten;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final Architecture DIGITS = Architectures.named("digits-cnn");

    @Test
    void digitsCnnHasTheKnownOutputShapes() {
        assertThat(DIGITS.inputShape()).hasToString("(1, 28, 28)");
        Map<String, String> shapes = new LinkedHashMap<>();
        DIGITS.outputShapes().forEach((stage, shape) -> shapes.put(stage, shape.toString()));

        assertThat(shapes)
                .containsExactly(
                        Map.entry("conv1", "(32, 26, 26)"),
                        Map.entry("pool1", "(32, 13, 13)"),
                        Map.entry("conv2", "(64, 11, 11)"),
                        Map.entry("pool2", "(64, 5, 5)"),
                        Map.entry("flatten", "(1600)"),
                        Map.entry("dense", "(64)"),
                        Map.entry("logits", "(10)"));
        shapes.forEach((stage, shape) -> assertThat(DIGITS.outputShape(stage)).hasToString(shape));
    }

    @Test
    void digitsCnnHasTheKnownParameterCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Stage stage : DIGITS.stages()) {
            counts.put(
                    stage.name(),
                    stage.parameters().stream()
                            .mapToLong(ParameterSpec::elements)
                            .sum());
        }

        assertThat(counts)
                .containsExactly(
                        Map.entry("conv1", 320L),
                        Map.entry("pool1", 0L),
                        Map.entry("conv2", 18_496L),
                        Map.entry("pool2", 0L),
                        Map.entry("flatten", 0L),
                        Map.entry("dense", 102_464L),
                        Map.entry("logits", 650L));
        assertThat(DIGITS.parameters().stream().map(ParameterSpec::name))
                .containsExactly(
                        "conv1.weight",
                        "conv1.bias",
                        "conv2.weight",
                        "conv2.bias",
                        "dense.weight",
                        "dense.bias",
                        "logits.weight",
                        "logits.bias");
    }

    @Test
    void cifarResnetHalvesTheMapThreeTimesAndEndsInTenLogits() {
        Architecture cifar = Architectures.named("cifar-resnet");
        Map<String, String> shapes = new LinkedHashMap<>();
        cifar.outputShapes().forEach((stage, shape) -> shapes.put(stage, shape.toString()));

        assertThat(cifar.inputShape()).hasToString("(3, 32, 32)");
        assertThat(shapes)
                .containsExactly(
                        Map.entry("stem", "(24, 32, 32)"),
                        Map.entry("stage1", "(32, 16, 16)"),
                        Map.entry("stage2", "(64, 8, 8)"),
                        Map.entry("stage3", "(112, 4, 4)"),
                        Map.entry("pool", "(112)"),
                        Map.entry("logits", "(10)"));
        assertThat(cifar.parameters().stream()
                        .filter(ParameterSpec::learned)
                        .mapToLong(ParameterSpec::elements)
                        .sum())
                .isEqualTo(336_898);
    }

    @Test
    void anUnknownStageIsAnsweredWithThoseThereAre() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> DIGITS.outputShape("conv3"))
                .withMessageContaining("conv3")
                .withMessageContaining("conv1, pool1, conv2, pool2, flatten, dense, logits");
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> DIGITS.stagesThrough("conv3"));
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> DIGITS.position("Conv1"));
    }

    @Test
    void anUnknownArchitectureIsAnsweredWithThoseThereAre() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Architectures.named("resnet9000"))
                .withMessageContaining("resnet9000")
                .withMessageContaining("digits-cnn");
    }

    @Test
    void stagesThroughEndsWithTheNamedOne() {
        assertThat(DIGITS.stagesThrough("conv2").stream().map(Stage::name)).containsExactly("conv1", "pool1", "conv2");
        assertThat(DIGITS.classifier().name()).isEqualTo("logits");
        assertThat(DIGITS.featureStages()).hasSize(6).doesNotContain(DIGITS.classifier());
    }

    @Test
    void withClassesReplacesTheClassifierAlone() {
        Architecture four = DIGITS.withClasses(4);

        assertThat(four.outputShape("logits")).isEqualTo(ActivationShape.vector(4));
        assertThat(four.featureStages()).isEqualTo(DIGITS.featureStages());
        assertThat(four.withClasses(10)).isEqualTo(DIGITS);
        assertThat(four.classifier().layers().get(0)).isEqualTo(new Layer.Dropout(0.5f));
    }

    @Test
    void withClassesRefusesNone() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> DIGITS.withClasses(0))
                .withMessageContaining("at least one");
    }

    @Test
    void stagesMustChain() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> architecture(
                        8, Stage.of("flat", new Flatten()), Stage.of("logits", new Linear("logits", 63, 2))))
                .withMessageContaining("(63)")
                .withMessageContaining("(64)");
    }

    @Test
    void stagesNeedNamesOfTheirOwn() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(
                        () -> architecture(8, Stage.of("a", new Flatten()), Stage.of("a", new Linear("logits", 64, 2))))
                .withMessageContaining("names of their own");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> architecture(8, Stage.of("a", new Flatten())));
    }

    @Test
    void aConvolutionLargerThanItsInputIsRefused() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> architecture(
                        4, Stage.of("conv", new Conv2d("conv", 1, 2, 5, 1, 0, true)), Stage.of("flat", new Flatten())))
                .withMessageContaining("larger than its input")
                .withMessageContaining("at least 5 x 5")
                .withMessageContaining("(1, 4, 4)");
    }

    @Test
    void copiesItsStages() {
        List<Stage> stages = new ArrayList<>(DIGITS.stages());
        Architecture copy = new Architecture("copy", DIGITS.preprocessing(), stages, DIGITS.weightInitialization());
        stages.clear();

        assertThat(copy.stages()).hasSize(7);
    }

    private static Architecture architecture(int side, Stage... stages) {
        return new Architecture(
                "made-up", Preprocessing.unitRange(side, side, 1), List.of(stages), Initialization.GLOROT_UNIFORM);
    }
}
