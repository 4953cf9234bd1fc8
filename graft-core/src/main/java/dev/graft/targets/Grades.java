package dev.graft.targets;

import java.util.List;

/**
 * One grade of several in an order, such as one to five stars. A network has an output for each, as for classes; what lies far from the
 * true grade counts as a larger mistake.
 *
 * @param names the grades, from the lowest to the highest
 */
public record Grades(List<String> names) implements TargetKind {
    /** The name of the task. */
    public static final String TASK = "ordinal";

    /** Copies the list. */
    public Grades {
        names = List.copyOf(names);
    }

    @Override
    public String task() {
        return TASK;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public int outputs() {
        return names.size() == 2 ? 1 : names.size();
    }

    @Override
    public boolean isOneOfNames() {
        return true;
    }

    @Override
    public String noun() {
        return "grade";
    }

    @Override
    public String objection(int place, double value) {
        return ClassNumber.objection(names, value);
    }

    @Override
    public int[] strata(double[] values) {
        return ClassNumber.strata(values);
    }

    @Override
    public String describe(double[] values, int start) {
        return names.get((int) values[start]);
    }
}
