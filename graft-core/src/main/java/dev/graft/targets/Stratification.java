package dev.graft.targets;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Deals entries to parts of given shares so that each part has about its share of everything. */
final class Stratification {
    private Stratification() {}

    /**
     * Deals group by group: each entry goes to the part that lacks most by then.
     *
     * @param strata the group of each entry, from 0 without gaps
     * @param shares of the parts, adding up to 1
     * @return the part of each entry
     */
    static int[] byStrata(int[] strata, double[] shares, long seed) {
        int[] order = shuffled(strata.length, seed);
        int groups = Arrays.stream(strata).max().orElse(-1) + 1;
        int[] parts = new int[strata.length];
        double[] dealt = new double[shares.length];
        int seen = 0;
        for (int group = 0; group < groups; group++) {
            for (int entry : order) {
                if (strata[entry] == group) {
                    seen++;
                    parts[entry] = mostLacking(shares, dealt, seen);
                    dealt[parts[entry]]++;
                }
            }
        }
        return parts;
    }

    private static int mostLacking(double[] shares, double[] dealt, int seen) {
        int most = -1;
        for (int part = 0; part < shares.length; part++) {
            boolean more = most < 0 || shares[part] * seen - dealt[part] > shares[most] * seen - dealt[most];
            most = shares[part] > 0 && more ? part : most;
        }
        return most;
    }

    /**
     * Iterative stratification of sets of labels (Sechidis et al. 2011, On the stratification of multi-label data): again and again the
     * label that the fewest entries still to be dealt have is dealt out, each entry to the part that lacks this label most, or, where
     * several do, to the one that lacks examples most. Entries without a label come last.
     *
     * @param values (entries, width): 1 for a label that an entry has, else 0
     * @param shares of the parts, adding up to 1
     * @return the part of each entry
     */
    static int[] iterative(double[] values, int width, double[] shares, long seed) {
        int count = values.length / width;
        int[] order = shuffled(count, seed);
        int[] left = new int[width];
        for (int i = 0; i < values.length; i++) {
            left[i % width] += values[i] > 0 ? 1 : 0;
        }
        double[][] wantedOfLabel = new double[shares.length][width];
        double[] wanted = new double[shares.length];
        for (int part = 0; part < shares.length; part++) {
            wanted[part] = shares[part] * count;
            for (int k = 0; k < width; k++) {
                wantedOfLabel[part][k] = shares[part] * left[k];
            }
        }
        int[] parts = new int[count];
        Arrays.fill(parts, -1);
        for (int label = rarest(left); label >= 0; label = rarest(left)) {
            for (int entry : order) {
                if (parts[entry] < 0 && values[entry * width + label] > 0) {
                    int part = mostWanted(shares, wantedOfLabel, label, wanted);
                    parts[entry] = part;
                    wanted[part]--;
                    for (int k = 0; k < width; k++) {
                        if (values[entry * width + k] > 0) {
                            wantedOfLabel[part][k]--;
                            left[k]--;
                        }
                    }
                }
            }
        }
        for (int entry : order) {
            if (parts[entry] < 0) {
                parts[entry] = mostWanted(shares, new double[0][], 0, wanted);
                wanted[parts[entry]]--;
            }
        }
        return parts;
    }

    private static int rarest(int[] left) {
        int rarest = -1;
        for (int k = 0; k < left.length; k++) {
            if (left[k] > 0 && (rarest < 0 || left[k] < left[rarest])) {
                rarest = k;
            }
        }
        return rarest;
    }

    private static int mostWanted(double[] shares, double[][] ofLabel, int label, double[] wanted) {
        int best = -1;
        for (int part = 0; part < shares.length; part++) {
            if (shares[part] <= 0) {
                continue;
            }
            if (best < 0) {
                best = part;
                continue;
            }
            double gain = ofLabel.length == 0 ? 0 : ofLabel[part][label] - ofLabel[best][label];
            if (gain > 1e-9 || (gain > -1e-9 && wanted[part] > wanted[best])) {
                best = part;
            }
        }
        return best;
    }

    private static int[] shuffled(int count, long seed) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int held = order[i];
            order[i] = order[other];
            order[other] = held;
        }
        return order;
    }
}
