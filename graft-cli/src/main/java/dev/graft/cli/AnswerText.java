package dev.graft.cli;

import dev.graft.result.Classification;
import dev.graft.result.Interval;
import dev.graft.result.MeasureResult;
import dev.graft.result.TargetResult;
import dev.graft.targets.Numbers;
import java.util.Comparator;
import java.util.List;

/** Measures of labels, numbers and grades in words. */
final class AnswerText {
    private static final int WORST = 3;

    private AnswerText() {}

    /** A line for each measure, the main one first. */
    static String measures(List<MeasureResult> measures) {
        StringBuilder text = new StringBuilder();
        int width = measures.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        for (MeasureResult one : measures) {
            Interval interval = one.interval();
            text.append(ResultText.format(
                    "  %-" + Math.max(width, 22) + "s  %s%s%s%n",
                    one.name(),
                    value(one),
                    one.unit().isEmpty() ? "" : " (" + one.unit() + ")",
                    interval == null
                            ? ""
                            : ResultText.format("   95%% interval %.4f to %.4f", interval.lower(), interval.upper())));
        }
        return text.toString();
    }

    private static String value(MeasureResult one) {
        return one.unit().isEmpty() ? ResultText.format("%.4f", one.value()) : Numbers.shown(one.value());
    }

    /** What intervals of numbers hold; empty where there are none. */
    static String coverage(TargetResult told) {
        return Double.isNaN(told.coverage())
                ? ""
                : ResultText.format(
                        "  intervals that shall hold %.0f%% of the true numbers hold %.1f%%%n",
                        100 * told.coverage(), 100 * told.covered());
    }

    /** The labels or grades with the lowest F1; empty for numbers. */
    static String worst(Classification classification) {
        List<Classification.ClassResult> worst = classification.classes().stream()
                .filter(one -> one.support() > 0)
                .sorted(Comparator.comparingDouble(Classification.ClassResult::f1))
                .limit(WORST)
                .toList();
        return worst.isEmpty()
                ? ""
                : ResultText.format(
                        "  %-22s  %s%n",
                        "lowest F1",
                        String.join(
                                ", ",
                                worst.stream()
                                        .map(one -> ResultText.format("%s %.3f", one.name(), one.f1()))
                                        .toList()));
    }
}
