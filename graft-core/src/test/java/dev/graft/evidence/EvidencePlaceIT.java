package dev.graft.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.data.Image;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.MaxPool2d;
import dev.graft.layer.SamePadding;
import dev.graft.layer.Stage;
import dev.graft.prediction.Classifier;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Evidence lies where it is seen, in the picture's own pixels. */
class EvidencePlaceIT {
    private static final int SIDE = 48;

    static Stream<Arguments> windows() {
        return Stream.of(
                Arguments.of("no padding", List.of(new Conv2d("conv", 1, 1, 9, 1, 0, false))),
                Arguments.of("even padding", List.of(new Conv2d("conv", 1, 1, 3, 2, 1, false))),
                Arguments.of(
                        "uneven padding", List.of(new SamePadding(3, 4), new Conv2d("conv", 1, 1, 3, 4, 0, false))),
                Arguments.of(
                        "several",
                        List.of(
                                new Conv2d("conv", 1, 1, 5, 1, 0, false),
                                new MaxPool2d(2, 2),
                                new SamePadding(5, 2),
                                new Conv2d("second", 1, 1, 5, 2, 0, false))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("windows")
    void theMiddleOfTheEvidenceIsTheMiddleOfWhatIsSeen(String padding, List<Layer> layers) {
        Architecture architecture =
                Pictures.network(Preprocessing.unitRange(SIDE, SIDE, 1), layers.toArray(Layer[]::new));

        // Twice the input's height, three times its width.
        Middle middle = middle(architecture, Pictures.patch(2 * SIDE, 3 * SIDE, 50, 30, 24));

        assertThat(middle.row()).isCloseTo(62, Offset.offset(2.0));
        assertThat(middle.column()).isCloseTo(42, Offset.offset(3.0));
    }

    @Test
    void whatIsCutOffBeforeTheNetworkCountsAndHasNoEvidence() {
        Architecture architecture =
                Pictures.network(Pictures.cropped(SIDE, 60), new Conv2d("conv", 1, 1, 4, 4, 0, false));
        // 48 of 60 rows and 48 of 120 columns are seen, of a picture twice as large.
        Image picture = Pictures.patch(120, 240, 20, 150, 16);

        Middle middle = middle(architecture, picture);

        assertThat(middle.row()).isCloseTo(28, Offset.offset(1.0));
        assertThat(middle.column()).isCloseTo(158, Offset.offset(1.0));
        try (Classifier classifier = new Classifier(Pictures.model(architecture, Cut.at("pool"), List.of(1f), 1f))) {
            EvidenceMap map = classifier.evidence(Pictures.patch(120, 240, 20, 50, 16), "b");
            assertThat(map.place().seen().left()).isCloseTo(72, Offset.offset(1e-9));
            assertThat(map.place().seen().width()).isCloseTo(96, Offset.offset(1e-9));
            assertThat(map.onPicture()).containsOnly(0f);
            assertThat(map.logit()).isEqualTo(1);
        }
    }

    @Test
    void aNetworkThatSeesOneCornerHasItsEvidenceThere() {
        Architecture architecture =
                Pictures.network(Preprocessing.unitRange(8, 8, 1), new Conv2d("conv", 1, 1, 1, 1, 0, true));
        Float[] corner = new Float[64];
        for (int i = 0; i < 64; i++) {
            corner[i] = i / 8 >= 6 && i % 8 < 2 ? 1f : 0f;
        }
        try (Classifier classifier = new Classifier(Pictures.model(architecture, Cut.at("map"), List.of(corner), 0))) {
            EvidenceMap map = classifier.evidence(Pictures.patch(80, 40, 0, 0, 40), "b");
            EvidenceMap bright = classifier.evidence(Pictures.patch(40, 40, 0, 0, 40), "b");

            assertThat(map.values()).containsOnly(0f);
            float[] pixels = bright.onPicture();
            assertThat(pixels[38 * 40 + 2]).isEqualTo(1f);
            assertThat(pixels[2 * 40 + 2]).isZero();
            assertThat(pixels[38 * 40 + 38]).isZero();
        }
    }

    @Test
    void mapsOfSeveralCutsMeetAtTheSamePlaces() {
        Architecture architecture = Pictures.network(
                Preprocessing.unitRange(SIDE, SIDE, 1), new Conv2d("conv", 1, 1, 3, 1, 0, false), new MaxPool2d(4, 4));
        Architecture two = new Architecture(
                "two",
                architecture.preparation(),
                List.of(
                        Stage.of("map", new Conv2d("conv", 1, 1, 3, 1, 0, false)),
                        Stage.of("coarse", new MaxPool2d(4, 4)),
                        Stage.of("pool", new Layer.GlobalAveragePool()),
                        Stage.of("logits", new Layer.Linear("logits", 1, 2))),
                architecture.weightInitialization());
        Image picture = Pictures.patch(SIDE, SIDE, 28, 8, 8);
        Cut cut = Cut.pooled(Pooling.MEAN, "map", "coarse");

        // What the finer map says is taken back by weight 0, so that the coarser alone is seen, on the finer's grid.
        try (Classifier classifier = new Classifier(Pictures.model(two, cut, List.of(0f, 1f), 0))) {
            Middle middle = Middle.of(classifier.evidence(picture, "b"));

            assertThat(middle.row()).isCloseTo(32, Offset.offset(1.0));
            assertThat(middle.column()).isCloseTo(12, Offset.offset(1.0));
        }
    }

    private static Middle middle(Architecture architecture, Image picture) {
        try (Classifier classifier = new Classifier(Pictures.model(architecture, Cut.at("pool"), List.of(1f), 0))) {
            return Middle.of(classifier.evidence(picture, "b"));
        }
    }

    /** The centre of gravity of what is positive. */
    private record Middle(double row, double column) {
        static Middle of(EvidenceMap map) {
            float[] pixels = map.onPicture();
            int width = map.place().width();
            double sum = 0;
            double rows = 0;
            double columns = 0;
            for (int i = 0; i < pixels.length; i++) {
                double value = Math.max(0, pixels[i]);
                int row = i / width;
                int column = i % width;
                sum += value;
                rows += value * (row + 0.5);
                columns += value * (column + 0.5);
            }
            return new Middle(rows / sum, columns / sum);
        }
    }
}
