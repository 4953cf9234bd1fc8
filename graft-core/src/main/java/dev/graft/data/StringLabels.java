package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Labels by their classes' names, and as indexes into the list of classes.
 *
 * @param classNames the classes, each once
 * @param indexes the class of each example
 */
@SuppressWarnings("ArrayRecordComponent")
record StringLabels(List<String> classNames, int[] indexes) {
    /**
     * Finds the classes in the labels: their names in the order of their characters' codes.
     *
     * @param name the data's name, for messages
     * @throws DataException if there is no label, or one is null or blank
     */
    static StringLabels of(String name, List<String> labels) {
        List<String> given = Required.examples(labels, "label", name);
        if (given.isEmpty()) {
            throw new DataException(Problem.of("There are no examples, and so no classes.")
                    .where(name)
                    .expected("at least one example with its label")
                    .found("an empty list"));
        }
        return of(name, List.copyOf(new TreeSet<>(given)), given);
    }

    /**
     * Matches labels with classes that are given.
     *
     * @throws DataException if a class has no name of its own, or a label is null or none of the classes
     */
    static StringLabels of(String name, List<String> classNames, List<String> labels) {
        List<String> classes = List.copyOf(Required.examples(classNames, "class name", name));
        ClassNames.require(classes, name);
        Map<String, Integer> places = new HashMap<>();
        classes.forEach(className -> places.put(className, places.size()));
        List<String> given = Required.examples(labels, "label", name);
        int[] indexes = new int[given.size()];
        for (int i = 0; i < indexes.length; i++) {
            Integer place = places.get(given.get(i));
            if (place == null) {
                throw new DataException(Problem.of("A label is not one of the classes.")
                        .where(name + ", example " + i)
                        .expected(Excerpt.list(classes))
                        .found("'" + given.get(i) + "'"));
            }
            indexes[i] = place;
        }
        return new StringLabels(classes, indexes);
    }

    /**
     * Requires one label for each example.
     *
     * @param what what an example is, such as {@code text}
     * @throws DataException if there are more or fewer
     */
    static void requireOneForEach(int examples, int labels, String what, String name) {
        if (labels != examples) {
            throw new DataException(Problem.of("There must be one label for each " + what + ".")
                    .where(name)
                    .expected(examples + " labels")
                    .found(labels));
        }
    }

    /** Requires labels to be indexes of classes whose names are each their own. */
    static void requireIndexes(List<String> classNames, int[] labels, String what, String name) {
        ClassNames.require(Required.examples(classNames, "class name", name), name);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classNames.size()) {
                throw new DataException(Problem.of("A label is not one of the classes.")
                        .where(name + ", " + what + " " + i)
                        .expected("a label from 0 to " + (classNames.size() - 1))
                        .found(labels[i]));
            }
        }
    }
}
