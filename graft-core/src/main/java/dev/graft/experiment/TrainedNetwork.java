package dev.graft.experiment;

import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.result.EpochResult;
import dev.graft.result.StageSummary;
import dev.graft.training.TransferResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a row of results says of a network that was trained, whether it has one branch or several.
 *
 * @param cut where its frozen part ends
 * @param pooling how its features are pooled
 * @param head its head's name
 * @param history what each epoch measured
 * @param featureSeconds time spent on the frozen part, in seconds
 * @param trainSeconds time spent on training the rest, in seconds
 * @param trainableParameters the values that the last phase trained
 * @param totalParameters all that training may touch
 * @param summary the network, stage by stage
 */
record TrainedNetwork(
        String cut,
        String pooling,
        String head,
        List<EpochResult> history,
        double featureSeconds,
        double trainSeconds,
        long trainableParameters,
        long totalParameters,
        List<StageSummary> summary) {
    private static final String NONE = "none";

    static TrainedNetwork of(TransferResult result) {
        TransferModel model = result.model();
        Set<String> frozen = result.frozenStages();
        List<ModelBranch> cut = model.branches().stream()
                .filter(ModelBranch::hasBackbone)
                .filter(branch -> frozen.stream().anyMatch(stage -> stage.startsWith(branch.prefix())))
                .toList();
        return new TrainedNetwork(
                joined(cut.stream()
                        .map(branch -> branch.prefix() + branch.cut().stageNames())
                        .toList()),
                joined(model.branches().stream()
                        .map(branch -> branch.cut().poolingLabel())
                        .filter(label -> !label.equals(NONE))
                        .distinct()
                        .toList()),
                model.branches().size() == 1 ? model.headName() : model.fusionName() + " + " + model.headName(),
                result.history(),
                result.featureSeconds(),
                result.trainSeconds(),
                result.trainableParameters(),
                model.totalParameters(),
                model.summary(frozen));
    }

    /** Returns a copy with times that are means over several seeds. */
    TrainedNetwork withSeconds(double features, double training) {
        return new TrainedNetwork(
                cut, pooling, head, history, features, training, trainableParameters, totalParameters, summary);
    }

    private static String joined(List<String> parts) {
        return parts.isEmpty() ? NONE : parts.stream().collect(Collectors.joining("+"));
    }
}
