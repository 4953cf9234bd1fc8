package dev.graft.targets;

import java.util.List;

/**
 * One class of several. Two classes take one output, whose sigmoid is the second one's probability; more take one each, with a softmax.
 *
 * @param names the classes' names, by label
 */
public record OneClass(List<String> names) implements TargetKind {
    /** The name of the task. */
    public static final String TASK = "classification";

    /** Copies the list. */
    public OneClass {
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
        return "class";
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
