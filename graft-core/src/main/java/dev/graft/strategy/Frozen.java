package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Stage;
import dev.graft.feature.Cut;
import java.util.List;

/** Where the frozen part of a backbone ends. */
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
        return List.of();
    }
}
