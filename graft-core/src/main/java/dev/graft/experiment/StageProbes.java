package dev.graft.experiment;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.FeatureCache;
import dev.graft.result.ProbeResult;
import dev.graft.result.SelectionResult;
import dev.graft.selection.Budget;
import dev.graft.selection.Probes;
import dev.graft.training.SideBySide;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Probes of every stage, as far as a choice has not made them and there is time. */
final class StageProbes {
    private final LabeledExamples train;
    private final FeatureCache cache;
    private final long seed;
    private final Budget budget;

    StageProbes(LabeledExamples train, FeatureCache cache, long seed, Budget budget) {
        this.train = train;
        this.cache = cache;
        this.seed = seed;
        this.budget = budget;
    }

    /** Measures them. */
    List<ProbeResult> measure(Backbone backbone) {
        return Probes.measure(backbone, train, cache, seed, SideBySide.whenNeeded());
    }

    /** Takes them from a choice that has compared the stages already, and adds the scores that it does not need. */
    List<ProbeResult> of(Backbone backbone, @Nullable SelectionResult choice) {
        List<ProbeResult> made = choice == null ? List.of() : Probes.of(backbone, choice);
        if (made.isEmpty()) {
            return !budget.isLimited() || budget.affords(0, "probes of every cut") ? measure(backbone) : made;
        }
        if (choice != null && budget.isLimited() && choice.examples() < Math.min(train.size(), Probes.MOST_EXAMPLES)) {
            // Their features were not all computed.
            budget.leaveOut("LogME and H-score of every cut");
            return made;
        }
        AtomicBoolean all = new AtomicBoolean(true);
        List<ProbeResult> scored = Probes.scored(made, backbone, train, cache, seed, SideBySide.whenNeeded(), () -> {
            boolean affordable = budget.left() > budget.kept();
            if (!affordable) {
                all.set(false);
            }
            return affordable;
        });
        if (!all.get()) {
            budget.leaveOut("LogME and H-score of every cut");
        }
        return scored;
    }
}
