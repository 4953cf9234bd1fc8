package dev.graft.training;

import dev.graft.backbone.Backbone;
import dev.graft.backbone.LowRank;
import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledExamples;
import dev.graft.engine.Examples;
import dev.graft.engine.TrainableNetwork;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.model.AdapterModel;
import dev.graft.model.Confidence;
import dev.graft.model.Lineage;
import dev.graft.model.TransferModel;
import dev.graft.optimization.Answers;
import dev.graft.optimization.TrainingSettings;
import dev.graft.preparation.Tokenization;
import dev.graft.result.EpochResult;
import dev.graft.result.GraftVersion;
import dev.graft.strategy.Phase;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetScale;
import dev.graft.targets.Targets;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a transfer gave: the weights, the history and the measurements. Holds no native memory. */
public final class TransferResult {
    private static final int BATCH = 256;

    private final Run run;
    private final WeightSet trained;
    private final List<EpochResult> history;
    private final double featureSeconds;
    private final double trainSeconds;
    private @Nullable Evaluation test;

    /**
     * A run that came to its end.
     *
     * @param trained all tensors as they were trained, adapters beside the weights that they belong to
     */
    TransferResult(Run run, WeightSet trained, List<EpochResult> history, double featureSeconds, double trainSeconds) {
        this.run = run;
        this.trained = trained;
        this.history = List.copyOf(history);
        this.featureSeconds = featureSeconds;
        this.trainSeconds = trainSeconds;
    }

    /**
     * The weights of all used stages, with what was trained beside them, and the head's. On branches each tensor's name begins
     * with its branch's and a slash, such as {@code photo/stem.weight}.
     */
    public WeightSet weights() {
        WeightSet all = trained;
        for (SourceBranch branch : run.branches()) {
            LowRank adapters = branch.adapters();
            if (adapters != null) {
                all = merged(all, branch, adapters);
            }
        }
        return restored(all);
    }

    /** Numbers are learned standardised; the last layer gives them in their own unit. */
    private WeightSet restored(WeightSet all) {
        TargetScale scale = run.scale();
        return scale.isPlain() ? all : RestoredHead.of(all, run.headLayers(), scale);
    }

