package dev.graft.evaluation;

import dev.graft.result.Classification;
import dev.graft.result.MeasureResult;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers: the explained share of their variance, R², a mean over several numbers; and their mean errors in their own unit. */
final class NumberMeasures implements TargetMeasures.Measures {
    private final Evaluation evaluation;
    private final Targets targets;
    private final int numbers;

    NumberMeasures(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.targets = evaluation.targets();
        this.numbers = targets.kind().width();
    }

    @Override
    public double score(int[] examples) {
        double sum = 0;
        for (int k = 0; k < numbers; k++) {
            sum += explained(k, examples);
        }
        return sum / numbers;
    }

    private double explained(int k, int[] examples) {
        double mean = 0;
        for (int example : examples) {
            mean += targets.value(example, k) / examples.length;
        }
        double errors = 0;
        double spread = 0;
        for (int example : examples) {
            double error = evaluation.answers()[example][k] - targets.value(example, k);
            double away = targets.value(example, k) - mean;
            errors += error * error;
            spread += away * away;
        }
        return spread == 0 ? (errors == 0 ? 1 : 0) : 1 - errors / spread;
    }

    @Override
    public double loss() {
        return TargetMeasures.meanLoss(evaluation);
    }

    @Override
    public List<MeasureResult> others() {
        List<MeasureResult> others = new ArrayList<>();
        int[] all = IntStream.range(0, evaluation.size()).toArray();
        for (int k = 0; k < numbers; k++) {
            String name = evaluation.classNames().get(k);
            double absolute = 0;
            double squared = 0;
            for (int example : all) {
                double error = evaluation.answers()[example][k] - targets.value(example, k);
                absolute += Math.abs(error) / all.length;
                squared += error * error / all.length;
            }
            if (numbers > 1) {
                others.add(MeasureResult.of("R² of " + name, explained(k, all)));
            }
            others.add(new MeasureResult("mean absolute error", absolute, null, name));
            others.add(new MeasureResult("root mean squared error", Math.sqrt(squared), null, name));
        }
        return others;
    }

    /** Numbers have no classes. */
    @Override
    public Classification classification() {
        return new Classification(List.of(), List.of(), Double.NaN, Double.NaN, Double.NaN);
    }
}
