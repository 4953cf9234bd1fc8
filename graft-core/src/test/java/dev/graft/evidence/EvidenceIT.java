package dev.graft.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Initialization;
import dev.graft.data.Image;
import dev.graft.error.ClosedException;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Standardization;
import dev.graft.model.Lineage;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps of evidence against what the same network says of the picture. */
class EvidenceIT {
    private static final Lineage LINEAGE =
            new Lineage("digits-cnn", "embedded", "ab12", "feature-extraction", "shapes", "cd34", 500, 7, "0.1.0");
    private static final Offset<Double> CLOSE = Offset.offset(2e-5);

    static Stream<Arguments> exactCuts() {
        Stream<Cut> digits = Stream.concat(
                Stream.of(Pooling.NONE, Pooling.MEAN, Pooling.QUADRANTS)
                        .map(pooling -> Cut.pooled(pooling, "conv1", "pool1", "conv2")),
                Stream.of(Cut.at("flatten"), Cut.pooled(Pooling.MEAN, "flatten", "conv1")));
        Stream<Cut> residual = Stream.of(Cut.at("pool"), Cut.pooled(Pooling.MEAN, "stage1", "stage3", "pool"));
        return Stream.concat(
                digits.map(cut -> Arguments.of("digits-cnn", cut)),
                residual.map(cut -> Arguments.of("cifar-resnet", cut)));
    }

    @ParameterizedTest
    @MethodSource("exactCuts")
    void theMapAndItsRestAddUpToTheLogit(String architecture, Cut cut) {
        for (int classes : new int[] {2, 3}) {
            requireSums(model(Architectures.named(architecture), cut, classes, true));
        }
    }

    private static void requireSums(TransferModel model) {
        Image image = noise(45, 30, 3);
        try (Classifier classifier = new Classifier(model)) {
            List<EvidenceMap> maps = IntStream.range(0, model.classNames().size())
                    .mapToObj(label -> classifier.evidence(image, label))
                    .toList();
            assertThat(maps).allSatisfy(map -> {
                assertThat(map.method()).isEqualTo(EvidenceMethod.CLASS_ACTIVATION);
                double sum = map.rest();
                for (float value : map.values()) {
                    sum += value;
                }
                assertThat(sum).isEqualTo(map.logit(), Offset.offset(1e-6));
            });

            float[] said = classifier.probabilities(List.of(image))[0];

            double[] logits = maps.stream().mapToDouble(EvidenceMap::logit).toArray();
            assertThat(probabilities(logits)).containsExactly(doubles(said), CLOSE);
        }
    }

