package dev.graft.cli;

import dev.graft.image.Augmentation;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to train, as far as it is the same for source models and for transfer. */
final class OptimizationOptions {
    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            converter = NamedValue.ScheduleName.class,
            description = "constant, cosine, one_cycle or linear_warm_up (constant; for a transformer that is trained,"
                    + " linear_warm_up).")
    private @Nullable Schedule schedule;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            converter = Range.NonNegativeNumber.class,
            description =
                    "Weight decay, decoupled as in AdamW (0, which is plain Adam; for a transformer that is trained,"
                            + " 0.01).")
    private @Nullable Double weightDecay;

    @Option(
            names = "--augment",
            defaultValue = "none",
            paramLabel = "NAME",
            converter = NamedValue.AugmentationName.class,
            description = "Random changes to training images: none, flip-shift or photographs (${DEFAULT-VALUE}).")
    private String augment = "none";

    /** Returns the settings with schedule and weight decay. */
    TrainingSettings in(TrainingSettings settings) {
        TrainingSettings scheduled = schedule == null ? settings : settings.withSchedule(schedule);
        if (weightDecay == null) {
            return scheduled;
        }
        return scheduled.withOptimizer(weightDecay > 0 ? Optimizer.adamW(weightDecay.floatValue()) : Optimizer.adam());
    }

    Augmentation augmentation() {
        return NamedValue.AugmentationName.of(augment);
    }

    /** What was chosen, as options of a command that is shown. */
    String commandText() {
        Schedule shown = schedule == null ? Schedule.CONSTANT : schedule;
        return (weightDecay != null && weightDecay > 0 ? " --weight-decay " + weightDecay : "")
                + " --schedule " + shown.name().toLowerCase(Locale.ROOT)
                + (augment.equals("none") ? "" : " --augment " + augment);
    }
}
