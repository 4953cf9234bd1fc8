package dev.graft.imagenet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import dev.graft.evidence.EvidenceMap;
import dev.graft.evidence.EvidenceMethod;
import dev.graft.image.ImageFiles;
import dev.graft.prediction.Classifier;
import dev.graft.source.Backbones;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence in photographs lies on the things that are named. */
class PhotographEvidenceIT {
    private static final String ID = "tf_efficientnet_lite0";

    /** The rectangles were drawn around the things by eye. */
    @ParameterizedTest
    @CsvSource({
        "coffee, espresso, 20, 260, 200, 440",
        "astronaut, football helmet, 340, 512, 280, 500",
        "rocket, missile, 100, 380, 200, 420"
    })
    void theStrongestPlaceLiesOnTheThing(String name, String className, int top, int bottom, int left, int right)
            throws URISyntaxException {
        try (Classifier classifier = new Classifier(Backbones.load(ID))) {
            EvidenceMap map = classifier.evidence(photograph(name), className);

            assertThat(map.method()).isEqualTo(EvidenceMethod.CLASS_ACTIVATION);
            float[] pixels = map.onPicture();
            int width = map.place().width();
            int strongest = 0;
            for (int i = 0; i < pixels.length; i++) {
                strongest = pixels[i] > pixels[strongest] ? i : strongest;
            }
            assertThat(strongest / width).isBetween(top, bottom);
            assertThat(strongest % width).isBetween(left, right);
        }
    }

    /** timm's probabilities of the two, as golden.json has them: the logits differ by the logarithm of their ratio. */
    @Test
    void whatTheMapsAddUpToAgreesWithTheReference() throws URISyntaxException {
        try (Classifier classifier = new Classifier(Backbones.load(ID))) {
            Image chelsea = photograph("chelsea");

            double difference = sum(classifier.evidence(chelsea, 285)) - sum(classifier.evidence(chelsea, 281));

            assertThat(difference).isEqualTo(Math.log(0.3706 / 0.1807), Offset.offset(0.03));
        }
    }

    private static double sum(EvidenceMap map) {
        double sum = map.rest();
        for (float value : map.values()) {
            sum += value;
        }
        return sum;
    }

    private static Image photograph(String name) throws URISyntaxException {
        return ImageFiles.read(
                Path.of(Objects.requireNonNull(PhotographEvidenceIT.class.getResource("photos/" + name + ".jpg"))
                        .toURI()));
    }
}