    /** Two classes have one logit between them, which is the second's and the negative of the first's. */
    private static double[] probabilities(double[] logits) {
        double scale = logits.length == 2 ? 0.5 : 1;
        double sum = Arrays.stream(logits).map(logit -> Math.exp(scale * logit)).sum();
        return Arrays.stream(logits).map(logit -> Math.exp(scale * logit) / sum).toArray();
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    @Test
    void eachPlaceHasItsWeightTimesItsFeature() {
        // One channel that is the picture itself, so that the map is known: weight * level / places.
        Architecture identity = Pictures.identity(4, 6);
        TransferModel model = Pictures.model(identity, Cut.at("pool"), List.of(3f), 0.5f);
        Image picture = new Image(4, 6, 1, levels(24));
        try (Classifier classifier = new Classifier(model)) {
            EvidenceMap map = classifier.evidence(picture, "b");

            assertThat(map.height()).isEqualTo(4);
            assertThat(map.width()).isEqualTo(6);
            assertThat(map.rest()).isEqualTo(0.5);
            for (int i = 0; i < 24; i++) {
                assertThat(map.values()[i]).isEqualTo(3 * i * 10 / 255f / 24, Offset.offset(1e-6f));
            }
            assertThat(map.onPicture()).isEqualTo(map.values());
            assertThat(classifier.evidence(picture, "a").value(3, 5)).isEqualTo(-map.value(3, 5));
        }
    }

    private static byte[] levels(int count) {
        byte[] levels = new byte[count];
        for (int i = 0; i < count; i++) {
            levels[i] = (byte) (i * 10);
        }
        return levels;
    }

    @Test
    void aNetworkWithDenseLayersAfterItsMapsIsShownByOcclusion() {
        // It sees the four pixels of the lower left corner, and only what is bright there.
        Image picture = Pictures.patch(14, 14, 12, 0, 2);
        try (Classifier classifier = new Classifier(Pictures.denseOnCorner())) {
            EvidenceMap map = classifier.evidence(picture, "b");

            assertThat(classifier.evidenceMethod()).isEqualTo(EvidenceMethod.OCCLUSION);
            assertThat(map.method()).isEqualTo(EvidenceMethod.OCCLUSION);
            assertThat(map.rest()).isZero();
            assertThat(map.logit()).isEqualTo(4);
            assertThat(map.height()).isEqualTo(13);
            // A patch of 2 x 2 in the picture's mean, 4 of 196, over the corner, or over half of it, or elsewhere.
            assertThat(map.value(12, 0)).isEqualTo(4 - 16 / 196f, Offset.offset(1e-5f));
            assertThat(map.value(12, 1)).isEqualTo(2 - 8 / 196f, Offset.offset(1e-5f));
            assertThat(map.value(0, 12)).isZero();
            float[] pixels = map.onPicture();
            assertThat(pixels[13 * 14]).isEqualTo(map.value(12, 0));
            assertThat(pixels[0]).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MAX", "MEAN_MAX", "MEAN_MAX_STD"})
    void whatIsNoSumOverPlacesIsShownByOcclusion(Pooling pooling) {
        TransferModel model = model(Architectures.named("digits-cnn"), Cut.pooled(pooling, "conv1"), 3, false);
        try (Classifier classifier = new Classifier(model)) {
            assertThat(classifier.evidenceMethod()).isEqualTo(EvidenceMethod.OCCLUSION);
        }
    }

    @Test
    void manyThreadsGetTheMapThatOneGets() {
        TransferModel model = model(Architectures.named("digits-cnn"), Cut.pooled(Pooling.MEAN, "conv2"), 3, true);
        Image image = noise(28, 28, 1);
        try (Classifier classifier = new Classifier(model)) {
            EvidenceMap alone = classifier.evidence(image, 1);

            List<EvidenceMap> together = IntStream.range(0, 16)
                    .parallel()
                    .mapToObj(i -> classifier.evidence(image, 1))
                    .toList();

            assertThat(together).allMatch(alone::equals);
        }
    }

    @Test
    void aClosedNetworkGivesNoMap() {
        Classifier classifier = new Classifier(model(Architectures.named("digits-cnn"), Cut.at("flatten"), 2, false));
        classifier.close();

        assertThatExceptionOfType(ClosedException.class).isThrownBy(() -> classifier.evidence(noise(28, 28, 1), 0));
    }

    @Test
    void aClassThatTheNetworkDoesNotKnowIsRefusedByName() {
        try (Classifier classifier =
                new Classifier(model(Architectures.named("digits-cnn"), Cut.at("flatten"), 3, false))) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> classifier.evidence(noise(28, 28, 1), "zebra"))
                    .withMessageContaining("zebra")
                    .withMessageContaining("class 1");
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> classifier.evidence(noise(28, 28, 1), 3))
                    .withMessageContaining("0 to 2");
        }
    }

    private static TransferModel model(Architecture architecture, Cut cut, int classes, boolean standardised) {
        int features = cut.features(architecture);
        List<Layer> head = new ArrayList<>();
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        if (standardised) {
            Standardization scale = new Standardization("head.scale", features);
            head.add(scale);
            weights.put(scale.means(), random(features, 1, -1));
            // Some features never varied.
            weights.put(scale.variances(), random(features, 2, 0));
        }
        head.add(new Layer.Dropout(0.5f));
        int outputs = classes == 2 ? 1 : classes;
        head.add(new Layer.Linear("head.logits", features, outputs));
        weights.put("head.logits.bias", random(outputs, 3, -1));
        FloatTensor matrix = random(features * outputs, 4, -1);
        float[] small = matrix.values().clone();
        for (int i = 0; i < small.length; i++) {
            small[i] /= (float) Math.sqrt(features) * 4;
        }
        weights.put("head.logits.weight", FloatTensor.of(small, outputs, features));
        List<ParameterSpec> specs = architecture.stagesThrough(cut.last(architecture)).stream()
                .flatMap(stage -> stage.parameters().stream())
                .toList();
        WeightSet backbone = Initialization.HE_UNIFORM.initialize(specs, 11);
        weights.putAll(backbone.asMap());
        List<String> names =
                IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
        return new TransferModel(architecture, cut, "linear", head, names, WeightSet.of(weights), LINEAGE);
    }

    /** From lowest to 1; with a lowest of 0 every fifth is 0. */
    private static FloatTensor random(int size, long seed, float lowest) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = lowest + (1 - lowest) * random.nextFloat();
            values[i] = lowest == 0 ? (i % 5 == 0 ? 0 : values[i] + 0.2f) : values[i];
        }
        return FloatTensor.of(values, size);
    }

    private static Image noise(int height, int width, int channels) {
        byte[] pixels = new byte[height * width * channels];
        new Random(5).nextBytes(pixels);
        return new Image(height, width, channels, pixels);
    }
}
