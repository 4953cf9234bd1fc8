package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.model.Confidence;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles of old releases load for ever and predict what they always did. {@code expected_v1*.py} made the numbers. */
class ReleasedBundlesIT {
    private static final float[][] EXPECTED_V1 = {
        {0.3817380f, 0.5767490f, 0.0415130f},
        {0.4354080f, 0.5047283f, 0.0598637f},
        {0.3784457f, 0.5708058f, 0.0507486f},
    };
    private static final float[][] EXPECTED_V1_CONFIDENCE = {
        {0.3859273f, 0.4551914f, 0.1588814f},
        {0.3979227f, 0.4221465f, 0.1799308f},
        {0.3807558f, 0.4487872f, 0.1704570f},
    };
    private static final Boolean[] NONE_OF_THESE = {false, true, true};

    /** The second one has a record of its files, and holds the weights of the first. */
    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1-record"})
    void theBundleOfFormatOnePredictsWhatItAlwaysDid(String name) throws URISyntaxException {
        TransferModel model = Bundle.read(released(name));

        assertThat(model.classNames()).containsExactly("方形", "circle", "star");
        assertThat(model.cut()).isEqualTo(SampleModels.CUT);
        assertThat(model.headName()).isEqualTo("linear");
        assertThat(model.lineage().trainingExamples()).isEqualTo(500);
        try (Classifier classifier = new Classifier(model)) {
            float[][] found = classifier.probabilities(ReleasedBundles.pinnedImages());
            assertThat(found).hasNumberOfRows(EXPECTED_V1.length);
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).containsExactly(EXPECTED_V1[i], Offset.offset(1e-5f));
            }
        }
    }

    @Test
    void theBundleWithConfidencesOfItsOwnKeepsThem() throws URISyntaxException {
        TransferModel model = Bundle.read(released("v1-confidence"));

        assertThat(model.confidence()).isEqualTo(new Confidence(2.5, 0.45));
        assertThat(Bundle.read(released("v1")).confidence()).isEqualTo(Confidence.RAW);
        try (Classifier classifier = new Classifier(model)) {
            float[][] found = classifier.probabilities(ReleasedBundles.pinnedImages());
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).containsExactly(EXPECTED_V1_CONFIDENCE[i], Offset.offset(1e-5f));
            }
            assertThat(classifier.predict(ReleasedBundles.pinnedImages(), 2))
                    .extracting(Prediction::noneOfThese)
                    .containsExactly(NONE_OF_THESE);
        }
    }

    private static Path released(String name) throws URISyntaxException {
        URL config =
                Objects.requireNonNull(ReleasedBundlesIT.class.getResource("/bundles/" + name + "/config.json"), name);
        return Objects.requireNonNull(Path.of(config.toURI()).getParent());
    }
}
