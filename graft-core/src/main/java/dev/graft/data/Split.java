package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How data is divided into training, validation and test examples: by the same fractions in every class, of several labels as nearly as can
 * be for each ({@link dev.graft.targets.Targets#deal}), of numbers at every height.
 *
 * <p>Within a class the counts follow the largest-remainder rule, and a part with a positive fraction gets at least one
 * example. The parts are disjoint, complete, in the data's own order, and the same for the same seed everywhere.
 *
 * @param train the fraction to learn from, in (0, 1]
 * @param validation the fraction to choose by, in [0, 1)
 * @param test the fraction to judge by, in [0, 1)
 * @param seed chooses which examples go where
 */
public record Split(double train, double validation, double test, long seed) {
    private static final long DEFAULT_SEED = 42;
    private static final double TOLERANCE = 1e-9;

    /**
     * Checks the fractions.
     *
     * @throws SettingsException if a fraction is out of range, or they do not sum to 1
     */
    public Split {
        boolean inRange = train > 0 && train <= 1 && validation >= 0 && validation < 1 && test >= 0 && test < 1;
        if (!inRange || Math.abs(train + validation + test - 1) > TOLERANCE) {
            throw new SettingsException(Problem.of("These fractions do not make a split.")
                    .expected("train in (0, 1], validation and test in [0, 1), together 1")
                    .found("train " + train + ", validation " + validation + ", test " + test));
        }
    }

    /** A stratified split with seed 42, the seed that every command starts from. */
    public static Split stratified(double train, double validation, double test) {
        return new Split(train, validation, test, DEFAULT_SEED);
    }

    /** A stratified split with a seed of its own. */
    public static Split stratified(double train, double validation, double test, long seed) {
        return new Split(train, validation, test, seed);
    }

    /** Returns a copy with another seed. */
    public Split withSeed(long newSeed) {
        return new Split(train, validation, test, newSeed);
    }

    /**
     * The three parts of divided data.
     *
     * @param train the examples to learn from
     * @param validation the examples to choose by; empty if its fraction is 0
     * @param test the examples to judge by; empty if its fraction is 0
     */
    public record Parts(LabeledExamples train, LabeledExamples validation, LabeledExamples test) {}

    /**
     * Divides examples.
     *
     * @throws DataException if a class has fewer examples than the split has parts
     */
    public Parts apply(LabeledExamples data) {
        int[][] parts = indexes(data);
        return new Parts(data.subset(parts[0]), data.subset(parts[1]), data.subset(parts[2]));
    }

    /**
     * Train, validation and test: parts that are there already as they are, the others taken from the training part, by
     * the fractions that remain.
     *
     * @throws DataException if a class is too small to split
     */
    public Parts complete(
            LabeledExamples all, @Nullable LabeledExamples validating, @Nullable LabeledExamples testing) {
        double fromTrain = validating == null ? validation : 0;
        double testFromTrain = testing == null ? test : 0;
        double whole = train + fromTrain + testFromTrain;
        Parts divided = stratified(train / whole, fromTrain / whole, testFromTrain / whole)
                .withSeed(seed)
                .apply(all);
        return new Parts(
                divided.train(),
                validating == null ? divided.validation() : validating,
                testing == null ? divided.test() : testing);
    }

    /**
     * Chooses the examples of the training, the validation and the test part, by their indexes in the data's order.
     *
     * @throws DataException if a class has fewer examples than the split has parts
     */
    public int[][] indexes(LabeledExamples data) {
        if (!data.kind().isOneOfNames()) {
            return dealt(data);
        }
        int[][] byClass = ClassIndexes.shuffled(
                ClassIndexes.labels(data), data.classNames().size(), new SplitMix64(seed));
        double[] fractions = {train, validation, test};
        IntStream[] parts = {IntStream.empty(), IntStream.empty(), IntStream.empty()};
        for (int label = 0; label < byClass.length; label++) {
            requireEnough(data, label, byClass[label].length);
            int[] counts = counts(byClass[label].length, fractions);
            int from = 0;
            for (int part = 0; part < parts.length; part++) {
                parts[part] = IntStream.concat(parts[part], Arrays.stream(byClass[label], from, from + counts[part]));
                from += counts[part];
            }
        }
        return Arrays.stream(parts).map(part -> part.sorted().toArray()).toArray(int[][]::new);
    }

    /** Of targets that are no classes, by what they have in common. */
    private int[][] dealt(LabeledExamples data) {
        int parts = 1 + (validation > 0 ? 1 : 0) + (test > 0 ? 1 : 0);
        if (data.size() < parts) {
            throw new DataException(Problem.of("'" + data.name() + "' is too small to split.")
                    .expected("at least " + parts + " examples, one for each part")
                    .found(data.size())
                    .fix("add examples, or split into fewer parts"));
        }
        int[] part = data.targets().deal(new double[] {train, validation, test}, seed);
        return IntStream.range(0, 3)
                .mapToObj(wanted -> IntStream.range(0, part.length)
                        .filter(i -> part[i] == wanted)
                        .toArray())
                .toArray(int[][]::new);
    }

    private void requireEnough(LabeledExamples data, int label, int count) {
        int parts = 1 + (validation > 0 ? 1 : 0) + (test > 0 ? 1 : 0);
        if (count < parts) {
            throw new DataException(Problem.of("A class of '" + data.name() + "' is too small to split.")
                    .with("class", data.classNames().get(label))
                    .expected("at least " + parts + " examples, one for each part")
                    .found(count == 1 ? "1 example" : count + " examples")
                    .fix("add examples of this class, leave the class out, or split into fewer parts"));
        }
    }

    private static int[] counts(int total, double[] fractions) {
        double sum = Arrays.stream(fractions).sum();
        int[] counts = new int[fractions.length];
        double[] remainders = new double[fractions.length];
        for (int part = 0; part < fractions.length; part++) {
            double quota = total * fractions[part] / sum;
            counts[part] = (int) Math.floor(quota);
            remainders[part] = quota - counts[part];
        }
        for (int left = total - Arrays.stream(counts).sum(); left > 0; left--) {
            int largest = largest(remainders);
            counts[largest]++;
            remainders[largest] = -1;
        }
        for (int part = 0; part < fractions.length; part++) {
            if (counts[part] == 0 && fractions[part] > 0) {
                counts[largest(Arrays.stream(counts).asDoubleStream().toArray())]--;
                counts[part]++;
            }
        }
        return counts;
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }
}
