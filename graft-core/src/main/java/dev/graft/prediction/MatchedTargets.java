package dev.graft.prediction;

import dev.graft.data.ClassNames;
import dev.graft.data.LabeledExamples;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;

/** The targets of some data in the order of a network's names. */
final class MatchedTargets {
    private MatchedTargets() {}

    /**
     * Matches by name.
     *
     * @throws DataException if the data has another kind of target or other names than the network
     */
    static Targets of(TargetKind kind, LabeledExamples data) {
        TargetKind own = data.kind();
        if (own.getClass() != kind.getClass()) {
            throw new DataException(Problem.of("The data says something else of its examples than the network.")
                    .where(data.name())
                    .expected("data for " + kind.task())
                    .found("data for " + own.task())
                    .fix("read the data as the network's task, or use a network for the data's"));
        }
        if (kind.isOneOfNames()) {
            return Targets.ofIndexes(kind, ClassNames.labelsFor(kind.names(), data));
        }
        ClassNames.requireSame(kind.names(), own.names(), data.name());
        int[] places = kind.names().stream().mapToInt(own.names()::indexOf).toArray();
        Targets given = data.targets();
        double[] values = new double[given.size() * places.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = given.value(i / places.length, places[i % places.length]);
        }
        return Targets.of(kind, values);
    }
}
