package dev.graft.result;

import java.util.List;

/**
 * What a network tells of the test examples, where that is not one class each.
 *
 * @param measures the measures, the main one first
 * @param worst the answers that are farthest off, the worst first
 * @param points numbers that were told and are true, of a part of many examples; empty for other targets
 * @param coverage how often the intervals of numbers were to hold the true one; NaN where there are none
 * @param covered how often they did
 */
public record TargetResult(
        List<MeasureResult> measures, List<Answer> worst, List<Point> points, double coverage, double covered) {
    /** Copies the lists. */
    public TargetResult {
        measures = List.copyOf(measures);
        worst = List.copyOf(worst);
        points = Measured.orEmpty(points);
    }

    /**
     * What was said of an example, in words.
     *
     * @param index the example's place in the test data
     * @param truth what is true of it
     * @param said what the network says
     * @param error how far off that is: in grades, in labels, or in deviations of the numbers
     * @param about the label or number that is farthest off, or the grade that is said: its place among the names
     */
    public record Answer(int index, String truth, String said, double error, int about) {}

    /**
     * A number.
     *
     * @param name what the number is
     * @param truth the true number
     * @param said what the network says
     */
    public record Point(String name, double truth, double said) {}
}