    private static WeightSet merged(WeightSet all, SourceBranch branch, LowRank adapters) {
        Map<String, FloatTensor> others = new LinkedHashMap<>(all.asMap());
        others.keySet().removeIf(name -> name.startsWith(branch.prefix()));
        WeightSet own = branch.prefix().isEmpty() ? all : all.select(branch.prefix());
        WeightSet merged = adapters.merge(branch.trained().architecture(), own).withPrefix(branch.prefix());
        return WeightSet.of(others).plus(merged);
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

    /** The values that were trained by the phase that trained most. */
    public long trainableParameters() {
        return widestPlan().trainableParameters();
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

    /** The training data. */
    public LabeledExamples train() {
        return run.train().whole();
    }

    /** The validation data that the run watched; null if it had none. */
    public @Nullable LabeledExamples validation() {
        BranchData watched = run.validation();
        return watched == null ? null : watched.whole();
    }

    void measureTest(LabeledExamples data) {
        test = evaluate(data, run.cache());
    }

    /** Whether something was trained beside an only backbone that makes a bundle without it. */
    public boolean hasAdapters() {
        SourceBranch first = run.branches().get(0);
        return run.kind() instanceof OneClass && !first.branch().takesColumns() && first.adapters() != null;
    }

    /** The trained network, ready to be measured, saved or used; adapters are part of its weights. */
    public TransferModel model() {
        return new TransferModel(
                run.branches().stream().map(SourceBranch::trained).toList(),
                run.blueprint().fusion().name(),
                headName(),
                run.headLayers(),
                run.kind(),
                weights(),
                lineage(),
                Confidence.RAW,
                null);
    }

    /**
     * What was trained beside the backbone, without the backbone.
     *
     * @throws SettingsException if the strategy has no adapters, or the network takes items
     */
    public AdapterModel adapters() {
        SourceBranch branch = run.branches().get(0);
        LowRank adapters = branch.adapters();
        if (adapters == null || !hasAdapters()) {
            throw new SettingsException(Problem.of("This run trained no adapters that go without their backbone.")
                    .expected("the strategy lora, on one backbone")
                    .found(run.blueprint().strategy())
                    .fix("save the whole network, with saveBundle"));
        }
        Map<String, FloatTensor> own = new LinkedHashMap<>(trained.asMap());
        own.keySet().removeAll(branch.startingPoint().names());
        return new AdapterModel(
                adapters,
                cut(),
                headName(),
                run.headLayers(),
                run.train().whole().classNames(),
                restored(WeightSet.of(own)),
                lineage(),
                branch.architecture().preparation() instanceof Tokenization texts ? texts.maxTokens() : null,
                Confidence.RAW);
    }

    private Lineage lineage() {
        LabeledExamples train = run.train().whole();
        return new Lineage(
                backbones(Backbone::id),
                backbones(backbone -> backbone.card().origin()),
                backbones(backbone -> backbone.weights().digest()),
                run.blueprint().strategy(),
                train.name(),
                train.digest(),
                train.size(),
                run.settings().seed(),
                GraftVersion.current());
    }

    private String backbones(Function<Backbone, String> part) {
        return run.branches().stream()
                .map(SourceBranch::backbone)
                .filter(Objects::nonNull)
                .map(part)
                .collect(Collectors.joining("+"));
    }

    /**
     * Writes the network as a bundle, all that prediction needs.
     *
     * @throws SettingsException if the directory exists and is not empty
     */
    public void saveBundle(Path directory) {
        Bundle.write(directory, model(), false);
    }

    /** Measures the network on other data, with the frozen parts through the given cache. */
    public Evaluation evaluate(LabeledExamples data, FeatureCache cache) {
        PhasePlan plan = lastPlan();
        BranchData parts = BranchData.of(data, run.branches());
        Targets targets = data.targets();
        TargetScale scale = run.scale();
        try (FrozenParts frozen = new FrozenParts(plan, trained, cache);
                Examples examples = frozen.examples(parts, scale.standardised(targets));
                TrainableNetwork network = new TrainableNetwork(
                        plan.trainingPlan(),
                        trained,
                        plan.stepSettings(lastPhase().rates(), run.settings()))) {
            float[][] answers = new float[targets.size()][];
            for (int[] batch : Batches.of(examples.lengths(), 0, targets.size(), BATCH)) {
                float[][] part = Answers.of(run.kind(), network.logits(examples, batch), network.logitWidth());
                for (int i = 0; i < batch.length; i++) {
                    answers[batch[i]] = part[i];
                }
            }
            if (!scale.isPlain()) {
                for (float[] answer : answers) {
                    for (int k = 0; k < answer.length; k++) {
                        answer[k] = (float) scale.restored(k, answer[k]);
                    }
                }
            }
            return new Evaluation(answers, targets);
        }
    }

    /** The stages that the phase that trained most kept frozen, by name, each after its branch's name and a slash if it has one. */
    public Set<String> frozenStages() {
        Set<String> names = new LinkedHashSet<>();
        for (BranchPlan branch : widestPlan().branches()) {
            branch.frozen().forEach(stage -> names.add(branch.prefix() + stage.name()));
        }
        return names;
    }

    /**
     * Where the backbone was cut, of a network of one backbone.
     *
     * @throws SettingsException if the network takes items
     */
    public Cut cut() {
        SourceBranch first = run.branches().get(0);
        return first.branch().takesColumns() ? model().cut() : first.cut();
    }

    /** How it was trained. */
    public TrainingSettings settings() {
        return run.settings();
    }

    /** The head's name. */
    public String headName() {
        return run.head().name();
    }

    private Phase lastPhase() {
        return run.phases().get(run.phases().size() - 1);
    }

    /** Of the phases, the one that trained most: the last one, unless a head followed. */
    private PhasePlan widestPlan() {
        return run.phases().stream()
                .map(run::plan)
                .max(Comparator.comparingLong(PhasePlan::trainableParameters))
                .orElseThrow();
    }

    private PhasePlan lastPlan() {
        return run.plan(lastPhase());
    }
}
