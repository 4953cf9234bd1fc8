package dev.graft.targets;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.util.Arrays;
import java.util.List;

/** What is to be told of some examples, an entry for each, in their order. Immutable, safe for use by several threads. */
public final class Targets {
    private final TargetKind kind;
    private final double[] values;

    private Targets(TargetKind kind, double[] values) {
        this.kind = kind;
        this.values = values;
    }

    /**
     * Makes targets of values.
     *
     * @param kind what they are
     * @param values (entries, {@code kind.width()}), entry after entry
     * @throws DataException if a value is none of the kind's, or the last entry is not whole
     */
    public static Targets of(TargetKind kind, double... values) {
        int width = kind.width();
        if (width == 0 || values.length % width != 0) {
            throw new DataException(Problem.of("Targets do not fill their entries.")
                    .expected("a multiple of " + width + " values for " + kind.task())
                    .found(values.length));
        }
        for (int i = 0; i < values.length; i++) {
            String objection = kind.objection(i % width, values[i]);
            if (!objection.isEmpty()) {
                throw new DataException(Problem.of("A target is not what its kind says.")
                        .where("example " + i / width
                                + (width == 1 ? "" : ", " + kind.names().get(i % width)))
                        .expected(objection)
                        .found(values[i]));
            }
        }
        return new Targets(kind, values.clone());
    }

    /** One class for each example, by label. */
    public static Targets ofClasses(List<String> classNames, int[] labels) {
        return ofIndexes(new OneClass(classNames), labels);
    }

    /** A class or a grade for each example, by its index among the names. */
    public static Targets ofIndexes(TargetKind kind, int[] labels) {
        return of(kind, Arrays.stream(labels).asDoubleStream().toArray());
    }

    /** What they are. */
    public TargetKind kind() {
        return kind;
    }

    /** The number of examples. */
    public int size() {
        return values.length / kind.width();
    }

    /** All values, (entries, width), entry after entry. */
    public double[] values() {
        return values.clone();
    }

    /** A value of an entry. */
    public double value(int entry, int place) {
        return values[entry * kind.width() + place];
    }

    /**
     * The index of an entry's class or grade.
     *
     * @throws DataException if entries are something else
     */
    public int label(int entry) {
        requireIndexes();
        return (int) values[entry];
    }

    /**
     * The index of each entry's class or grade.
     *
     * @throws DataException if entries are something else
     */
    public int[] labels() {
        requireIndexes();
        return ClassNumber.strata(values);
    }

    private void requireIndexes() {
        if (!kind.isOneOfNames()) {
            throw new DataException(Problem.of("These examples do not have one class each.")
                    .expected("a class or a grade for each example")
                    .found("the task " + kind.task()));
        }
    }

    /** The entries at the given indexes, in that order. */
    public Targets subset(int[] entries) {
        int width = kind.width();
        double[] chosen = new double[entries.length * width];
        for (int i = 0; i < entries.length; i++) {
            System.arraycopy(values, entries[i] * width, chosen, i * width, width);
        }
        return new Targets(kind, chosen);
    }

    /**
     * These entries, and others behind them.
     *
     * @throws DataException if the others are of another kind
     */
    public Targets plus(Targets others) {
        if (!others.kind.equals(kind)) {
            throw new DataException(Problem.of("Targets of different kinds cannot be put together.")
                    .expected(kind.task() + " of " + kind.names())
                    .found(others.kind.task() + " of " + others.kind.names()));
        }
        double[] all = Arrays.copyOf(values, values.length + others.values.length);
        System.arraycopy(others.values, 0, all, values.length, others.values.length);
        return new Targets(kind, all);
    }

    /** Groups of entries that are alike, 0 to {@code max}, for splits that have some of each. */
    public int[] strata() {
        return kind.strata(values);
    }

    /**
     * Deals the entries to parts, each of which gets about its share of everything: of sets of labels by iterative stratification
     * (Sechidis et al. 2011), of others by groups of entries that are alike.
     *
     * @param shares of the parts, not negative
     * @return the part of each entry; a part without a share gets none
     */
    public int[] deal(double[] shares, long seed) {
        double sum = Arrays.stream(shares).sum();
        double[] scaled = Arrays.stream(shares).map(share -> share / sum).toArray();
        return kind instanceof LabelSet
                ? Stratification.iterative(values, kind.width(), scaled, seed)
                : Stratification.byStrata(strata(), scaled, seed);
    }

    /** An entry in words. */
    public String describe(int entry) {
        return kind.describe(values, entry * kind.width());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Targets same && same.kind.equals(kind) && Arrays.equals(same.values, values);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return size() + " targets for " + kind.task();
    }
}
