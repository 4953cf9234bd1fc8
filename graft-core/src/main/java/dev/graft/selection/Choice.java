package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.SelectionResult;
import dev.graft.strategy.Strategy;

/**
 * What was chosen.
 *
 * @param backbone the source model
 * @param strategy the strategy
 * @param settings how to train
 * @param train what to train on: all training data, or as much of it as the budget allows
 * @param result the evidence
 */
record Choice(
        Backbone backbone,
        Strategy strategy,
        TrainingSettings settings,
        LabeledExamples train,
        SelectionResult result) {}
