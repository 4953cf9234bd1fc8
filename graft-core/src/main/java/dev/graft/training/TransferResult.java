package dev.graft.training;

import dev.graft.backbone.Backbone;
import dev.graft.backbone.LowRank;
import dev.graft.bundle.AdapterModel;
import dev.graft.bundle.Bundle;
import dev.graft.bundle.Confidence;
import dev.graft.bundle.Lineage;
import dev.graft.bundle.TransferModel;
import dev.graft.data.LabeledExamples;
import dev.graft.data.Tokenization;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.result.EpochResult;
import dev.graft.result.GraftVersion;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a transfer gave: the weights, the history and the measurements. Holds no native memory. */
public final class TransferResult {
    private final Backbone source;
    private final Trained trained;

    TransferResult(Backbone source, Trained trained) {
        this.source = source;
        this.trained = trained;
    }

    /** The weights of all used stages, with what was trained beside them, and the head's. */
    public WeightSet weights() {
        LowRank lowRank = trained.run().adapters();
        return lowRank == null ? trained.weights() : lowRank.merge(source.architecture(), trained.weights());
    }

    /** What each epoch measured, over all phases. */
    public List<EpochResult> history() {
        return trained.history();
    }

    /** Time spent on the frozen part, in seconds. */
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

    /**
     * The measurements on the test data.
     *
     * @throws SettingsException if the run had none
     */
    public Evaluation test() {
        return trained.test();
    }

    /** Whether something was trained beside the backbone that makes a bundle without it. */
    public boolean hasAdapters() {
        return trained.run().adapters() != null;
    }

    /** The trained network, ready to be measured, saved or used; adapters are part of its weights. */
    public TransferModel model() {
        Run run = trained.run();
        return new TransferModel(
                source.architecture(),
                cut(),
                run.head().name(),
                run.headLayers(),
                run.train().whole().classNames(),
                weights(),
                lineage());
    }

    /**
     * What was trained beside the backbone, without the backbone.
     *
     * @throws SettingsException if the strategy has no adapters
     */
    public AdapterModel adapters() {
        Run run = trained.run();
        LowRank lowRank = run.adapters();
        if (lowRank == null) {
            throw new SettingsException(Problem.of("This run trained no adapters.")
                    .expected("the strategy lora")
                    .found(run.strategy())
                    .fix("save the whole network, with saveBundle"));
        }
        Map<String, FloatTensor> own = new LinkedHashMap<>(trained.weights().asMap());
        own.keySet().removeAll(source.weights().names());
        return new AdapterModel(
                lowRank,
                cut(),
                run.head().name(),
                run.headLayers(),
                run.train().whole().classNames(),
                WeightSet.of(own),
                lineage(),
                source.architecture().preparation() instanceof Tokenization texts ? texts.maxTokens() : null,
                Confidence.RAW);
    }

    private Lineage lineage() {
        Run run = trained.run();
        LabeledExamples train = run.train().whole();
        return new Lineage(
                source.id(),
                source.card().origin(),
                source.weights().digest(),
                run.strategy(),
                train.name(),
                train.digest(),
                train.size(),
                run.settings().seed(),
                GraftVersion.current());
    }

    /**
     * Writes the network as a bundle, all that prediction needs.
     *
     * @throws SettingsException if the directory exists and is not empty
     */
    public void saveBundle(Path directory) {
        Bundle.write(directory, model(), false);
    }

    /** Measures the network on other data, with the frozen part through the given cache. */
    public Evaluation evaluate(LabeledExamples data, FeatureCache cache) {
        return trained.evaluate(data, cache);
    }

    /** The stages that the last phase kept frozen, by name. */
    public Set<String> frozenStages() {
        Set<String> names = new LinkedHashSet<>();
        trained.lastPlan().branches().get(0).frozen().forEach(stage -> names.add(stage.name()));
        return names;
    }

    /** Where the backbone was cut. */
    public Cut cut() {
        return trained.run().branches().get(0).cut();
    }

    /** The head's name. */
    public String headName() {
        return trained.run().head().name();
    }
}
