package dev.graft.report;

import dev.graft.data.Image;
import dev.graft.result.ClassBalance;
import dev.graft.result.Classification.ClassResult;
import dev.graft.result.DataSizeTrend;
import dev.graft.result.ExperimentResult;
import dev.graft.result.PredictionResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.HeatMaps;
import dev.graft.result.SelectionResult;
import dev.graft.result.StrategyResult;
import gg.jte.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the page's templates see.
 *
 * @param result the experiment
 * @param pictures its pictures
 * @param notes what the reader should know about the figures beside the page
 * @param headline the conclusion
 * @param palette the strategies' colours
 * @param images the pictures as data URIs
 */
record Page(
        ExperimentResult result,
        ReportPictures pictures,
        List<String> notes,
        Headline headline,
        Palette palette,
        InlinePictures images) {
    private static final String TUTORIAL = "feature-extraction@dense";
    private static final double WIDE = 1040;
    private static final double NARROW = 350;

    /** Prepares an experiment. */
    static Page of(ExperimentResult result, ReportPictures pictures, List<String> notes) {
        return new Page(
                result, pictures, List.copyOf(notes), Headline.of(result), palette(result), new InlinePictures());
    }

    /** Gives the strategies of an experiment their colours, those of the rows first. */
    static Palette palette(ExperimentResult result) {
        return new Palette(Stream.concat(
                        result.results().stream().map(StrategyResult::strategy),
                        DataSizeChart.strategies(result.curve()).stream())
                .distinct()
                .toList());
    }

    /** The names and anchors of the sections that have something to show. */
    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("transferred", "Source and target"));
        add(sections, hasData(), "data", "Data");
        add(sections, !result.results().isEmpty(), "comparison", "Comparison");
        add(sections, hasChoice(), "choice", "Choice");
        add(sections, !result.verdict().probes().isEmpty(), "probes", "Source features");
        add(sections, !result.curve().isEmpty(), "data-size", "Data size");
        add(sections, hasHistory(), "learning", "Learning curves");
        add(sections, hasSummary(), "networks", "Networks");
        add(sections, hasCalibration(), "confidence", "Confidence");
        add(sections, hasUnknown(), "unknown", "Unknown examples");
        add(sections, hasConfusion(), "mistakes", "Mistakes");
        add(sections, hasTopLosses(), "surest", "Surest mistakes");
        add(sections, hasGallery(), "gallery", "Predictions");
        sections.add(new Section("made", "How this was made"));
        return List.copyOf(sections);
    }

    /** A section of the page. */
    record Section(String anchor, String title) {}

    private static void add(List<Section> sections, boolean shown, String anchor, String title) {
        if (shown) {
            sections.add(new Section(anchor, title));
        }
    }

    boolean hasChoice() {
        return result.results().stream().anyMatch(row -> row.selection() != null);
    }

    boolean hasHistory() {
        return result.results().stream().anyMatch(row -> !row.history().isEmpty());
    }

    boolean hasSummary() {
        return result.results().stream().anyMatch(row -> !row.summary().isEmpty());
    }

    boolean hasConfusion() {
        return result.results().stream()
                .anyMatch(row -> !row.classification().confusion().isEmpty());
    }

    boolean hasGallery() {
        return result.results().stream().anyMatch(row -> !row.gallery().isEmpty());
    }

    boolean hasData() {
        return !result.target().balance().isEmpty() || !warnings().isEmpty();
    }

    /** What the reader should know of the data, and what was said on the way of the experiment, each sentence once. */
    List<String> warnings() {
        return Stream.concat(result.target().warnings().stream(), result.notes().stream())
                .distinct()
                .toList();
    }

    boolean hasCalibration() {
        return result.results().stream().anyMatch(row -> row.calibration() != null);
    }

    boolean hasUnknown() {
        return result.results().stream().anyMatch(row -> row.unknown() != null);
    }

    boolean hasTopLosses() {
        return result.results().stream().anyMatch(row -> !row.topLosses().isEmpty());
    }

    /** Whether there are so many classes that the worst of them have to come first. */
    boolean manyClasses(int classes) {
        return classes > ConfusionView.READABLE;
    }

    /** The figures of each class: by label, or of many classes the worst recall first and those without examples last. */
    List<ClassResult> byClass(StrategyResult row) {
        List<ClassResult> classes = row.classification().classes();
        return manyClasses(classes.size())
                ? classes.stream()
                        .sorted(Comparator.comparing((ClassResult one) -> one.support() == 0)
                                .thenComparingDouble(ClassResult::recall))
                        .toList()
                : classes;
    }

    /** The examples of each class: by label, or of many classes the rarest first. */
    List<ClassBalance> balance() {
        List<ClassBalance> balance = result.target().balance();
        return manyClasses(balance.size())
                ? balance.stream()
                        .sorted(Comparator.comparingInt(ClassBalance::total))
                        .toList()
                : balance;
    }

    /** The examples of a class in percent of the largest class's, for its bar. */
    int balancePercent(ClassBalance one) {
        int largest = result.target().balance().stream()
                .mapToInt(ClassBalance::total)
                .max()
                .orElse(0);
        return largest == 0 ? 0 : Math.round(100f * one.total() / largest);
    }

    /** Whether a strategy transfers negatively. */
    boolean negative(StrategyResult row) {
        return result.verdict().negativeTransfer().contains(row.strategy());
    }

    /** Whether a strategy is the recommended one. */
    boolean recommended(StrategyResult row) {
        return row.strategy().equals(result.verdict().recommended());
    }

    /** Whether the summary of a strategy's network is unfolded from the start. */
    boolean unfolded(StrategyResult row) {
        return recommended(row) || row.strategy().equals(TUTORIAL);
    }

    /** How the intervals of the rows were made. */
    String intervalMethods() {
        return result.results().stream()
                .map(StrategyResult::intervalMethod)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The name of a label. */
    String className(int label) {
        List<String> classes = result.target().classes();
        return label >= 0 && label < classes.size() ? classes.get(label) : "class " + label;
    }

    /** The data URI of a prediction's picture; null if it is not among the pictures. */
    @Nullable
    String picture(PredictionResult prediction) {
        var image = pictures.testImages().get(prediction.index());
        return image == null ? null : images.uri(image);
    }

    /** The data URI of the picture of where a strategy's network looked for a prediction; null if there is none. */
    @Nullable
    String heatMap(StrategyResult row, PredictionResult prediction) {
        HeatMaps drawn = pictures.heatMaps().get(row.strategy());
        Image image = drawn == null ? null : drawn.images().get(prediction.index());
        return image == null ? null : images.uri(image);
    }

    /** How the pictures of where networks looked were computed; empty if there are none. */
    String heatMapMethods() {
        return pictures.heatMaps().values().stream()
                .map(HeatMaps::method)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
    }

    /** A prediction's text; null if the data is not texts. */
    @Nullable
    String text(PredictionResult prediction) {
        return pictures.testTexts().get(prediction.index());
    }

    /** The classes of a list of predictions: texts need more room than pictures, with or without a picture. */
    String galleryClass(String ofPictures) {
        if (pictures.testTexts().isEmpty()) {
            return ofPictures;
        }
        return pictures.testImages().isEmpty() ? "gallery of-texts" : "gallery of-texts of-items";
    }

    /** The classes of a prediction's picture. */
    String pictureClass(PredictionResult prediction) {
        var image = pictures.testImages().get(prediction.index());
        return image == null ? "" : InlinePictures.cssClass(image);
    }

    ConfusionView confusion(StrategyResult row) {
        return ConfusionView.of(row.classification(), result.target().classes());
    }

    ComparisonChart comparison() {
        return ComparisonChart.of(result.results(), headline.scratch(), palette);
    }

    LearningChart learning(Measure measure) {
        return LearningChart.of(measure, result.results(), palette);
    }

    Content probes(boolean wide) {
        return ProbeChart.draw(
                result.verdict().probes(), result.target().classes().size(), wide ? 900 : NARROW);
    }

    Content dataSize(boolean wide) {
        return DataSizeChart.draw(result.curve(), result.trends(), palette, wide ? WIDE : NARROW);
    }

    /** How the chosen candidate's held-out accuracy grew with the data. */
    Content learningCurve(SelectionResult selection) {
        DataSizeTrend trend = selection.trend();
        return DataSizeChart.draw(
                selection.curve(),
                trend == null ? List.of() : List.of(trend),
                new Palette(DataSizeChart.strategies(selection.curve())),
                NARROW);
    }

    /** The marker of a strategy, to stand before its name. */
    Content marker(String strategy) {
        return new Svg(14, 14, "").marker("dot", palette.of(strategy).marker(), 7, 7, 5);
    }

    /** The class that gives an element a strategy's colour. */
    String seriesClass(String strategy) {
        return palette.of(strategy).cssClass();
    }
}
