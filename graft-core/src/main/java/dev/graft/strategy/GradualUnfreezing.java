package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.error.Required;
import dev.graft.layer.Stage;
import dev.graft.optimization.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * First the head, then the last stage too, then the one before it, and so on, each at a lower learning rate than the one
 * after it (Howard and Ruder 2018, arXiv 1801.06146).
 *
 * @param stages the stages to unfreeze, last first; empty for every stage that has weights
 */
public record GradualUnfreezing(List<String> stages) implements Strategy {
    // Howard and Ruder 2018, section 3.2.
    private static final double STAGE_DECAY = 1 / 2.6;

    /** Copies the list. */
    public GradualUnfreezing {
        stages = List.copyOf(Required.examples(stages, "stage", "gradual unfreezing"));
    }

    /** Unfreezes the named stages, in this order: the last one first. */
    public static GradualUnfreezing through(String... stages) {
        return new GradualUnfreezing(Arrays.asList(stages));
    }

    /** Unfreezes every stage that has weights. */
    public static GradualUnfreezing all() {
        return new GradualUnfreezing(List.of());
    }

    @Override
    public String name() {
        return "gradual-unfreezing";
    }

    /** One epoch for the head and for each stage but the last to be unfrozen, which gets the settings' epochs. */
    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        List<String> order = stages.isEmpty() ? trainable(architecture) : stages;
        double rate = settings.learningRate();
        List<Phase> phases = new ArrayList<>();
        phases.add(new Phase("head", Frozen.everything(), 1, LearningRates.same(rate), settings.schedule()));
        for (int i = 0; i < order.size(); i++) {
            String stage = order.get(i);
            boolean last = i == order.size() - 1;
            phases.add(new Phase(
                    "from " + stage,
                    Frozen.before(architecture, stage),
                    last ? settings.epochs() : 1,
                    new LearningRates(rate, rate * STAGE_DECAY, STAGE_DECAY),
                    settings.schedule()));
        }
        return phases;
    }

    private List<String> trainable(Architecture architecture) {
        List<String> names =
                new ArrayList<>(architecture.stagesThrough(cut(architecture).last(architecture)).stream()
                        .filter(stage -> !stage.parameters().isEmpty())
                        .map(Stage::name)
                        .toList());
        Collections.reverse(names);
        return names;
    }
}
