package dev.graft.cli;

import dev.graft.image.Augmentation;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How to train, as far as it is the same for source models and for transfer. */
final class OptimizationOptions {
    @Option(
            names = "--schedule",
            defaultValue = "constant",
            paramLabel = "NAME",
            converter = Choice.ScheduleName.class,
            description = "constant, cosine or one_cycle (${DEFAULT-VALUE}).")
    private Schedule schedule = Schedule.CONSTANT;

    @Option(
            names = "--weight-decay",
            defaultValue = "0",
            paramLabel = "X",
            converter = Range.NonNegativeNumber.class,
            description = "Weight decay, decoupled as in AdamW (${DEFAULT-VALUE}: plain Adam).")
    private double weightDecay;

    @Option(
            names = "--augment",
            defaultValue = "none",
            paramLabel = "NAME",
            converter = Choice.AugmentationName.class,
            description = "Random changes to training images: none, flip-shift or photographs (${DEFAULT-VALUE}).")
    private String augment = "none";

    /** The same settings with schedule and weight decay. */
    TrainingSettings in(TrainingSettings settings) {
        TrainingSettings scheduled = settings.withSchedule(schedule);
        return weightDecay > 0 ? scheduled.withOptimizer(Optimizer.adamW((float) weightDecay)) : scheduled;
    }

    Augmentation augmentation() {
        return Choice.AugmentationName.of(augment);
    }

    /** What was chosen, as options of a command that is shown. */
    String commandText() {
        return (weightDecay > 0 ? " --weight-decay " + weightDecay : "")
                + " --schedule " + schedule.name().toLowerCase(Locale.ROOT)
                + (augment.equals("none") ? "" : " --augment " + augment);
    }
}
