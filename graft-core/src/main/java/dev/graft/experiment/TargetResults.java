package dev.graft.experiment;

import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.result.Interval;
import dev.graft.result.MeasureResult;
import dev.graft.result.TargetResult;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.NumberErrors;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.targets.TargetScale;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a network says of test examples of any kind of target but one class. */
final class TargetResults {
    private static final int WORST = 24;
    private static final int POINTS = 500;
    private static final double COVERAGE = 0.9;

    private TargetResults() {}

    /**
     * Measures it.
     *
     * @param interval of the main measure on these examples; null where it is known over seeds alone
     * @param errors of numbers on validation examples; null where there were none
     * @return null for one class each, which the rest of a row tells
     */
    static @Nullable TargetResult of(Evaluation test, @Nullable Interval interval, @Nullable NumberErrors errors) {
        TargetKind kind = test.kind();
        if (kind instanceof OneClass) {
            return null;
        }
        List<MeasureResult> measures = new ArrayList<>();
        measures.add(new MeasureResult(TargetMeasures.primary(kind), test.score(), interval, ""));
        measures.addAll(TargetMeasures.others(test));
        double covered = errors != null && errors.allows(COVERAGE) ? covered(test, errors) : Double.NaN;
        return new TargetResult(
                measures,
                worst(test),
                kind instanceof Numbers ? points(test) : List.of(),
                Double.isNaN(covered) ? Double.NaN : COVERAGE,
                covered);
    }

    /** The share of the intervals of all numbers that hold the true one. */
    private static double covered(Evaluation test, NumberErrors errors) {
        Targets targets = test.targets();
        int width = targets.kind().width();
        int held = 0;
        for (int i = 0; i < test.size(); i++) {
            for (int k = 0; k < width; k++) {
                double error = Math.abs(test.answers()[i][k] - targets.value(i, k));
                held += error <= errors.halfWidth(k, COVERAGE) ? 1 : 0;
            }
        }
        return (double) held / test.size() / width;
    }

    private static List<TargetResult.Answer> worst(Evaluation test) {
        double[] errors = errors(test);
        return IntStream.range(0, test.size())
                .boxed()
                .filter(i -> errors[i] > 0)
                .sorted(Comparator.comparingDouble(i -> -errors[i]))
                .limit(WORST)
                .map(i -> new TargetResult.Answer(
                        i, test.targets().describe(i), said(test, i), errors[i], farthest(test, i)))
                .toList();
    }

    private static double[] errors(Evaluation test) {
        Targets targets = test.targets();
        TargetKind kind = targets.kind();
        int width = kind.width();
        double[] errors = new double[test.size()];
        int[] predicted = kind instanceof Grades ? test.predicted() : new int[0];
        TargetScale scale = TargetScale.of(targets);
        for (int i = 0; i < errors.length; i++) {
            if (kind instanceof Grades) {
                errors[i] = Math.abs(predicted[i] - targets.label(i));
                continue;
            }
            for (int k = 0; k < width; k++) {
                double answer = test.answers()[i][k];
                errors[i] += kind instanceof LabelSet
                        ? test.decision().has(k, answer) == targets.value(i, k) > 0 ? 0 : 1
                        : Math.abs(answer - targets.value(i, k)) / scale.deviation(k);
            }
        }
        return errors;
    }

    /** The label or number that is farthest off; of grades the one that is said. */
    private static int farthest(Evaluation test, int example) {
        Targets targets = test.targets();
        if (targets.kind() instanceof Grades) {
            return test.predicted()[example];
        }
        TargetScale scale = TargetScale.of(targets);
        int farthest = 0;
        double most = -1;
        for (int k = 0; k < targets.kind().width(); k++) {
            double answer = test.answers()[example][k];
            double error = Math.abs(answer - targets.value(example, k)) / scale.deviation(k);
            boolean right = targets.kind() instanceof LabelSet
                    && test.decision().has(k, answer) == targets.value(example, k) > 0;
            if (!right && error > most) {
                most = error;
                farthest = k;
            }
        }
        return farthest;
    }

    private static String said(Evaluation test, int example) {
        float[] answer = test.answers()[example];
        TargetKind kind = test.kind();
        if (kind instanceof Grades) {
            return kind.names().get(test.predicted()[example]);
        }
        if (kind instanceof LabelSet) {
            String labels = IntStream.range(0, answer.length)
                    .filter(k -> test.decision().has(k, answer[k]))
                    .mapToObj(kind.names()::get)
                    .collect(Collectors.joining(", "));
            return labels.isEmpty() ? "no label" : labels;
        }
        double[] numbers = new double[answer.length];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = answer[k];
        }
        return kind.describe(numbers, 0);
    }

    /** At even steps, so that the same examples are shown each time. */
    private static List<TargetResult.Point> points(Evaluation test) {
        int step = Math.max(1, (test.size() + POINTS - 1) / POINTS);
        List<TargetResult.Point> points = new ArrayList<>();
        for (int k = 0; k < test.kind().width(); k++) {
            for (int i = 0; i < test.size(); i += step) {
                points.add(new TargetResult.Point(
                        test.classNames().get(k), test.targets().value(i, k), test.answers()[i][k]));
            }
        }
        return points;
    }
}
