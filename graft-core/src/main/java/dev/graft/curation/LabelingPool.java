package dev.graft.curation;

import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.data.NestedSubsets;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.reading.LabeledFiles;
import dev.graft.reading.PartlyLabeled;
import dev.graft.reading.PartlyLabeledImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures or texts of which some are to be labelled next.
 *
 * @param examples all of them; the single class that they are said to be of means nothing
 * @param labels the label of each, empty where it has none
 * @param listed whether each is labelled, or stands in a list of examples that are to be
 * @param notes what the user should know, in sentences
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabelingPool(LabeledExamples examples, List<String> labels, boolean[] listed, List<String> notes) {
    /** Copies the lists. */
    public LabelingPool {
        labels = List.copyOf(labels);
        notes = List.copyOf(notes);
    }

    /** How many examples have a label. */
    public int labeledCount() {
        return (int) labels.stream().filter(label -> !label.isEmpty()).count();
    }

    /**
     * Refuses a budget that cannot be spent, before anything is computed.
     *
     * @throws SettingsException if the budget is not positive
     * @throws DataException if there are fewer examples that are not listed
     */
    public void requireLeft(int budget) {
        LabelingQuery.requireEnough(listed, budget);
    }

    /**
     * Examples, and those of an earlier list: what stands there has its label, and is not chosen again if it has none yet.
     *
     * @param pool the examples
     * @param earlier examples of the list, which need not be among the others; null if there is none
     * @throws SettingsException if one holds pictures and the other texts
     * @throws DataException if an example has two labels
     */
    public static LabelingPool of(PartlyLabeled<?> pool, @Nullable PartlyLabeled<?> earlier) {
        if (earlier == null) {
            return new LabelingPool(pool.examples(), pool.labels(), pool.labeled(), pool.notes());
        }
        boolean texts = pool.examples() instanceof LabeledTexts;
        if (texts != earlier.examples() instanceof LabeledTexts) {
            throw new SettingsException(Problem.of("The labelled examples are of another kind than the others.")
                    .expected(texts ? "texts" : "pictures")
                    .found(texts ? "pictures" : "texts")
                    .fix("give labelled examples of the same kind"));
        }
        Joining joining = new Joining();
        joining.add(pool, false);
        int without = joining.add(earlier, true);
        List<String> notes = new ArrayList<>(pool.notes());
        notes.addAll(earlier.notes());
        if (without > 0) {
            notes.add(without + (without == 1 ? " example is" : " examples are")
                    + " listed already without a label, and not chosen again");
        }
        LabeledExamples joined = texts
                ? LabeledTexts.of(
                        pool.examples().name(), pool.examples().classNames(), joining.values, new int[joining.size()])
                : PartlyLabeledImages.of(
                        pool.examples().name(),
                        joining.values.stream().map(Path::of).toList());
        boolean[] listed = new boolean[joining.size()];
        IntStream.range(0, listed.length).forEach(i -> listed[i] = joining.listed.get(i));
        return new LabelingPool(joined, joining.labels, listed, notes);
    }

    /** The examples of several sources, each once. */
    private static final class Joining {
        final List<String> values = new ArrayList<>();
        final List<String> labels = new ArrayList<>();
        final List<Boolean> listed = new ArrayList<>();
        private final Map<String, Integer> places = new HashMap<>();

        int size() {
            return values.size();
        }

        /** Adds examples; gives how many of them have no label even now. */
        int add(PartlyLabeled<?> more, boolean list) {
            int without = 0;
            for (int i = 0; i < more.examples().size(); i++) {
                String value = value(more.examples(), i);
                String label = more.labels().get(i);
                int place = place(key(more.examples(), value));
                if (place == values.size()) {
                    values.add(value);
                    labels.add(label);
                    listed.add(list || !label.isEmpty());
                } else {
                    labels.set(place, one(labels.get(place), label, value));
                    listed.set(place, listed.get(place) || list || !label.isEmpty());
                }
                without += list && labels.get(place).isEmpty() ? 1 : 0;
            }
            return without;
        }

        /** Where an example stands, or will. A text of a list may have an apostrophe before it, for spreadsheets. */
        private int place(String key) {
            Integer known = places.get(key);
            if (known == null && key.startsWith("'")) {
                known = places.get(key.substring(1));
            }
            if (known == null) {
                places.put(key, values.size());
            }
            return known == null ? values.size() : known;
        }

        private static String value(LabeledExamples examples, int index) {
            return examples instanceof LabeledFiles files
                    ? files.file(index).toAbsolutePath().toString()
                    : Objects.requireNonNull(((LabeledTexts) examples).text(index));
        }

        private static String key(LabeledExamples examples, String value) {
            if (examples instanceof LabeledTexts) {
                return value;
            }
            try {
                return Path.of(value).toRealPath().toString();
            } catch (IOException e) {
                // That it is missing is said once it is read.
                return Path.of(value).normalize().toString();
            }
        }

        private static String one(String known, String other, String value) {
            if (!known.isEmpty() && !other.isEmpty() && !known.equals(other)) {
                throw new DataException(Problem.of("An example has two labels.")
                        .where(value)
                        .expected("one label")
                        .found("'" + known + "' and '" + other + "'")
                        .fix("keep the right one"));
            }
            return known.isEmpty() ? other : known;
        }
    }

    /** Some of the examples, in this order. */
    public LabelingPool subset(int[] indexes) {
        boolean[] some = new boolean[indexes.length];
        IntStream.range(0, some.length).forEach(i -> some[i] = listed[indexes[i]]);
        return new LabelingPool(
                examples.subset(indexes),
                Arrays.stream(indexes).mapToObj(labels::get).toList(),
                some,
                notes);
    }

    /**
     * At most so many examples: those that are listed, and others drawn at random; says so.
     *
     * @param most how many
     * @param seed draws them
     */
    public LabelingPool atMost(int most, long seed) {
        int total = examples.size();
        if (total <= most) {
            return this;
        }
        int[] order = NestedSubsets.stratified(examples, List.of(total), seed).get(0);
        int[] chosen = IntStream.concat(
                        IntStream.of(order).filter(i -> listed[i]),
                        IntStream.of(order).filter(i -> !listed[i]))
                .limit(most)
                .sorted()
                .toArray();
        LabelingPool some = subset(chosen);
        List<String> more = new ArrayList<>(notes);
        more.add(
                "chosen among " + most + " of " + total + " examples, drawn at random: more would not fit into memory");
        return new LabelingPool(some.examples(), some.labels(), some.listed(), more);
    }
}
