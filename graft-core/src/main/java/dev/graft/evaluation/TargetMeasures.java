package dev.graft.evaluation;

import dev.graft.optimization.RowLosses;
import dev.graft.result.Classification;
import dev.graft.result.Difference;
import dev.graft.result.Interval;
import dev.graft.result.MeasureResult;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.targets.TargetScale;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How good answers are, by kind of target: one main measure by which strategies are compared, and others beside it. */
public final class TargetMeasures {
    private TargetMeasures() {}

    /** What is measured of a kind of target. */
    sealed interface Measures permits ClassMeasures, GradeMeasures, LabelMeasures, NumberMeasures {
        /** The main measure: the higher the better, at most 1. */
        double score(int[] examples);

        /** The mean loss. */
        double loss();

        /** Measures beside the main one. */
        List<MeasureResult> others();

        /** Figures of each class, grade or label; of numbers none. */
        Classification classification();
    }

    private static Measures of(Evaluation evaluation) {
        TargetKind kind = evaluation.kind();
        if (kind instanceof OneClass) {
            return new ClassMeasures(evaluation);
        }
        if (kind instanceof Grades) {
            return new GradeMeasures(evaluation);
        }
        return kind instanceof LabelSet ? new LabelMeasures(evaluation) : new NumberMeasures(evaluation);
    }

    /** The name of the main measure of a kind of target. */
    public static String primary(TargetKind kind) {
        if (kind instanceof OneClass) {
            return "accuracy";
        }
        if (kind instanceof Grades) {
            return "quadratic kappa";
        }
        return kind instanceof LabelSet ? "micro F1" : "R²";
    }

    /** A score in words, such as {@code 93.1% right} or {@code R² 0.931}. */
    public static String said(TargetKind kind, double score) {
        return kind instanceof OneClass
                ? String.format(Locale.ROOT, "%.1f%% right", 100 * score)
                : String.format(Locale.ROOT, "%s %.3f", primary(kind), score);
    }

    static double score(Evaluation evaluation) {
        return of(evaluation).score(all(evaluation));
    }

    static double loss(Evaluation evaluation) {
        return of(evaluation).loss();
    }

    static Classification classification(Evaluation evaluation) {
        return of(evaluation).classification();
    }

    /** The measures beside the main one. */
    public static List<MeasureResult> others(Evaluation evaluation) {
        return of(evaluation).others();
    }

    private static int[] all(Evaluation evaluation) {
        return IntStream.range(0, evaluation.size()).toArray();
    }

    /**
     * The 95% interval of the main measure over test examples: of classes Wilson's over all of them, of others the bootstrap's
     * percentiles.
     *
     * @param evaluations one for each seed
     */
    public static Interval overExamples(List<Evaluation> evaluations) {
        if (evaluations.get(0).kind() instanceof OneClass) {
            long hits = 0;
            long trials = 0;
            for (Evaluation evaluation : evaluations) {
                for (boolean hit : evaluation.correct()) {
                    hits += hit ? 1 : 0;
                    trials++;
                }
            }
            return Intervals.wilson(hits, trials);
        }
        Evaluation first = evaluations.get(0);
        Measures measures = of(first);
        return Bootstrap.interval(first.size(), measures::score);
    }

    /** What the interval over test examples is called. */
    public static String intervalMethod(TargetKind kind) {
        return kind instanceof OneClass ? "wilson" : "bootstrap over test examples";
    }

    /** The 95% interval of the mean of the main measure over seeds. */
    public static Interval overSeeds(TargetKind kind, double[] scores) {
        if (kind instanceof OneClass) {
            return Intervals.studentTOfAccuracies(scores);
        }
        Interval open = Intervals.studentT(scores);
        // No score is better than 1, and R² has no least one.
        double least = kind instanceof Numbers ? Double.NEGATIVE_INFINITY : kind instanceof Grades ? -1 : 0;
        return Intervals.clip(open, least, 1);
    }

    /** The difference of two main measures over seeds, first minus second, with its 95% interval. */
    public static Difference differenceOverSeeds(TargetKind kind, double[] first, double[] second) {
        return kind instanceof Numbers
                ? Differences.overSeedsOfOpenMeasure(first, second)
                : Differences.overSeeds(first, second);
    }

    /** The difference of two main measures on the same examples, first minus second, with its 95% interval. */
    public static Difference difference(Evaluation first, Evaluation second) {
        if (first.kind() instanceof OneClass) {
            return Differences.overExamples(first.correct(), second.correct());
        }
        Measures one = of(first);
        Measures other = of(second);
        int[] all = all(first);
        return new Difference(
                one.score(all) - other.score(all),
                Bootstrap.interval(first.size(), examples -> one.score(examples) - other.score(examples)),
                "paired bootstrap over test examples",
                first.size());
    }

    /** The mean loss of answers, with numbers standardised by the examples' own deviation. */
    static double meanLoss(Evaluation evaluation) {
        TargetScale scale = TargetScale.of(evaluation.targets());
        RowLosses losses = RowLosses.of(scale.standardised(evaluation.targets()), new float[0]);
        boolean plain = scale.isPlain();
        double sum = 0;
        for (int i = 0; i < evaluation.size(); i++) {
            float[] answer = evaluation.answers()[i];
            float[] scaled = plain ? answer : new float[answer.length];
            for (int k = 0; scaled != answer && k < answer.length; k++) {
                scaled[k] = (float) scale.standardised(k, answer[k]);
            }
            sum += losses.lossOfAnswer(i, scaled);
        }
        return sum / evaluation.size();
    }

    /** Which examples have all that was said of them right; of numbers none can be. */
    static boolean[] correct(Evaluation evaluation) {
        boolean[] correct = new boolean[evaluation.size()];
        if (evaluation.kind() instanceof LabelSet) {
            LabelMeasures measures = new LabelMeasures(evaluation);
            for (int i = 0; i < correct.length; i++) {
                correct[i] = measures.isExact(i);
            }
        }
        return correct;
    }

    static double mean(double[] values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
