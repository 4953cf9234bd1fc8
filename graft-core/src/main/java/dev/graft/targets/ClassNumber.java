package dev.graft.targets;

import java.util.List;

/** What classes and grades share: a value is the index of a name. */
final class ClassNumber {
    private ClassNumber() {}

    static String objection(List<String> names, double value) {
        return value >= 0 && value < names.size() && value == Math.rint(value)
                ? ""
                : "a label from 0 to " + (names.size() - 1);
    }

    static int[] strata(double[] values) {
        int[] strata = new int[values.length];
        for (int i = 0; i < strata.length; i++) {
            strata[i] = (int) values[i];
        }
        return strata;
    }
}
