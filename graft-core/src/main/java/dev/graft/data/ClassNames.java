package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the names of classes must be: each its own, and none of them blank. */
public final class ClassNames {
    private static final Logger LOG = LoggerFactory.getLogger(ClassNames.class);
    private static final int SHOWN = 10;

    private ClassNames() {}

    /**
     * Checks the names of some data's classes.
     *
     * @param names the names, by label
     * @param where whose classes they are, for the message
     * @throws DataException if a name is blank or stands for two classes
     */
    public static void require(List<String> names, String where) {
        Problem problem = problem(names, where);
        if (problem != null) {
            throw new DataException(problem);
        }
    }

    /**
     * Checks the names of a network's classes.
     *
     * @param names the names, by label
     * @param where whose classes they are, for the message
     * @throws SettingsException if a name is blank or stands for two classes
     */
    public static void requireOfNetwork(List<String> names, String where) {
        Problem problem = problem(names, where);
        if (problem != null) {
            throw new SettingsException(problem);
        }
    }

    private static @Nullable Problem problem(List<String> names, String where) {
        Map<String, Integer> first = new LinkedHashMap<>();
        for (int label = 0; label < names.size(); label++) {
            String name = names.get(label);
            if (name.isBlank()) {
                return Problem.of("A class has no name.")
                        .where(where + ", class " + label)
                        .expected("a name that is not blank")
                        .found("'" + name + "'")
                        .fix("name the class");
            }
            Integer before = first.putIfAbsent(name, label);
            if (before != null) {
                return Problem.of("Two classes have one name.")
                        .where(where + ", classes " + before + " and " + label)
                        .expected("a name of its own for each class")
                        .found("'" + name + "' twice")
                        .fix("rename one of them, or make one class of both");
            }
        }
        return null;
    }

    /**
     * The labels of some data as labels of a network, whose classes may stand in another order: matched by name.
     *
     * @param network the network's classes, by label
     * @param data the labelled examples
     * @return for each example its label among the network's
     * @throws DataException if the data has other classes than the network, or two of one name
     */
    public static int[] labelsFor(List<String> network, LabeledExamples data) {
        List<String> own = data.classNames();
        require(own, data.name());
        requireSame(network, own, data.name());
        Map<String, Integer> known = new HashMap<>();
        network.forEach(name -> known.put(name, known.size()));
        int[] places = own.stream().mapToInt(known::get).toArray();
        int[] labels = ClassIndexes.labels(data);
        if (!own.equals(network)) {
            LOG.warn(
                    "'{}' has the network's classes in another order: they were matched by name ({} for {}).",
                    data.name(),
                    String.join(", ", own.subList(0, Math.min(SHOWN, own.size()))),
                    String.join(", ", network.subList(0, Math.min(SHOWN, network.size()))));
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= places.length) {
                throw new DataException(Problem.of("A label is not one of the classes.")
                        .where(data.name() + ", example " + i)
                        .expected("a label from 0 to " + (places.length - 1))
                        .found(labels[i]));
            }
        }
        return Arrays.stream(labels).map(label -> places[label]).toArray();
    }

    /**
     * Requires some data's names to be a network's, in whatever order.
     *
     * @throws DataException if one is missing or unknown
     */
    public static void requireSame(List<String> network, List<String> own, String where) {
        Set<String> lacking = new LinkedHashSet<>(network);
        own.forEach(lacking::remove);
        Set<String> unknown = new LinkedHashSet<>(own);
        network.forEach(unknown::remove);
        if (lacking.isEmpty() && unknown.isEmpty()) {
            return;
        }
        Problem problem = Problem.of("The data has other classes than the network.")
                .where(where)
                .expected(listed(network))
                .found(listed(own));
        if (!lacking.isEmpty()) {
            problem = problem.with("lacking", listed(lacking));
        }
        if (!unknown.isEmpty()) {
            problem = problem.with("unknown", listed(unknown));
        }
        throw new DataException(
                problem.fix("give data with the network's classes, by the names that it knows them by"));
    }

    private static String listed(Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(all::add);
        String more = all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "";
        return String.join(", ", all.subList(0, Math.min(SHOWN, all.size()))) + more;
    }
}
