package dev.graft.prediction;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.PredictionSets;
import dev.graft.model.ClassRecord;
import dev.graft.model.HeldOut;
import dev.graft.model.ModelBranch;
import dev.graft.prediction.BatchedNetwork.FeatureSink;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.UnknownRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network's record of its classes in use. The covariance is factored when it is first needed, which takes some tenths of a second
 * where features are many. Safe for use by several threads.
 */
final class RecordedClasses {
    private final List<ModelBranch> branches;
    private final @Nullable ClassRecord record;
    private @Nullable ClassDistances distances;

    RecordedClasses(List<ModelBranch> branches, @Nullable ClassRecord record) {
        this.branches = branches;
        this.record = record;
    }

    @Nullable
    ClassRecord record() {
        return record;
    }

    /** How unknown examples are told; null if they are not. */
    @Nullable
    UnknownRule rule() {
        return record == null ? null : record.unknown();
    }

    /** The record, or an error that says what is lacking. */
    ClassRecord required() {
        if (record == null) {
            throw new SettingsException(Problem.of("This network keeps no record of its classes.")
                    .expected("a network that was fitted, or added to, since there are such records")
                    .found("one without, a backbone, or adapters")
                    .fix("fit it again"));
        }
        return record;
    }

    /** What is kept of held-out examples, or an error that says that nothing is. */
    HeldOut heldOut() {
        HeldOut heldOut = required().heldOut();
        if (heldOut == null) {
            throw new SettingsException(Problem.of("This network keeps nothing of held-out examples.")
                    .expected("a network that was fitted with validation data")
                    .found("one that was fitted without")
                    .fix("fit it again, with a part of the examples for validation"));
        }
        return heldOut;
    }

    /** Sets of classes that hold the true one so often, by what was said of held-out examples. */
    PredictionSets sets(double coverage) {
        HeldOut known = heldOut();
        return PredictionSets.of(known.answers(), known.labels(), coverage);
    }

    /** Takes features, and puts the distances of the examples into their places. */
    FeatureSink distancesInto(Distance[] found) {
        ClassDistances known = distances();
        return (example, rows, offset) -> found[example] = known.of(rows, offset);
    }

    private synchronized ClassDistances distances() {
        if (distances == null) {
            distances = required().distances(branches);
        }
        return distances;
    }
}
