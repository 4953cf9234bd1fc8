package dev.graft.result;

import dev.graft.data.Image;
import java.util.List;
import java.util.Map;

/**
 * The pictures that go with an experiment's numbers.
 *
 * @param sourceSamples samples of the source data with their labels; may be empty
 * @param targetSamples samples of the target data with their labels
 * @param testImages the images of the predictions in the results' galleries, by test index
 */
public record ReportPictures(
        List<LabeledPicture> sourceSamples, List<LabeledPicture> targetSamples, Map<Integer, Image> testImages) {
    /** Copies the collections. */
    public ReportPictures {
        sourceSamples = List.copyOf(sourceSamples);
        targetSamples = List.copyOf(targetSamples);
        testImages = Map.copyOf(testImages);
    }

    /**
     * A picture and the name of its class.
     *
     * @param image the picture
     * @param label its class's name
     */
    public record LabeledPicture(Image image, String label) {}
}
