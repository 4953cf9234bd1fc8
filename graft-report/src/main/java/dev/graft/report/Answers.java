package dev.graft.report;

import dev.graft.data.Image;
import dev.graft.result.Interval;
import dev.graft.result.MeasureResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetResult;
import dev.graft.result.TargetResult.Answer;
import dev.graft.result.TargetResult.Point;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one strategy tells of the test examples, made ready to be shown: of several labels, numbers or grades.
 *
 * @param row the strategy
 * @param told its answers
 * @param words the words for them
 * @param names how many labels, numbers or grades there are
 */
record Answers(StrategyResult row, TargetResult told, TargetWords words, int names) {
    private static final int MOST_POINTS = 500;
    private static final int MOST_CHARTS = 12;
    private static final int ERRORS_AT_ONCE = 14;
    private static final int TEXTS_AT_ONCE = 8;

    /** The answers of the strategies that have some; none of classes. */
    static List<Answers> of(List<StrategyResult> rows, TargetWords words, int names) {
        return rows.stream()
                .flatMap(row -> Stream.ofNullable(row.told()).map(told -> new Answers(row, told, words, names)))
                .toList();
    }

    /** The points of one number. */
    record Scatter(String name, List<Point> points) {}

    /** The points of each number, as far as there is room for them. */
    List<Scatter> scatters() {
        Map<String, List<Point>> byName = told.points().stream()
                .filter(point -> Double.isFinite(point.truth()) && Double.isFinite(point.said()))
                .collect(Collectors.groupingBy(Point::name, LinkedHashMap::new, Collectors.toList()));
        return byName.entrySet().stream()
                .limit(MOST_CHARTS)
                .map(entry -> new Scatter(entry.getKey(), some(entry.getValue())))
                .toList();
    }

    /** At even steps, so that the same are shown each time. */
    private static List<Point> some(List<Point> points) {
        int step = Math.max(1, (points.size() + MOST_POINTS - 1) / MOST_POINTS);
        return IntStream.iterate(0, i -> i < points.size(), i -> i + step)
                .mapToObj(points::get)
                .toList();
    }

    /** How many numbers are not drawn. */
    long notDrawn() {
        return Math.max(0, told.points().stream().map(Point::name).distinct().count() - MOST_CHARTS);
    }

    /** What intervals of numbers hold, in words; empty where there are none. */
    String coverage() {
        return Double.isFinite(told.coverage()) && Double.isFinite(told.covered())
                ? String.format(
                        Locale.ROOT,
                        "Intervals that shall hold %.0f%% of the true numbers hold %.1f%%.",
                        100 * told.coverage(),
                        100 * told.covered())
                : "";
    }

    /** The value of a measure; what has a unit keeps its own size. */
    static String value(MeasureResult measure) {
        return measure.unit().isEmpty() ? Numbers.ratio(measure.value()) : Numbers.quantity(measure.value());
    }

    /** The interval of a measure; null where there is none, or where it is that of a mean over several seeds. */
    @Nullable
    Interval interval(MeasureResult measure) {
        boolean ofMean = measure.name().equals(words.measure())
                && row.seedAccuracies().size() > 1
                && measure.value() != row.testAccuracy();
        return ofMean ? null : measure.interval();
    }

    /** Whether any measure has a unit. */
    boolean hasUnits() {
        return told.measures().stream().anyMatch(measure -> !measure.unit().isEmpty());
    }

    /** Whether precision and recall are to be shown here, because no confusion matrix stands beside them. */
    boolean hasOwnFigures() {
        return row.classification().confusion().isEmpty()
                && !row.classification().classes().isEmpty();
    }

    /** The answers that are farthest off. */
    Folded<Answer> worst(boolean texts) {
        return Folded.after(told.worst(), texts ? TEXTS_AT_ONCE : ERRORS_AT_ONCE);
    }

    /** How far off an answer is, in words. */
    String error(Answer answer) {
        return words.error(answer.error(), names);
    }

    /** The answers that are farthest off as cells of a figure. */
    List<PictureGrid.Cell> cells(ReportPictures pictures) {
        return told.worst().stream()
                .map(answer -> new PictureGrid.Cell(
                        picture(answer, pictures),
                        List.of(answer.said(), "true: " + answer.truth(), error(answer)),
                        false))
                .toList();
    }

    static @Nullable Image picture(Answer answer, ReportPictures pictures) {
        return pictures.testImages().get(answer.index());
    }
}
