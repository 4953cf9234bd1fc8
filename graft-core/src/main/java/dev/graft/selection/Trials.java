package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.ColumnKind;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledItems;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.FeatureCache;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Strategy;
import dev.graft.targets.TargetScale;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TrainingListener;
import dev.graft.training.TransferResult;
import java.util.List;
import java.util.function.UnaryOperator;

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
    static NetworkTraining learning(
            TransferTask task, LabeledExamples train, Backbone backbone, Strategy strategy, TrainingSettings settings) {
        return learning(task, train, List.of(Branch.only(backbone)), strategy, usual -> settings);
    }

    /** A training of some branches with what the task asks of every training. */
    static NetworkTraining learning(
            TransferTask task,
            LabeledExamples train,
            List<Branch> network,
            Strategy strategy,
            UnaryOperator<TrainingSettings> settings) {
        NetworkTraining learning = NetworkTraining.on(train)
                .strategy(strategy)
                .training(settings)
                .stopWhen(task.stopRequested())
                .cache(task.cache());
        network.forEach(learning::branch);
        return task.changes().apply(learning);
    }

    /** Trains without a fold's examples, and judges on them. */
    static void judge(
            TransferTask task, LabeledExamples data, Backbone backbone, Trial trial, int[] fold, OutOfFold judged) {
        int train = data.size() - fold.length;
        NetworkTraining learning = learning(
                task,
                part(task, data, Partition.others(data.size(), fold)),
                backbone,
                trial.strategy(),
                trial.settings(task.settings(), train));
        judge(learning, task, data, fold, judged);
    }

    /** Trains, and judges on a fold's examples. */
    static void judge(NetworkTraining learning, TransferTask task, LabeledExamples data, int[] fold, OutOfFold judged) {
        LabeledExamples held = part(task, data, fold);
        TransferResult result = learning.listener(TrainingListener.SILENT).run();
        Evaluation evaluation = result.evaluate(held, task.cache());
        TargetScale scale = TargetScale.of(data.targets());
        boolean plain = scale.isPlain();
        for (int i = 0; i < fold.length; i++) {
            float[] answer = evaluation.answers()[i];
            for (int k = 0; !plain && k < answer.length; k++) {
                answer[k] = (float) scale.standardised(k, answer[k]);
            }
            judged.judge(fold[i], answer);
        }
    }

    /** Nothing judged yet, of some examples. */
    static OutOfFold unjudged(LabeledExamples data) {
        return OutOfFold.unjudged(TargetScale.of(data.targets()).standardised(data.targets()));
    }

    /** Some of the examples, whose frozen features are read from those of all. */
    static LabeledExamples part(TransferTask task, LabeledExamples data, int[] indexes) {
        LabeledExamples part = data.subset(indexes);
        if (data instanceof LabeledItems) {
            for (Branch branch : task.sources().pretrained()) {
                share(task, columnOf(data, branch), columnOf(part, branch), indexes);
            }
        } else {
            share(task, data, part, indexes);
        }
        return part;
    }

    /** What a branch with a source model takes of items. */
    static LabeledExamples columnOf(LabeledExamples data, Branch branch) {
        String column = branch.columns().get(0);
        LabeledItems items = (LabeledItems) data;
        return branch.kind() == ColumnKind.IMAGE ? items.images(column) : items.texts(column);
    }

    private static void share(TransferTask task, LabeledExamples whole, LabeledExamples part, int[] indexes) {
        task.cache().share(part.digest(), new FeatureCache.Part(whole, indexes));
    }
}
