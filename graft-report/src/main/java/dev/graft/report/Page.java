package dev.graft.report;

import dev.graft.data.Image;
import dev.graft.result.CandidateResult;
import dev.graft.result.ClassBalance;
import dev.graft.result.Classification.ClassResult;
import dev.graft.result.DataSizeTrend;
import dev.graft.result.ExperimentResult;
import dev.graft.result.PredictionResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.HeatMaps;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.ReportPictures.LabeledText;
import dev.graft.result.SelectionResult;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetResult.Answer;
import gg.jte.Content;
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
    private static final int SAMPLES_AT_ONCE = 20;
    private static final int TEXTS_AT_ONCE = 8;
    private static final int CANDIDATES_AT_ONCE = 8;

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

    /** The sections that have something to show. */
    List<Sections.Section> sections() {
        return Sections.of(this);
    }

    /** The words for what is told of examples. */
    TargetWords words() {
        return TargetWords.of(result.target());
    }

    /** What the strategies tell of the test examples; of classes nothing that is not said elsewhere. */
    List<Answers> answers() {
        return Answers.of(result.results(), words(), result.target().classes().size());
    }

    /** The answers of the strategies with any that are off. */
    List<Answers> errors() {
        return answers().stream()
                .filter(answers -> !answers.told().worst().isEmpty())
                .toList();
    }

    boolean hasChoice() {
        return result.results().stream().anyMatch(row -> row.selection() != null);
    }

    boolean hasHistory() {
        return result.results().stream().anyMatch(row -> !row.history().isEmpty());
    }

    /** The strategies with learning curves. */
    List<StrategyResult> curves() {
        return result.results().stream().filter(LearningChart::drawable).toList();
    }

    /** The strategies with a single epoch, whose numbers are said instead of drawn. */
    List<StrategyResult> singleEpochs() {
        return result.results().stream()
                .filter(row -> row.history().size() == 1)
                .toList();
    }

    /** The strategies without epochs. */
    List<StrategyResult> withoutEpochs() {
        return result.results().stream().filter(row -> row.history().isEmpty()).toList();
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

    /** Whether any reliability is drawn, so that its bars need a legend. */
    boolean hasReliabilityBars() {
        return result.results().stream()
                .map(StrategyResult::calibration)
                .anyMatch(calibration -> calibration != null && ChartFigure.drawable(calibration));
    }

    boolean hasUnknown() {
        return result.results().stream().anyMatch(row -> row.unknown() != null);
    }

    boolean hasTopLosses() {
        return result.results().stream().anyMatch(row -> !row.topLosses().isEmpty());
    }

    /** Whether there is a single strategy, and so nothing to compare. */
    boolean alone() {
        return result.results().size() == 1;
    }

    /** Whether any strategy was measured against training from scratch. */
    boolean hasDifferences() {
        return result.results().stream().anyMatch(row -> row.againstScratch() != null);
    }

    /** Whether the source has samples to stand beside those of the target. */
    boolean sideBySide() {
        return !pictures.sourceSamples().isEmpty() && pictures.targetTexts().isEmpty();
    }

    /** Samples of the source or the target data. */
    static Folded<LabeledPicture> samples(List<LabeledPicture> samples) {
        return Folded.byClass(samples, LabeledPicture::label, SAMPLES_AT_ONCE);
    }

    /** What a sample's picture shows, for those who do not see it; the source data has classes. */
    String sampleAlt(String data, String label) {
        return data + " sample of " + (data.equals("target") ? words().noun() : "class") + " " + label;
    }

    /** The answers of a strategy that are farthest off. */
    Folded<Answer> worst(Answers answers) {
        return answers.worst(pictures.testImages().isEmpty());
    }

    /** Samples of texts. */
    static Folded<LabeledText> texts(List<LabeledText> samples) {
        return Folded.byClass(samples, LabeledText::label, TEXTS_AT_ONCE);
    }

    /** The candidates of a choice. */
    static Folded<CandidateResult> candidates(SelectionResult selection) {
        return Folded.after(selection.candidates(), CANDIDATES_AT_ONCE);
    }

    /** Whether there are so many classes that the worst of them have to come first; grades keep their order. */
    boolean manyClasses(int classes) {
        return classes > ConfusionView.READABLE && !words().areGrades();
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

    /** Whether a strategy is the recommended one of several. */
    boolean recommended(StrategyResult row) {
        return !alone() && row.strategy().equals(result.verdict().recommended());
    }

    /** Whether the summary of a strategy's network is unfolded from the start. */
    boolean unfolded(StrategyResult row) {
        return alone() || recommended(row) || row.strategy().equals(TUTORIAL);
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
        return label >= 0 && label < classes.size() ? classes.get(label) : words().noun() + " " + label;
    }

    /** The data URI of a prediction's picture; null if it is not among the pictures. */
    @Nullable
    String picture(PredictionResult prediction) {
        var image = pictures.testImages().get(prediction.index());
        return image == null ? null : images.uri(image);
    }

    /** The data URI of the picture of an answer's example; null if it is not among the pictures. */
    @Nullable
    String picture(Answer answer) {
        Image image = Answers.picture(answer, pictures);
        return image == null ? null : images.uri(image);
    }

    /** The classes of that picture. */
    String pictureClass(Answer answer) {
        Image image = Answers.picture(answer, pictures);
        return image == null ? "" : InlinePictures.cssClass(image);
    }

    /** The text of an answer's example; null if the data is not texts. */
    @Nullable
    String text(Answer answer) {
        return pictures.testTexts().get(answer.index());
    }

    /** The data URI of the picture of where a strategy's network looked in a test example; null if there is none. */
    @Nullable
    String heatMap(StrategyResult row, int example) {
        HeatMaps drawn = pictures.heatMaps().get(row.strategy());
        Image image = drawn == null ? null : drawn.images().get(example);
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
        return ComparisonChart.of(result.results(), headline.scratch(), palette, words());
    }

    LearningChart learning(Measure measure) {
        return LearningChart.of(measure, result.results(), palette, words());
    }

    Content probes(boolean wide) {
        return IntervalChart.probes(
                        result.verdict().probes(), result.target().classes().size(), words())
                .draw(wide ? 900 : NARROW, false);
    }

    Content dataSize(boolean wide) {
        return DataSizeChart.draw(result.curve(), result.trends(), palette, wide ? WIDE : NARROW, words());
    }

    /** How the chosen candidate grew better on held-out examples with the data. */
    Content learningCurve(SelectionResult selection) {
        DataSizeTrend trend = selection.trend();
        return DataSizeChart.draw(
                selection.curve(),
                trend == null ? List.of() : List.of(trend),
                new Palette(DataSizeChart.strategies(selection.curve())),
                NARROW,
                words());
    }

    /** The marker of a strategy, to stand before its name. */
    Content marker(String strategy) {
        return new Drawing(14, 14, "").marker("dot", palette.of(strategy).marker(), 7, 7, 5);
    }

    /** The class that gives an element a strategy's colour. */
    String seriesClass(String strategy) {
        return palette.of(strategy).cssClass();
    }
}
