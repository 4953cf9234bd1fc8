package dev.graft.transferability;

/**
 * H-score: the part of the features' variance that lies between the classes, {@code tr(cov(f)⁻¹ cov(E[f|y]))} (Bao et al.
 * 2019), with the covariance shrunk as by Ledoit and Wolf (2004), without which it says nothing when there are not many
 * more rows than features (Ibrahim et al. 2021, arXiv 2110.06893). Higher is better; at most the number of classes less 1.
 */
public final class HScore {
    private HScore() {}

    /**
     * The score.
     *
     * @param rows features, (rows, width), row after row
     * @param width features in a row, at least 1
     * @param labels the rows' labels, 0 to {@code classes - 1}; classes without rows do not count
     * @param classes at least 2
     * @return at least 0
     * @throws dev.graft.error.SettingsException if the sizes do not fit each other
     * @throws dev.graft.error.DataException if a feature is not finite, a label is out of range, or all rows are of one
     *     class
     */
    public static double score(float[] rows, int width, int[] labels, int classes) {
        LabeledRows centred = LabeledRows.of(rows, width, labels, classes).centred();
        Spectrum spectrum = Spectrum.of(centred);
        Shrinkage shrinkage = Shrinkage.of(centred, spectrum.squares());
        double kept = 1 - shrinkage.share();
        int count = labels.length;
        int[] sizes = centred.sizes();
        double score = 0;
        for (int k = 0; k < spectrum.squares().length; k++) {
            double square = spectrum.squares()[k];
            double between = 0;
            for (int c = 0; c < classes; c++) {
                double projection = spectrum.projections()[c][k];
                between += sizes[c] == 0 ? 0 : projection * projection / sizes[c];
            }
            double variance = kept * square / count + shrinkage.share() * shrinkage.target();
            score += kept * square / count * between / variance;
        }
        return score;
    }

    /**
     * Ledoit and Wolf's estimate of the covariance: {@code (1 - share) S + share · target · I}.
     *
     * @param share 0 to 1
     * @param target the mean of the features' variances
     */
    private record Shrinkage(double share, double target) {
        static Shrinkage of(LabeledRows centred, double[] squares) {
            int count = centred.count();
            int width = centred.width();
            double[] row = new double[width];
            double trace = 0;
            double fourth = 0;
            for (int i = 0; i < count; i++) {
                centred.read(i, row);
                double length = 0;
                for (double value : row) {
                    length += value * value;
                }
                trace += length / count;
                fourth += length * length / count;
            }
            double norm = 0;
            for (double square : squares) {
                norm += square / count * (square / count);
            }
            double target = trace / width;
            double distance = norm / width - target * target;
            double noise = Math.min((fourth - norm) / width / count, distance);
            // One feature has nothing to be shrunk to, and equal variances are where shrinking leads.
            return new Shrinkage(width == 1 || noise <= 0 ? 0 : noise / distance, target);
        }
    }
}
