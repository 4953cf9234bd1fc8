package dev.graft.training;

import dev.graft.backbone.Backbone;
import dev.graft.backbone.LowRank;
import dev.graft.bundle.AdapterModel;
import dev.graft.bundle.Bundle;
import dev.graft.bundle.Lineage;
import dev.graft.bundle.TransferModel;
import dev.graft.data.LabeledExamples;
import dev.graft.engine.Examples;
import dev.graft.engine.TrainableNetwork;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.optimization.CrossEntropy;
import dev.graft.result.EpochResult;
import dev.graft.result.GraftVersion;
import dev.graft.strategy.Phase;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a transfer gave: the weights, the history and the measurements. Holds no native memory. */
public final class TransferResult {
    private static final int BATCH = 256;

    private final Backbone source;
    private final Run run;
    private final WeightSet trained;
    private final List<EpochResult> history;
    private final double featureSeconds;
    private final double trainSeconds;
    private @Nullable Evaluation test;

    TransferResult(
            Backbone source,
            Run run,
            WeightSet weights,
            List<EpochResult> history,
            double featureSeconds,
            double trainSeconds) {
        this.source = source;
        this.run = run;
        this.trained = weights;
        this.history = List.copyOf(history);
        this.featureSeconds = featureSeconds;
        this.trainSeconds = trainSeconds;
    }

    /** The weights of all used stages, with what was trained beside them, and the head's. */
    public WeightSet weights() {
        return run.adapters() == null ? trained : run.adapters().merge(source.architecture(), trained);
    }

    /** What each epoch measured, over all phases. */
    public List<EpochResult> history() {
        return history;
    }

    /** Time spent on the frozen part, in seconds. */
    public double featureSeconds() {
        return featureSeconds;
    }

    /** Time spent on training the rest, in seconds. */
    public double trainSeconds() {
        return trainSeconds;
    }

    /** The values that the last phase trained. */
    public long trainableParameters() {
        return lastPlan().trainableParameters();
    }

    /**
     * The measurements on the test data.
     *
     * @throws SettingsException if the run had none
     */
    public Evaluation test() {
        if (test == null) {
            throw new SettingsException(Problem.of("This run had no test data.")
                    .fix("call .test(…), or .split(…) with a test part, before .run()"));
        }
        return test;
    }

    /** The trained network, ready to be measured, saved or used; adapters are part of its weights. */
    public TransferModel model() {
        return new TransferModel(
                source.architecture(),
                run.cut(),
                run.head().name(),
                run.headLayers(),
                run.train().classNames(),
                weights(),
                lineage());
    }

    /**
     * What was trained beside the backbone, without the backbone.
     *
     * @throws SettingsException if the strategy has no adapters
     */
    public AdapterModel adapters() {
        LowRank lowRank = run.adapters();
        if (lowRank == null) {
            throw new SettingsException(Problem.of("This run trained no adapters.")
                    .expected("the strategy lora")
                    .found(run.strategy())
                    .fix("save the whole network, with saveBundle"));
        }
        Map<String, FloatTensor> own = new LinkedHashMap<>(trained.asMap());
        own.keySet().removeAll(source.weights().names());
        return new AdapterModel(
                lowRank,
                run.cut(),
                run.head().name(),
                run.headLayers(),
                run.train().classNames(),
                WeightSet.of(own),
                lineage());
    }

    private Lineage lineage() {
        return new Lineage(
                source.id(),
                source.card().origin(),
                source.weights().digest(),
                run.strategy(),
                run.train().name(),
                run.train().digest(),
                run.train().size(),
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
        PhasePlan plan = lastPlan();
        Phase phase = lastPhase();
        try (FrozenPart frozen = new FrozenPart(plan, trained, cache);
                Examples examples = frozen.examples(View.plain(data));
                TrainableNetwork network = new TrainableNetwork(
                        plan.trainingPlan(), trained, plan.stepSettings(phase.rates(), run.settings()))) {
            float[][] probabilities = new float[data.size()][];
            for (int[] batch : Batches.of(examples.lengths(), 0, data.size(), BATCH)) {
                float[][] part = CrossEntropy.probabilities(network.logits(examples, batch), network.logitWidth());
                for (int i = 0; i < batch.length; i++) {
                    probabilities[batch[i]] = part[i];
                }
            }
            return new Evaluation(probabilities, FrozenPart.labels(data), data.classNames());
        }
    }

    void measureTest(LabeledExamples data) {
        test = evaluate(data, run.cache());
    }

    /** The stages that the last phase kept frozen, by name. */
    public Set<String> frozenStages() {
        Set<String> names = new LinkedHashSet<>();
        lastPlan().frozen().forEach(stage -> names.add(stage.name()));
        return names;
    }

    /** Where the backbone was cut. */
    public Cut cut() {
        return run.cut();
    }

    /** The head's name. */
    public String headName() {
        return run.head().name();
    }

    private Phase lastPhase() {
        return run.phases().get(run.phases().size() - 1);
    }

    private PhasePlan lastPlan() {
        return run.plan(lastPhase());
    }
}
