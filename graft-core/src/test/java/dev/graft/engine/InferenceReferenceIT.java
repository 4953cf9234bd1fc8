package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.feature.Pooling;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inference agrees with PyTorch's in float64 to 1e-5, with values of a size around one. */
class InferenceReferenceIT {
    private static final float TOLERANCE = 1e-5f;

    @ParameterizedTest
    @CsvSource({"digits-cnn, dense", "residual, pool"})
    void logitsAgreeWithPyTorch(String network, String features) {
        Architecture architecture = architecture(network);
        WeightSet expected = Reference.load(network + "-expected");
        ArrayRows images = ArrayRows.of(expected.get("input"));

        try (InferenceNetwork inference = new InferenceNetwork(
                architecture.inputShape(),
                architecture.featureStages(),
                List.of(new Tap(features, Pooling.NONE)),
                architecture.classifier().layers(),
                Reference.load(network + "-weights"))) {
            float[] logits = inference.logits(images.values(), images.count());

            Reference.assertClose("logits", logits, expected.get("logits"), TOLERANCE);
        }
    }

    @ParameterizedTest
    @CsvSource({"digits-cnn, conv1 pool1 conv2 pool2 flatten dense", "residual, stem block1 block2 pool"})
    void activationsAndPooledFeaturesOfEveryCutAgreeWithPyTorch(String network, String stages) {
        Architecture architecture = architecture(network);
        WeightSet expected = Reference.load(network + "-expected");
        ArrayRows images = ArrayRows.of(expected.get("input"));
        List<Tap> taps = Reference.taps(stages.split(" "));

        try (FrozenNetwork frozen = new FrozenNetwork(
                architecture.inputShape(), architecture.featureStages(), taps, Reference.load(network + "-weights"))) {
            List<float[]> tapped = frozen.run(images, 0, images.count(), false).tapped();

            for (int i = 0; i < taps.size(); i++) {
                Tap tap = taps.get(i);
                Reference.assertClose(tap.toString(), tapped.get(i), Reference.features(expected, tap), TOLERANCE);
            }
        }
    }

    @Test
    void anActivationRowHasItsChannelsInnermost() {
        Architecture architecture = architecture("digits-cnn");
        WeightSet expected = Reference.load("digits-cnn-expected");
        ArrayRows images = ArrayRows.of(expected.get("input"));
        List<Stage> stages = architecture.stagesThrough("pool2");
        int channels = 64;
        int places = 25;

        try (FrozenNetwork frozen =
                new FrozenNetwork(architecture.inputShape(), stages, List.of(), Reference.load("digits-cnn-weights"))) {
            float[] rows = frozen.run(images, 0, images.count(), true).last();

            FloatTensor flat = expected.get("cut.pool2.none");
            float[] channelsOutermost = new float[rows.length];
            for (int example = 0; example < images.count(); example++) {
                int start = example * channels * places;
                for (int place = 0; place < places; place++) {
                    for (int channel = 0; channel < channels; channel++) {
                        channelsOutermost[start + channel * places + place] = rows[start + place * channels + channel];
                    }
                }
            }
            Reference.assertClose("pool2", channelsOutermost, flat, TOLERANCE);
        }
    }

    @Test
    void aPartOfTheRowsGivesThatPartOfTheFeatures() {
        Architecture architecture = architecture("residual");
        ArrayRows images = ArrayRows.of(Reference.load("residual-expected").get("input"));
        List<Tap> taps = List.of(new Tap("block2", Pooling.MEAN));

        try (FrozenNetwork frozen = new FrozenNetwork(
                architecture.inputShape(), architecture.featureStages(), taps, Reference.load("residual-weights"))) {
            float[] all = frozen.run(images, 0, 12, false).tapped().get(0);
            float[] part = frozen.run(images, 5, 7, false).tapped().get(0);

            assertThat(part).hasSize(2 * 8);
            Reference.assertClose("rows 5 and 6", part, FloatTensor.of(Arrays.copyOfRange(all, 40, 56), 16), 1e-6f);
        }
    }

    private static Architecture architecture(String network) {
        return network.equals("residual") ? Reference.RESIDUAL : Architectures.named(network);
    }
}
