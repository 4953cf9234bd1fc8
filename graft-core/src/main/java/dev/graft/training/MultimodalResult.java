package dev.graft.training;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Lineage;
import dev.graft.bundle.MultimodalBundle;
import dev.graft.bundle.MultimodalModel;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledItems;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Fusion;
import dev.graft.result.EpochResult;
import dev.graft.result.GraftVersion;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What training a network of several branches gave: weights, history and measurements. Holds no native memory. */
public final class MultimodalResult {
    private final List<Branch> branches;
    private final Fusion fusion;
    private final Trained trained;

    MultimodalResult(List<Branch> branches, Fusion fusion, Trained trained) {
        this.branches = branches;
        this.fusion = fusion;
        this.trained = trained;
    }

    /** The weights of all branches, each tensor's name after its branch's, such as {@code photo/stem.weight}, and the head's. */
    public WeightSet weights() {
        return trained.weights();
    }

    /** What each epoch measured, over all phases. */
    public List<EpochResult> history() {
        return trained.history();
    }

    /** Time spent on the frozen parts, in seconds. */
    public double featureSeconds() {
        return trained.featureSeconds();
    }

    /** Time spent on training the rest, in seconds. */
    public double trainSeconds() {
        return trained.trainSeconds();
    }

    /** The values that the last phase trained. */
    public long trainableParameters() {
        return trained.lastPlan().trainableParameters();
    }

    /** The stages that the last phase kept frozen, each after its branch's name and a slash. */
    public Set<String> frozenStages() {
        Set<String> names = new LinkedHashSet<>();
        for (BranchPlan branch : trained.lastPlan().branches()) {
            branch.frozen().forEach(stage -> names.add(branch.prefix() + stage.name()));
        }
        return names;
    }

    /**
     * The measurements on the test data.
     *
     * @throws SettingsException if the run had none
     */
    public Evaluation test() {
        return trained.test();
    }

    /** Measures the network on other items, with the frozen parts through the given cache. */
    public Evaluation evaluate(LabeledItems items, FeatureCache cache) {
        return trained.evaluate(items, cache);
    }

    /** The trained network, ready to be saved or used. */
    public MultimodalModel model() {
        Run run = trained.run();
        LabeledExamples train = run.train().whole();
        List<MultimodalModel.Branch> parts = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            Branch branch = branches.get(i);
            SourceBranch source = run.branches().get(i);
            parts.add(new MultimodalModel.Branch(
                    branch.name(), branch.kind(), branch.columns(), source.architecture(), source.cut()));
        }
        Lineage lineage = new Lineage(
                backbones(Backbone::id),
                backbones(backbone -> backbone.card().origin()),
                backbones(backbone -> backbone.weights().digest()),
                run.strategy(),
                train.name(),
                train.digest(),
                train.size(),
                run.settings().seed(),
                GraftVersion.current());
        return new MultimodalModel(
                parts, fusion.name(), run.head().name(), run.headLayers(), train.classNames(), weights(), lineage);
    }

    /**
     * Writes the network as a bundle, all that prediction needs.
     *
     * @throws SettingsException if the directory exists and is not empty
     */
    public void saveBundle(Path directory) {
        MultimodalBundle.write(directory, model(), false);
    }

    private String backbones(Function<Backbone, String> part) {
        return branches.stream()
                .map(Branch::backbone)
                .filter(Objects::nonNull)
                .map(part)
                .collect(Collectors.joining("+"));
    }
}
