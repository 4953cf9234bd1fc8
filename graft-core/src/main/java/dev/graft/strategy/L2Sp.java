package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.error.Required;
import dev.graft.optimization.TrainingSettings;
import java.util.List;

/**
 * L2-SP: fine-tuning that holds the backbone near the weights that it started from, for small target tasks that are like the
 * source task (Xuhong et al. 2018, arXiv 1802.01483).
 *
 * @param fineTuning which stages are trained, and at which rates
 * @param penalty how strongly the backbone is held at its starting point, and the head at 0
 */
public record L2Sp(FineTuning fineTuning, Penalty penalty) implements Strategy {
    /** The name in results, without a stage. */
    public static final String NAME = "l2-sp";

    // The paper's section 4.2 searches 1e-3 to 1e-1 for the first, and sets the second.
    private static final Penalty DEFAULT = new Penalty(0.01, 0.01);

    /** Checks that both are there. */
    public L2Sp {
        Required.setting(fineTuning, "fine-tuning");
        Required.setting(penalty, "penalty");
    }

    /** All stages, with both strengths at 0.01. */
    public static L2Sp all() {
        return new L2Sp(FineTuning.all(), DEFAULT);
    }

    /** The named stage and those after it, with both strengths at 0.01. */
    public static L2Sp from(String stage) {
        return new L2Sp(FineTuning.from(stage), DEFAULT);
    }

    /** Returns a copy with other strengths. */
    public L2Sp withPenalty(double startingPoint, double head) {
        return new L2Sp(fineTuning, new Penalty(startingPoint, head));
    }

    @Override
    public String name() {
        return fineTuning.from() == null ? NAME : NAME + "@" + fineTuning.from();
    }

    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        return fineTuning.phases(architecture, settings).stream()
                .map(phase -> phase.withPenalty(penalty))
                .toList();
    }
}
