package dev.graft.update;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.targets.Grades;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What two sets of examples tell together: the names of the first, then those that the second adds. */
final class JoinedTargets {
    private JoinedTargets() {}

    /**
     * The kind of both.
     *
     * @throws SettingsException if the kinds differ; or grades or numbers have other names, since grades have an order, and what an
     *     example's number was cannot be made up
     */
    static TargetKind kind(TargetKind first, TargetKind second) {
        if (first.getClass() != second.getClass()) {
            throw new SettingsException(Problem.of("Examples of another task cannot be added.")
                    .expected("examples for " + first.task())
                    .found("examples for " + second.task())
                    .fix("read them as the network's task"));
        }
        Set<String> names = new LinkedHashSet<>(first.names());
        names.addAll(second.names());
        boolean fixed = first instanceof Grades || first instanceof Numbers;
        boolean lacks = first instanceof Numbers && !second.names().containsAll(first.names());
        if ((fixed && names.size() > first.names().size()) || lacks) {
            throw new SettingsException(Problem.of("A network for " + first.task() + " keeps the names that it has.")
                    .expected(Excerpt.list(first.names()))
                    .found(Excerpt.list(second.names()))
                    .fix("fit it again on all examples"));
        }
        return TargetKind.of(first.task(), new ArrayList<>(names));
    }

    /** Targets by the names of another kind; a label that they do not know is one that no example has. */
    static Targets of(Targets given, TargetKind kind) {
        List<String> from = given.kind().names();
        if (kind.isOneOfNames()) {
            return Targets.ofIndexes(
                    kind,
                    Arrays.stream(given.labels())
                            .map(label -> kind.names().indexOf(from.get(label)))
                            .toArray());
        }
        int[] places = places(kind.names(), from);
        double[] values = new double[given.size() * places.length];
        for (int i = 0; i < values.length; i++) {
            int place = places[i % places.length];
            values[i] = place < 0 ? 0 : given.value(i / places.length, place);
        }
        return Targets.of(kind, values);
    }

    /** For each name its place among others; -1 for one that is not there. */
    static int[] places(List<String> names, List<String> among) {
        return names.stream().mapToInt(among::indexOf).toArray();
    }
}
