package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Transfers a backbone to labelled images or texts, with any strategy.
 *
 * <pre>{@code
 * TransferResult result = TransferLearning.on(images)
 *         .split(Split.stratified(0.8, 0.1, 0.1))
 *         .backbone(Backbones.load("digits-cnn"))
 *         .strategy(LinearProbeFineTuning.defaults())
 *         .run();
 * }</pre>
 *
 * <p>Not safe for use by several threads, but several instances may run at once, each in a thread of its own.
 */
public final class TransferLearning extends Learning<TransferLearning> {
    private @Nullable Backbone backbone;
    private @Nullable Strategy strategy;

    private TransferLearning(LabeledExamples train) {
        super(train);
    }

    /** Starts with the target task's data: for training alone, or to be split. */
    public static TransferLearning on(LabeledExamples data) {
        return new TransferLearning(data);
    }

    @Override
    TransferLearning self() {
        return this;
    }

    /** Sets the source model. */
    public TransferLearning backbone(Backbone source) {
        backbone = source;
        return this;
    }

    /** Sets the way to transfer. */
    public TransferLearning strategy(Strategy way) {
        strategy = way;
        return this;
    }

    /**
     * Runs the strategy.
     *
     * @throws SettingsException if something is not set or does not fit, before anything is trained
     * @throws dev.graft.error.TrainingException if the loss or a weight stops being finite
     * @throws dev.graft.error.StoppedException if asked to stop
     */
    public TransferResult run() {
        Backbone source = required(backbone, "backbone");
        return planned((run, start) -> new TransferResult(source, train(run, start)));
    }

    @Override
    Blueprint blueprint() {
        Backbone source = required(backbone, "backbone");
        Strategy way = required(strategy, "strategy");
        Architecture architecture =
                way.adapters().map(one -> one.adapt(source.architecture())).orElse(source.architecture());
        Cut cut = way.cut(architecture);
        Head head = way.head(architecture);
        List<Layer> layers =
                head.layers(cut.features(architecture), train().classNames().size());
        List<Phase> phases = way.phases(architecture, settings());
        requireStartingPoint(way, phases);
        SourceBranch branch = SourceBranch.only(architecture, source.weights(), cut);
        return new Blueprint(
                List.of(branch),
                way.adapters().orElse(null),
                way.name(),
                head,
                layers,
                phases,
                marks(source, way, cut, head),
                run -> initialWeights(run, source, way));
    }

    private static void requireStartingPoint(Strategy way, List<Phase> phases) {
        if (!way.pretrained()
                && phases.stream().anyMatch(phase -> phase.penalty().startingPoint() > 0)) {
            throw new SettingsException(
                    Problem.of("A penalty holds weights where they started, but these start at random.")
                            .where("strategy '" + way.name() + "'")
                            .fix("use weight decay, or a strategy that starts from pretrained weights"));
        }
    }

    private static Map<String, String> marks(Backbone source, Strategy way, Cut cut, Head head) {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put("backbone", source.id());
        marks.put("backbone weights", way.pretrained() ? source.weights().digest() : "random");
        marks.put("strategy", way.name());
        way.adapters()
                .ifPresent(one -> marks.put("adapters", one.adapter() + " on " + new TreeSet<>(one.projections())));
        marks.put("cut", cut.toString());
        marks.put("head", head.toString());
        return marks;
    }

    @Override
    TrainingSettings defaultSettings() {
        return required(strategy, "strategy")
                .defaultSettings(required(backbone, "backbone").architecture(), train().size());
    }

    private static WeightSet initialWeights(Run run, Backbone source, Strategy way) {
        SourceBranch branch = run.branches().get(0);
        Architecture architecture = branch.architecture();
        long seed = Seeds.initial(run.settings().seed());
        List<ParameterSpec> stages = branch.parameters().stream()
                .filter(spec -> !spec.role().ofAdapter())
                .toList();
        List<ParameterSpec> adapters = branch.parameters().stream()
                .filter(spec -> spec.role().ofAdapter())
                .toList();
        List<ParameterSpec> head = run.headLayers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .toList();
        WeightSet backboneWeights = way.pretrained()
                ? FrozenPart.select(source.weights(), stages)
                : architecture.weightInitialization().initialize(stages, seed);
        backboneWeights =
                backboneWeights.plus(architecture.weightInitialization().initialize(adapters, seed));
        if (way.pretrained() && run.head() instanceof Head.Own) {
            return backboneWeights.plus(FrozenPart.select(source.weights(), head));
        }
        return backboneWeights.plus(architecture.weightInitialization().initialize(head, seed));
    }
}
