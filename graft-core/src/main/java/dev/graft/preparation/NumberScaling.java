package dev.graft.preparation;

import dev.graft.data.Item;
import dev.graft.data.LabeledItems;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Number columns, standardised: each becomes (value - mean) / deviation and, beside it, whether the value is missing, 1 or 0.
 * A missing value stands at the mean. Computed in double precision, since a date or a price may have more digits than a float
 * keeps.
 *
 * @param columns the columns
 * @param means of each column's training values that are there
 * @param deviations their population standard deviations; positive
 */
public record NumberScaling(List<String> columns, List<Double> means, List<Double> deviations) implements TableCoding {
    /**
     * Copies the lists and checks that they fit each other.
     *
     * @throws SettingsException if there is no column, or the statistics do not make sense
     */
    public NumberScaling {
        columns = List.copyOf(columns);
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        boolean fit = !columns.isEmpty() && means.size() == columns.size() && deviations.size() == columns.size();
        if (!fit
                || !means.stream().allMatch(mean -> Double.isFinite(mean))
                || !deviations.stream().allMatch(deviation -> Double.isFinite(deviation) && deviation > 0)) {
            throw new SettingsException(Problem.of("The scaling of number columns does not make sense.")
                    .expected("a finite mean and a positive deviation for each of at least one column")
                    .found("columns " + columns + ", means " + means + ", deviations " + deviations));
        }
    }

    /** Measures the columns of training data. A column that never varies, or has no value, is left at its own scale. */
    public static NumberScaling of(LabeledItems data, List<String> columns) {
        List<Double> means = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (String column : columns) {
            double[] present = data.presentNumbers(column);
            double mean = 0;
            // Running means: the sum of very large numbers would overflow.
            for (int i = 0; i < present.length; i++) {
                mean += (present[i] - mean) / (i + 1);
            }
            double deviation = deviation(present, mean, 1);
            if (Double.isInfinite(deviation)) {
                // Squares of very large numbers overflow, those of their shares of the largest do not.
                double largest = Math.max(
                        Math.abs(mean),
                        Arrays.stream(present).map(Math::abs).max().orElse(1));
                deviation = largest * deviation(present, mean, largest);
            }
            means.add(mean);
            deviations.add(deviation > 0 && Double.isFinite(deviation) ? deviation : 1.0);
        }
        return new NumberScaling(columns, means, deviations);
    }

    private static double deviation(double[] present, double mean, double unit) {
        double variance = 0;
        for (int i = 0; i < present.length; i++) {
            variance += (Math.pow(present[i] / unit - mean / unit, 2) - variance) / (i + 1);
        }
        return Math.sqrt(variance);
    }

    @Override
    public int width() {
        return 2 * columns.size();
    }

    @Override
    public void encode(Item item, float[] target, int offset) {
        for (int i = 0; i < columns.size(); i++) {
            double value = item.number(columns.get(i));
            boolean missing = Double.isNaN(value);
            target[offset + 2 * i] = missing ? 0 : (float) ((value - means.get(i)) / deviations.get(i));
            target[offset + 2 * i + 1] = missing ? 1 : 0;
        }
    }

    @Override
    public String fingerprint() {
        return "NumberScaling[columns=" + CountedTexts.of(columns) + ", means=" + means + ", deviations=" + deviations
                + "]";
    }
}
