package dev.graft.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.SafetensorsWriter;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints of torchvision and timm load into one architecture, whole or not at all. */
class CheckpointTest {
    private static final CatalogueEntry MOBILE = Architectures.entry("mobilenet_v2");

    @ParameterizedTest
    @CsvSource({
        "torchvision, resnet18, torchvision, 0",
        "torchvision, resnet34, torchvision, 0",
        "torchvision, resnet50, torchvision, 0",
        "torchvision, mobilenet_v2, torchvision, 0",
        "torchvision, efficientnet_b0, torchvision, 0",
        "torchvision, convnext_tiny, torchvision, 0",
        "timm, resnet18, torchvision, 0",
        "timm, mobilenet_v2, timm, 262",
        "timm, efficientnet_b0, timm, 311",
        "timm, convnext_tiny, timm, 182",
    })
    void everyTensorOfAPublishedNetworkIsAccountedFor(String library, String id, String naming, int translated) {
        CatalogueEntry entry = Architectures.entry(id);
        Map<String, long[]> shapes = PublishedNetworks.shapes(library, id);

        LoadReport report = Checkpoint.report(entry, shapes);

        assertThat(report.complete()).as(report.toString()).isTrue();
        assertThat(report.naming()).isEqualTo(naming);
        assertThat(report.loaded()).hasSize(entry.architecture().parameters().size());
        assertThat(report.translated()).hasSize(translated);
        assertThat(report.ignored()).allMatch(name -> name.endsWith(".num_batches_tracked"));
        assertThat(report.loaded().size() + report.ignored().size()).isEqualTo(shapes.size());
    }

    @Test
    void aFileLoadsUnderTheNetworksNamesAndItsCountersAreNotRead() {
        Map<String, FloatTensor> tensors =
                new LinkedHashMap<>(Hashed.weights("mobilenet_v2", PublishedNetworks.shapes("timm", "mobilenet_v2"))
                        .asMap());
        // A counter that could not be read as a finite number.
        tensors.put("bn1.num_batches_tracked", FloatTensor.of(new float[] {Float.NaN}));
        byte[] bytes = SafetensorsWriter.toBytes(WeightSet.of(tensors), Map.of());

        try (SafetensorsFile file = SafetensorsFile.parse(bytes, "mobile")) {
            Checkpoint checkpoint = Checkpoint.read(MOBILE, file, "mobile");

            assertThat(checkpoint.architecture()).isEqualTo(MOBILE.architecture());
            assertThat(checkpoint.weights().names())
                    .containsExactlyElementsOf(MOBILE.architecture().parameters().stream()
                            .map(ParameterSpec::name)
                            .toList());
            assertThat(checkpoint.weights().get("features.0.0.weight")).isEqualTo(tensors.get("conv_stem.weight"));
            assertThat(checkpoint.weights().get("features.2.conv.1.1.running_var"))
                    .isEqualTo(tensors.get("blocks.1.0.bn2.running_var"));
            assertThat(checkpoint.report().summary())
                    .isEqualTo("262 loaded (262 renamed from timm), 52 ignored, 0 missing, 0 unexpected");
        }
    }

    @Test
    void axesOfLengthOneMayLieElsewhere() {
        CatalogueEntry entry = Architectures.entry("convnext_tiny");
        WeightSet timm = Hashed.weights("convnext_tiny", PublishedNetworks.shapes("timm", "convnext_tiny"));

        WeightSet fitted = Checkpoint.fit(entry, timm, "timm").weights();

        assertThat(timm.get("stages.0.blocks.0.gamma").shape()).containsExactly(96);
        assertThat(fitted.get("features.1.0.layer_scale").shape()).containsExactly(96, 1, 1);
        assertThat(fitted.get("features.1.0.layer_scale").values())
                .containsExactly(timm.get("stages.0.blocks.0.gamma").values());
    }

    @Test
    void theNumberOfClassesIsTheCheckpoints() {
        Map<String, FloatTensor> tensors = torchvision();
        tensors.put("classifier.1.weight", FloatTensor.of(new float[7 * 1280], 7, 1280));
        tensors.put("classifier.1.bias", FloatTensor.of(new float[7], 7));

        Checkpoint checkpoint = Checkpoint.fit(MOBILE, WeightSet.of(tensors), "seven");

        assertThat(checkpoint.architecture()).isEqualTo(MOBILE.architecture().withClasses(7));
        tensors.put("classifier.1.bias", FloatTensor.of(new float[8], 8));
        assertRefused(MOBILE, tensors, "mis-shaped  classifier.1.bias  expected [7], found [8]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.",
                "model.",
                "backbone.",
                "encoder.",
                "_orig_mod.",
                "state_dict.",
                "module.model.",
                "ema."
            })
    void aPrefixOfTrainingProgramsIsTakenOff(String prefix) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        torchvision().forEach((name, tensor) -> tensors.put(prefix + name, tensor));

        Checkpoint checkpoint = read(tensors);

