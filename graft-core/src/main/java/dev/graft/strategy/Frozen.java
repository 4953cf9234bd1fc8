package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Cut;
import dev.graft.layer.Stage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the frozen part of a backbone ends; of a network with several branches, of each of its backbones. */
public sealed interface Frozen {
    /** No stage is frozen: everything is trained. */
    record Nothing() implements Frozen {}

    /**
     * The stages through the named one are frozen.
     *
     * @param stage the last frozen stage
     */
    record Through(String stage) implements Frozen {}

    /** The whole backbone is frozen: only the head is trained. */
    record Everything() implements Frozen {}

    /**
     * Each branch of a network is frozen as far as is said for it.
     *
     * @param branches by the branch's name
     */
    record ByBranch(Map<String, Frozen> branches) implements Frozen {
        /** Copies the map. */
        public ByBranch {
            branches = Collections.unmodifiableMap(new LinkedHashMap<>(branches));
        }
    }

    /** Only the head is trained. */
    static Frozen everything() {
        return new Everything();
    }

    /** Everything is trained. */
    static Frozen nothing() {
        return new Nothing();
    }

    /** The named stage and those before it are frozen. */
    static Frozen through(String stage) {
        return new Through(stage);
    }

    /** Everything before the named stage is frozen. */
    static Frozen before(Architecture architecture, String stage) {
        int position = architecture.position(stage);
        return position == 0
                ? nothing()
                : through(architecture.stages().get(position - 1).name());
    }

    /** Each branch is frozen as far as is said for it; a branch that nothing is said of, entirely. */
    static Frozen byBranch(Map<String, Frozen> branches) {
        return new ByBranch(branches);
    }

    /** Where the frozen part of one branch ends. */
    default Frozen of(String branch) {
        return this instanceof ByBranch each ? each.branches().getOrDefault(branch, everything()) : this;
    }

    /**
     * The frozen stages of a backbone that is cut there, in order.
     *
     * @throws dev.graft.error.SettingsException if the named stage does not exist
     */
    default List<Stage> stages(Architecture architecture, Cut cut) {
        List<Stage> used = architecture.stagesThrough(cut.last(architecture));
        if (this instanceof Everything) {
            return used;
        } else if (this instanceof Through through) {
            int count = architecture.position(through.stage()) + 1;
            return used.subList(0, Math.min(count, used.size()));
        }
        if (this instanceof ByBranch) {
            throw new IllegalStateException("asked of all branches together");
        }
        return List.of();
    }
}
