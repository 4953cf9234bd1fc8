package dev.graft.targets;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Groups sets of labels so that dealing each group evenly deals each label about evenly: an example belongs to the rarest of its labels,
 * which is the order in which iterative stratification hands examples out (Sechidis et al. 2011, On the stratification of multi-label
 * data). Within a label, sets that occur often are groups of their own.
 */
final class LabelStrata {
    private static final int OFTEN = 10;

    private LabelStrata() {}

    static int[] of(double[] values, int width) {
        int count = values.length / width;
        int[] occurrences = new int[width];
        Map<String, Integer> sets = new HashMap<>();
        String[] keys = new String[count];
        for (int i = 0; i < count; i++) {
            StringBuilder key = new StringBuilder();
            for (int k = 0; k < width; k++) {
                if (values[i * width + k] > 0) {
                    occurrences[k]++;
                    key.append(k).append(',');
                }
            }
            keys[i] = key.toString();
            sets.merge(keys[i], 1, Integer::sum);
        }
        Map<String, Integer> groups = new HashMap<>();
        int[] strata = new int[count];
        for (int i = 0; i < count; i++) {
            String group = sets.getOrDefault(keys[i], 0) >= OFTEN
                    ? keys[i]
                    : "rarest " + rarest(Arrays.copyOfRange(values, i * width, (i + 1) * width), occurrences);
            strata[i] = groups.computeIfAbsent(group, name -> groups.size());
        }
        return strata;
    }

    private static int rarest(double[] entry, int[] occurrences) {
        int rarest = -1;
        for (int k = 0; k < entry.length; k++) {
            if (entry[k] > 0 && (rarest < 0 || occurrences[k] < occurrences[rarest])) {
                rarest = k;
            }
        }
        return rarest;
    }
}