        assertThat(checkpoint.weights()).isEqualTo(read(torchvision()).weights());
        assertThat(checkpoint.report().complete()).isTrue();
        assertThat(checkpoint.report().notes())
                .containsExactly("the names of " + checkpoint.report().loaded().size()
                        + " tensors are read without their prefix '" + prefix + "'");
        assertThat(read(torchvision()).report().notes()).isEmpty();
    }

    @Test
    void aPrefixMayBeMissingFromTheClassifierAndStandBesideACounterOfAverages() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        torchvision()
                .forEach((name, tensor) ->
                        tensors.put(name.startsWith("classifier") ? name : "backbone." + name, tensor));
        tensors.put("n_averaged", FloatTensor.of(new float[] {7}));

        assertThat(read(tensors).weights()).isEqualTo(read(torchvision()).weights());
    }

    @Test
    void whatLiesBesideThePrefixIsRefusedAndNamed() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        torchvision().forEach((name, tensor) -> tensors.put("backbone." + name, tensor));
        tensors.put("projection.weight", FloatTensor.of(new float[2], 2));

        assertRefused(
                MOBILE, tensors, "1 unexpected", "unexpected  projection.weight", "names are read without 'backbone.'");
    }

    @Test
    void aCheckpointWithoutAClassifierIsTakenForTransfer() {
        Map<String, FloatTensor> tensors = torchvision();
        tensors.keySet().removeIf(name -> name.startsWith("classifier"));

        Checkpoint checkpoint = read(tensors);

        assertThat(checkpoint.report().fits()).isTrue();
        assertThat(checkpoint.report().complete()).isFalse();
        assertThat(checkpoint.architecture()).isEqualTo(MOBILE.architecture().withClasses(1));
        assertThat(checkpoint.weights().get("classifier.1.weight").values()).containsOnly(0);
        assertThat(checkpoint.weights().get("features.0.0.weight"))
                .isEqualTo(torchvision().get("features.0.0.weight"));
        assertThat(checkpoint.report().notes()).singleElement().asString().contains("no classifier");
    }

    @Test
    void aClassifierOfAnotherFormIsLeftOutAndNamed() {
        Map<String, FloatTensor> tensors = torchvision();
        tensors.keySet().removeIf(name -> name.startsWith("classifier"));
        tensors.put("classifier.1.0.weight", FloatTensor.of(new float[12], 3, 4));
        tensors.put("classifier.1.0.bias", FloatTensor.of(new float[3], 3));

        assertThat(read(tensors).report().notes())
                .singleElement()
                .asString()
                .contains("left out: classifier.1.0.weight, classifier.1.0.bias");
    }

    @Test
    void halfAClassifierIsRefused() {
        Map<String, FloatTensor> tensors = torchvision();
        tensors.remove("classifier.1.bias");

        assertRefused(MOBILE, tensors, "missing     classifier.1.bias");
    }

    private static Checkpoint read(Map<String, FloatTensor> tensors) {
        byte[] bytes = SafetensorsWriter.toBytes(WeightSet.of(tensors), Map.of());
        try (SafetensorsFile file = SafetensorsFile.parse(bytes, "mobile")) {
            return Checkpoint.read(MOBILE, file, "mobile");
        }
    }

    @Test
    void missingUnexpectedAndMisshapenTensorsAreRefusedAndNamed() {
        Map<String, FloatTensor> tensors = torchvision();
        tensors.remove("features.0.0.weight");
        tensors.put("extra.weight", FloatTensor.of(new float[2], 2));
        tensors.put("features.0.1.bias", FloatTensor.of(new float[33], 33));
        // A counter of no normalisation is as unexpected as any other tensor.
        tensors.put("extra.num_batches_tracked", FloatTensor.of(new float[1]));

        assertRefused(
                MOBILE,
                tensors,
                "backbone mobilenet_v2",
                "some file",
                "missing     features.0.0.weight",
                "unexpected  extra.weight",
                "unexpected  extra.num_batches_tracked",
                "mis-shaped  features.0.1.bias  expected [32], found [33]",
                "1 missing, 2 unexpected, 1 mis-shaped",
                "nothing was loaded");
    }

    @Test
    void aTensorUnderBothNamesIsNotLoadedTwice() {
        Map<String, FloatTensor> tensors =
                new LinkedHashMap<>(Hashed.weights("mobilenet_v2", PublishedNetworks.shapes("timm", "mobilenet_v2"))
                        .asMap());
        tensors.put("features.0.0.weight", tensors.get("conv_stem.weight"));

        assertRefused(MOBILE, tensors, "unexpected  features.0.0.weight");
    }

    @Test
    void weightsOfAnotherNetworkAreRecognised() {
        Map<String, long[]> shapes = PublishedNetworks.shapes("torchvision", "resnet50");
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> tensors.put(
                name,
                new FloatTensor(shape, new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)])));

        assertRefused(
                Architectures.entry("resnet18"),
                tensors,
                "mis-shaped  layer1.0.conv1.weight  expected [64, 64, 3, 3], found [64, 64, 1, 1]",
                "these are weights of resnet50",
                "use backbone resnet50");
    }

    @Test
    void aWeightThatIsNotFiniteIsRefused() {
        Map<String, FloatTensor> tensors = torchvision();
        float[] broken = new float[32];
        broken[3] = Float.NaN;
        tensors.put("features.0.1.bias", FloatTensor.of(broken, broken.length));
        byte[] bytes = SafetensorsWriter.toBytes(WeightSet.of(tensors), Map.of());

        try (SafetensorsFile file = SafetensorsFile.parse(bytes, "broken")) {
            assertThatExceptionOfType(WeightsFileException.class)
                    .isThrownBy(() -> Checkpoint.read(MOBILE, file, "broken"))
                    .withMessageContaining("features.0.1.bias");
        }
    }

    private static Map<String, FloatTensor> torchvision() {
        return new LinkedHashMap<>(
                Hashed.weights("mobilenet_v2", MOBILE.architecture().parameters())
                        .asMap());
    }

    private static void assertRefused(CatalogueEntry entry, Map<String, FloatTensor> tensors, String... parts) {
        assertThatExceptionOfType(WeightsMismatchException.class)
                .isThrownBy(() -> Checkpoint.fit(entry, WeightSet.of(tensors), "some file"))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }
}
