package dev.graft.curation;

import dev.graft.result.LabelReview.Evidence;
import dev.graft.targets.Numbers;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Numbers that lie far from those that heads expect: residuals by their modified z-score, which is the distance from their median in
 * robust standard deviations, 1.4826 median absolute deviations each. Above 3.5 a number is likely wrong (Iglewicz and Hoaglin 1993, How
 * to detect and handle outliers), above 2.5 doubtful (Leys et al. 2013, Detecting outliers). Where more than half of the residuals are
 * equal, 1.2533 mean absolute deviations take the place of the median ones.
 */
record NumberDoubts() implements Doubts {
    private static final double FAR = 3.5;
    private static final double DOUBTFUL = 2.5;
    /** What makes the median absolute deviation of a normal distribution its standard deviation. */
    private static final double OF_MEDIAN = 1.4826;
    /** The square root of half of pi, which does so for the mean one. */
    private static final double OF_MEAN = 1.253314;

    @Override
    public List<Doubt> find(float[][] answers, Targets targets) {
        List<Doubt> doubts = new ArrayList<>();
        for (int number = 0; number < targets.kind().width(); number++) {
            double[] deviations = deviations(answers, targets, number);
            for (int i = 0; i < deviations.length; i++) {
                if (deviations[i] > DOUBTFUL) {
                    doubts.add(new Doubt(
                            i,
                            number,
                            answers[i][number],
                            words(targets, i, number, answers[i][number], deviations[i]),
                            Evidence.ofDeviations(deviations[i]),
                            deviations[i] > FAR));
                }
            }
        }
        doubts.sort(Comparator.<Doubt>comparingDouble(one -> one.evidence().deviations() == null
                        ? 0
                        : -one.evidence().deviations())
                .thenComparingInt(Doubt::index)
                .thenComparingInt(Doubt::place));
        return doubts;
    }

    /** How many robust standard deviations each residual is from the median one. */
    static double[] deviations(float[][] answers, Targets targets, int number) {
        double[] away = new double[answers.length];
        Arrays.setAll(away, i -> targets.value(i, number) - answers[i][number]);
        double middle = median(away);
        Arrays.setAll(away, i -> Math.abs(away[i] - middle));
        double deviation = OF_MEDIAN * median(away);
        if (deviation == 0) {
            deviation = OF_MEAN * Arrays.stream(away).average().orElse(0);
        }
        double unit = deviation == 0 ? 1 : deviation;
        Arrays.setAll(away, i -> away[i] / unit);
        return away;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String words(Targets targets, int example, int number, double expected, double deviations) {
        return String.format(
                Locale.ROOT,
                "%sgiven %s, expected %s (%.1f deviations)",
                targets.kind().width() == 1 ? "" : targets.kind().names().get(number) + ": ",
                Numbers.shown(targets.value(example, number)),
                Numbers.shown(expected),
                deviations);
    }

    /** What is near shows what number is to be expected. */
    @Override
    public boolean shows(Targets targets, int example, Doubt doubt) {
        return true;
    }

    @Override
    public String counted() {
        return "number";
    }
}
