package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some classes of labelled examples.
 *
 * @param names their names, in the order of the data's own classes
 * @param indexes the examples of these classes
 * @param labels the class of each of them, as an index into {@code names}
 */
@SuppressWarnings("ArrayRecordComponent")
record ChosenClasses(List<String> names, int[] indexes, int[] labels) {
    /**
     * Chooses classes by name.
     *
     * @throws DataException if the data has no class of a name, or one class alone is left
     */
    static ChosenClasses of(LabeledExamples all, List<String> names) {
        List<String> unknown =
                names.stream().filter(name -> !all.classNames().contains(name)).toList();
        if (!unknown.isEmpty() || names.isEmpty()) {
            throw new DataException(Problem.of("'" + all.name() + "' lacks classes that were asked for.")
                    .expected("some of " + Excerpt.list(all.classNames()))
                    .found(names.isEmpty() ? "none" : Excerpt.list(unknown))
                    .fix("name classes that the data has"));
        }
        List<String> kept = all.classNames().stream().filter(names::contains).toList();
        if (kept.size() < 2) {
            throw new DataException(Problem.of("One class of '" + all.name() + "' alone was asked for.")
                    .expected("two classes or more, of " + String.join(", ", all.classNames()))
                    .found(kept.get(0))
                    .fix("name another one too: one class leaves nothing to tell apart"));
        }
        int[] renamed = all.classNames().stream().mapToInt(kept::indexOf).toArray();
        int[] indexes = IntStream.range(0, all.size())
                .filter(i -> renamed[all.label(i)] >= 0)
                .toArray();
        return new ChosenClasses(
                kept,
                indexes,
                IntStream.of(indexes).map(i -> renamed[all.label(i)]).toArray());
    }
}
