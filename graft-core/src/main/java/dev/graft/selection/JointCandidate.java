package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.result.CandidateResult;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network of branches, judged.
 *
 * @param network the branches, each cut somewhere, all frozen but at most one
 * @param trial how the one that is trained is trained; null if all are frozen
 * @param strategy the strategy of the whole network, under its name in results
 * @param judged its predictions of held-out examples
 * @param seconds what judging it took
 */
record JointCandidate(
        List<Branch> network, Trials.@Nullable Trial trial, Strategy strategy, OutOfFold judged, double seconds) {
    /** Where the branches with a source model are cut, such as {@code photo/conv1+conv2 and title/pooled}. */
    String cuts() {
        return pretrained(network).stream()
                .map(branch -> branch.name() + "/"
                        + Objects.requireNonNull(branch.cut()).stageNames())
                .collect(Collectors.joining(" and "));
    }

    CandidateResult row(int[] examples, boolean chosen) {
        List<Branch> pretrained = pretrained(network);
        return new CandidateResult(
                backbones(pretrained),
                strategy.name(),
                cuts(),
                pretrained.stream()
                        .map(branch -> Objects.requireNonNull(branch.cut()))
                        .filter(cut -> !cut.isPooledBy(Pooling.NONE))
                        .map(Cut::poolingLabel)
                        .distinct()
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining("+"), joined -> joined.isEmpty() ? "none" : joined)),
                null,
                null,
                examples.length,
                judged.score(examples),
                judged.interval(examples),
                judged.meanLoss(examples),
                seconds,
                chosen);
    }

    static List<Branch> pretrained(List<Branch> network) {
        return network.stream().filter(branch -> branch.backbone() != null).toList();
    }

    static String backbones(List<Branch> network) {
        return pretrained(network).stream()
                .map(Branch::backbone)
                .filter(Objects::nonNull)
                .map(Backbone::id)
                .collect(Collectors.joining("+"));
    }
}
