package dev.graft.selection;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Renamed;
import dev.graft.strategy.Strategies;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Strategies by name for the branches of a network: {@code fine-tuning}, or {@code fine-tuning@photo/stage3}. */
final class BranchStrategy {
    private static final String FEATURE_EXTRACTION = "feature-extraction";

    private BranchStrategy() {}

    /**
     * The approach of that name.
     *
     * @param pretrained the branches that have a source model
     * @throws SettingsException if there is no such strategy, branch or stage
     */
    static Approach named(String text, List<Branch> pretrained, UnaryOperator<TrainingSettings> changes) {
        int at = text.indexOf('@');
        if (pretrained.isEmpty() && !text.equals(FEATURE_EXTRACTION)) {
            throw new SettingsException(Problem.of("A table of numbers and categories has no backbone to train.")
                    .expected(FEATURE_EXTRACTION + ", or auto")
                    .found(text)
                    .fix("leave the strategy out, or add a column of pictures or texts"));
        }
        if (at < 0) {
            Strategy whole = text.equals(FEATURE_EXTRACTION)
                    ? FeatureExtraction.defaults()
                    : Strategies.named(text, architecture(pretrained.get(0)));
            return given(new Renamed(text, whole), UnaryOperator.identity(), changes);
        }
        Branch chosen = branch(text, text.substring(at + 1), pretrained);
        String stages = text.substring(at + 1 + chosen.name().length());
        String own = text.substring(0, at) + (stages.isEmpty() ? "" : "@" + stages.substring(1));
        Strategy strategy = Strategies.named(own, architecture(chosen));
        Branch trained = chosen.cut(strategy.cut(architecture(chosen))).with(strategy);
        return given(
                new Renamed(text, FeatureExtraction.defaults()),
                network -> network.stream()
                        .map(branch -> branch.name().equals(chosen.name()) ? trained : branch)
                        .toList(),
                changes);
    }

    private static Approach given(
            Strategy strategy, UnaryOperator<List<Branch>> branches, UnaryOperator<TrainingSettings> changes) {
        return new Given(
                strategy,
                branches,
                task -> usual -> changes.apply(usual).withSeed(task.settings().seed()));
    }

    private static Branch branch(String text, String place, List<Branch> pretrained) {
        Optional<Branch> found = pretrained.stream()
                .filter(branch -> place.equals(branch.name()) || place.startsWith(branch.name() + "/"))
                .findFirst();
        return found.orElseThrow(() -> new SettingsException(Problem.of(
                        "A strategy for items names no branch of theirs.")
                .where(text)
                .expected("behind the @ the column of a picture or a text, and perhaps a slash and a stage, as in"
                        + " fine-tuning@photo/stage3")
                .found(place)
                .fix("name one of " + pretrained.stream().map(Branch::name).toList()
                        + ", or leave the @ out, for all of them")));
    }

    private static Architecture architecture(Branch branch) {
        return Objects.requireNonNull(branch.backbone()).architecture();
    }
}
