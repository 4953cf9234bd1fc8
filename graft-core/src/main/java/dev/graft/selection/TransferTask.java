package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.FeatureCache;
import dev.graft.optimization.TrainingSettings;
import dev.graft.training.Cores;
import dev.graft.training.NetworkTraining;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is to be transferred to what.
 *
 * @param sources the source models to choose from, or the branches of a network for items
 * @param train training data
 * @param validation data that is watched but not learned from; null if there is none
 * @param settings how to train where the strategy does not decide it; its seed rules everything
 * @param changes added to every training, trials included: augmentation, balance
 * @param last added to the final training alone: listener, checkpoints, resume
 * @param cache keeps features; its owner closes it
 * @param cores where trials run
 * @param stopRequested whether to stop
 * @param progress hears, in words, what a choice has measured so far; by the thread that asked for it
 * @param budget the time that everything may take, also what comes after the training
 * @param judged how many examples are judged after the training, as far as that matters to the budget
 */
public record TransferTask(
        SourceModels sources,
        LabeledExamples train,
        @Nullable LabeledExamples validation,
        TrainingSettings settings,
        UnaryOperator<NetworkTraining> changes,
        UnaryOperator<NetworkTraining> last,
        FeatureCache cache,
        Cores cores,
        BooleanSupplier stopRequested,
        Consumer<String> progress,
        Budget budget,
        int judged) {
    /** Without a budget. */
    public TransferTask(
            SourceModels sources,
            LabeledExamples train,
            @Nullable LabeledExamples validation,
            TrainingSettings settings,
            UnaryOperator<NetworkTraining> changes,
            UnaryOperator<NetworkTraining> last,
            FeatureCache cache,
            Cores cores,
            BooleanSupplier stopRequested,
            Consumer<String> progress) {
        this(
                sources,
                train,
                validation,
                settings,
                changes,
                last,
                cache,
                cores,
                stopRequested,
                progress,
                Budget.unlimited(),
                0);
    }

    /** The first source model, for a strategy that does not choose. */
    Backbone backbone() {
        return backbones().get(0);
    }

    /** The source models to choose from. */
    List<Backbone> backbones() {
        return sources.backbones();
    }

    /** Returns a copy with other examples to learn from. */
    TransferTask withTrain(LabeledExamples others) {
        return with(sources, others);
    }

    /** Returns a copy with other source models. */
    TransferTask withSources(SourceModels others) {
        return with(others, train);
    }

    private TransferTask with(SourceModels otherSources, LabeledExamples examples) {
        return new TransferTask(
                otherSources,
                examples,
                validation,
                settings,
                changes,
                last,
                cache,
                cores,
                stopRequested,
                progress,
                budget,
                judged);
    }
}
