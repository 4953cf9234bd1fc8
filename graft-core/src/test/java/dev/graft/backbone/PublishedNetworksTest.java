package dev.graft.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.SettingsException;
import dev.graft.layer.ParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ImageNet families have the tensors of torchvision's networks, and stages to cut at. */
class PublishedNetworksTest {
    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "resnet34", "resnet50", "mobilenet_v2", "efficientnet_b0", "convnext_tiny"})
    void tensorsHaveTorchvisionsNamesAndShapes(String id) {
        Map<String, String> expected = new LinkedHashMap<>();
        PublishedNetworks.shapes("torchvision", id).forEach((name, shape) -> {
            if (shape.length > 0) {
                expected.put(name, Arrays.toString(shape));
            }
        });
        Map<String, String> found = new LinkedHashMap<>();
        for (ParameterSpec spec : Architectures.named(id).parameters()) {
            assertThat(found.put(spec.name(), spec.shape().toString()))
                    .as(spec.name())
                    .isNull();
        }

        assertThat(found).isEqualTo(expected);
    }

    // The numbers that torchvision's documentation gives for each network.
    @ParameterizedTest
    @CsvSource({
        "resnet18, 11689512",
        "resnet34, 21797672",
        "resnet50, 25557032",
        "mobilenet_v2, 3504872",
        "efficientnet_b0, 5288548",
        "convnext_tiny, 28589128"
    })
    void theLearnedParametersAreAsManyAsTorchvisionDocuments(String id, long parameters) {
        assertThat(Architectures.named(id).parameters().stream()
                        .filter(ParameterSpec::learned)
                        .mapToLong(ParameterSpec::elements)
                        .sum())
                .isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "resnet18, layer4, '(512, 7, 7)', '(512, 2, 3)', fc",
        "resnet50, layer4, '(2048, 7, 7)', '(2048, 2, 3)', fc",
        "mobilenet_v2, features.18, '(1280, 7, 7)', '(1280, 2, 3)', classifier",
        "efficientnet_b0, features.8, '(1280, 7, 7)', '(1280, 2, 3)', classifier",
        "convnext_tiny, features.7, '(768, 7, 7)', '(768, 2, 3)', classifier"
    })
    void imagesOfAnotherSizeChangeTheMapsAlone(String id, String stage, String usual, String small, String last) {
        Architecture architecture = Architectures.named(id);
        Architecture resized = architecture.withInputSize(64, 96);

        assertThat(architecture.outputShape(stage)).hasToString(usual);
        assertThat(resized.outputShape(stage)).hasToString(small);
        assertThat(resized.outputShape(last)).hasToString("(1000)");
        assertThat(resized.parameters()).isEqualTo(architecture.parameters());
        assertThat(resized.withInputSize(224, 224).outputShapes()).isEqualTo(architecture.outputShapes());
        assertThat(architecture.withInputSize(224, 224)).isEqualTo(architecture);
        assertThat(architecture.withClasses(3).outputShape(last)).hasToString("(3)");
        assertThat(architecture.withClasses(3).featureStages()).isEqualTo(architecture.featureStages());
    }

    @Test
    void aSizeThatDoesNotFitIsRefused() {
        Architecture digits = Architectures.named("digits-cnn");
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> digits.withInputSize(32, 32));
        Architecture convnext = Architectures.named("convnext_tiny");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> convnext.withInputSize(20, 224))
                .withMessageContaining("larger than its input");
        for (int side : new int[] {0, -1, 4097, Integer.MAX_VALUE}) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> convnext.withInputSize(224, side))
                    .withMessageContaining("1 to 4096");
        }
    }

    @Test
    void everyPublishedNetworkSaysWhereItsWeightsComeFrom() {
        assertThat(Architectures.catalogue()).hasSizeGreaterThanOrEqualTo(8);
        for (CatalogueEntry entry : Architectures.catalogue()) {
            boolean ours = entry.architecture().id().equals("digits-cnn")
                    || entry.architecture().id().equals("cifar-resnet");
            assertThat(entry.sources().isEmpty()).as(entry.architecture().id()).isEqualTo(ours);
            for (WeightSource source : entry.sources()) {
                assertThat(source.repository()).startsWith("timm/");
                assertThat(source.license()).isIn("Apache-2.0", "BSD-3-Clause");
                assertThat(source.references()).isNotEmpty();
            }
        }
    }

    @Test
    void aStageOfManyLikeBlocksIsDescribedShortly() {
        Architecture resnet = Architectures.named("resnet50");
        assertThat(resnet.stages().get(3).describe()).isEqualTo("6 x residual block");
        assertThat(resnet.stages().get(0).describe()).isEqualTo("conv 7x7 stride 2, batch norm, relu, max pool 3x3");
    }
}
