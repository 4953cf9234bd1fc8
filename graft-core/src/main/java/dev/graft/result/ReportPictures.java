package dev.graft.result;

import dev.graft.data.Image;
import java.util.List;
import java.util.Map;

/**
 * The examples that go with an experiment's numbers: pictures, texts, or of items of several parts
 * both.
 *
 * @param sourceSamples samples of the source data with their labels; may be empty
 * @param targetSamples samples of the target data with their labels
 * @param testImages the images of the predictions in the results' galleries, by test index
 * @param targetTexts samples of the target data with their labels, where it is texts or has other parts than pictures
 * @param testTexts the texts of the predictions in the results' galleries, by test index
 * @param heatMaps where networks found evidence for what they predicted, by the strategy's name
 */
public record ReportPictures(
        List<LabeledPicture> sourceSamples,
        List<LabeledPicture> targetSamples,
        Map<Integer, Image> testImages,
        List<LabeledText> targetTexts,
        Map<Integer, String> testTexts,
        Map<String, HeatMaps> heatMaps) {
    /** Copies the collections. */
    public ReportPictures {
        sourceSamples = List.copyOf(sourceSamples);
        targetSamples = List.copyOf(targetSamples);
        testImages = Map.copyOf(testImages);
        targetTexts = List.copyOf(targetTexts);
        testTexts = Map.copyOf(testTexts);
        heatMaps = Map.copyOf(heatMaps);
    }

    /** Without heat maps. */
    public ReportPictures(
            List<LabeledPicture> sourceSamples,
            List<LabeledPicture> targetSamples,
            Map<Integer, Image> testImages,
            List<LabeledText> targetTexts,
            Map<Integer, String> testTexts) {
        this(sourceSamples, targetSamples, testImages, targetTexts, testTexts, Map.of());
    }

    /** Pictures alone. */
    public ReportPictures(
            List<LabeledPicture> sourceSamples, List<LabeledPicture> targetSamples, Map<Integer, Image> testImages) {
        this(sourceSamples, targetSamples, testImages, List.of(), Map.of());
    }

    /** Texts alone. */
    public static ReportPictures ofTexts(List<LabeledText> targetTexts, Map<Integer, String> testTexts) {
        return new ReportPictures(List.of(), List.of(), Map.of(), targetTexts, testTexts);
    }

    /** With heat maps, by the strategy's name. */
    public ReportPictures withHeatMaps(Map<String, HeatMaps> drawn) {
        return new ReportPictures(sourceSamples, targetSamples, testImages, targetTexts, testTexts, drawn);
    }

    /**
     * Where one network found evidence.
     *
     * @param method how the evidence was computed
     * @param images some of the test images with their evidence drawn on them, by test index
     */
    public record HeatMaps(String method, Map<Integer, Image> images) {
        /** Copies the images' map. */
        public HeatMaps {
            images = Map.copyOf(images);
        }
    }

    /**
     * A picture and the name of its class.
     *
     * @param image the picture
     * @param label its class's name
     */
    public record LabeledPicture(Image image, String label) {}

    /**
     * A text and the name of its class.
     *
     * @param text the text, or its beginning
     * @param label its class's name
     */
    public record LabeledText(String text, String label) {}
}
