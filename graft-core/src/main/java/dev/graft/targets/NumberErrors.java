package dev.graft.targets;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far numbers were off on examples that were not learned from. Intervals of that width around a new number hold the true one as often
 * as is asked for: split conformal prediction by absolute residuals (Lei et al. 2018, Distribution-free predictive inference for
 * regression), on average over examples like these.
 *
 * @param sorted of each number its absolute errors in rising order, at most {@value #MOST}, of more a part at even steps
 * @param examples how many examples they were measured on
 */
public record NumberErrors(List<List<Double>> sorted, int examples) {
    private static final int MOST = 200;

    /** Copies the lists, and checks that there are errors. */
    public NumberErrors {
        sorted = sorted.stream().map(List::copyOf).toList();
        if (examples < 1
                || sorted.stream().anyMatch(one -> one.isEmpty() || one.size() > examples)
                || sorted.stream().flatMap(List::stream).anyMatch(error -> !(error >= 0))) {
            throw new SettingsException(Problem.of("Errors of numbers are not what they should be.")
                    .expected("at least one for each number, not negative, and no more than there were examples")
                    .found(sorted.stream().map(List::size).toList() + " of " + examples + " examples"));
        }
    }

    /**
     * Measures the errors.
     *
     * @param answers (examples, numbers)
     * @param targets the true numbers of at least one example
     */
    public static NumberErrors of(float[][] answers, Targets targets) {
        List<List<Double>> sorted = new ArrayList<>();
        for (int k = 0; k < targets.kind().width(); k++) {
            double[] errors = new double[answers.length];
            for (int i = 0; i < errors.length; i++) {
                errors[i] = Math.abs(answers[i][k] - targets.value(i, k));
            }
            Arrays.sort(errors);
            sorted.add(thinned(errors));
        }
        return new NumberErrors(sorted, answers.length);
    }

    /** The largest of each step is kept, so that intervals are rather too wide than too narrow. */
    private static List<Double> thinned(double[] errors) {
        int kept = Math.min(MOST, errors.length);
        List<Double> some = new ArrayList<>();
        for (int i = 1; i <= kept; i++) {
            some.add(errors[(int) ((long) i * errors.length / kept) - 1]);
        }
        return some;
    }

    /**
     * Half the width of the interval around a number.
     *
     * @param number which of the numbers
     * @param coverage how often the interval shall hold the true number, above 0 and below 1
     * @throws SettingsException if the coverage is out of range, or there were too few examples for it
     */
    public double halfWidth(int number, double coverage) {
        if (!(coverage > 0 && coverage < 1)) {
            throw new SettingsException(Problem.of("A coverage is out of range.")
                    .expected("above 0 and below 1, such as 0.9")
                    .found(coverage));
        }
        int rank = (int) Math.ceil((examples + 1) * coverage - 1e-9);
        if (rank > examples) {
            throw new SettingsException(Problem.of("There are too few held-out examples for such a coverage.")
                    .expected("at least " + (int) Math.ceil(coverage / (1 - coverage) - 1e-9) + " for " + coverage)
                    .found(examples)
                    .fix("ask for less, or fit with more validation data"));
        }
        List<Double> errors = sorted.get(number);
        int place = (int) Math.ceil((double) rank * errors.size() / examples) - 1;
        return errors.get(Math.max(0, Math.min(errors.size() - 1, place)));
    }

    /** Whether there are enough examples for a coverage. */
    public boolean allows(double coverage) {
        return Math.ceil((examples + 1) * coverage - 1e-9) <= examples;
    }
}
