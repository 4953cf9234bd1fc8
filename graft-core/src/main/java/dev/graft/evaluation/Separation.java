package dev.graft.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How well a score tells two kinds of examples apart. */
public final class Separation {
    private Separation() {}

    /**
     * The area under the receiver operating characteristic: how often an example of the second kind has the higher score, ties counting
     * half (the statistic of Mann and Whitney).
     *
     * @param known scores of examples of the first kind
     * @param unknown scores of examples of the second kind
     * @return 0 to 1; NaN if there is none of a kind
     */
    public static double areaUnderCurve(double[] known, double[] unknown) {
        double[] all = Arrays.copyOf(known, known.length + unknown.length);
        System.arraycopy(unknown, 0, all, known.length, unknown.length);
        Integer[] order = IntStream.range(0, all.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> all[i]));
        double ranks = 0;
        for (int from = 0, to; from < order.length; from = to) {
            to = from;
            int ofUnknown = 0;
            while (to < order.length && all[order[to]] == all[order[from]]) {
                ofUnknown += order[to] >= known.length ? 1 : 0;
                to++;
            }
            ranks += ofUnknown * ((from + 1 + to) / 2.0);
        }
        double pairs = (double) known.length * unknown.length;
        return pairs == 0 ? Double.NaN : (ranks - unknown.length * (unknown.length + 1) / 2.0) / pairs;
    }
}
