package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.evaluation.Evaluation;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Strategy;
import dev.graft.training.TrainingListener;
import dev.graft.training.TransferLearning;
import dev.graft.training.TransferResult;
import java.util.stream.IntStream;

/** Ways to train the backbone itself, and how each is tried on a fold. */
final class Trials {
    private static final int FEW_EXAMPLES = 400;
    private static final int MOST_STEPS = 4000;

    private Trials() {}

    /**
     * A strategy that trains the backbone, with its settings.
     *
     * @param strategy the strategy
     * @param rate the learning rate; 0 to train as the task's settings say
     * @param recipe how long
     */
    record Trial(Strategy strategy, double rate, Recipe recipe) {
        TrainingSettings settings(TrainingSettings base, int examples) {
            if (rate == 0) {
                return base;
            }
            int batch = examples < FEW_EXAMPLES ? 16 : 32;
            int steps = Math.max(recipe.fewestSteps(), Math.min(MOST_STEPS, recipe.epochs() * examples / batch));
            int epochs = Math.max(1, (int) Math.round((double) steps * batch / examples));
            return base.withBatchSize(batch)
                    .withEpochs(epochs)
                    .withLearningRate(rate)
                    .withSchedule(Schedule.ONE_CYCLE)
                    .withPatience(0);
        }
    }

    /** A training with what the task asks of every training. */
    static TransferLearning learning(
            TransferTask task, LabeledExamples train, Backbone backbone, Strategy strategy, TrainingSettings settings) {
        TransferLearning learning = TransferLearning.on(train)
                .backbone(backbone)
                .strategy(strategy)
                .training(settings)
                .stopWhen(task.stopRequested())
                .cache(task.cache());
        return task.changes().apply(learning);
    }

    /** Trains without a fold's examples, and judges on them. */
    static void judge(
            TransferTask task, LabeledExamples data, Backbone backbone, Trial trial, int[] fold, OutOfFold judged) {
        LabeledExamples train = data.subset(Partition.others(data.size(), fold));
        LabeledExamples held = data.subset(fold);
        TransferResult result = learning(
                        task, train, backbone, trial.strategy(), trial.settings(task.settings(), train.size()))
                .listener(TrainingListener.SILENT)
                .run();
        Evaluation evaluation = result.evaluate(held, task.cache());
        IntStream.range(0, fold.length)
                .forEach(i -> judged.judge(fold[i], evaluation.probabilities()[i], held.label(i)));
    }
}
