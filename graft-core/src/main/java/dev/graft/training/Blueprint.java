package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.Initialization;
import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Standardization;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.BranchPhases;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import dev.graft.targets.TargetKind;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The network that is trained, and how: branches, head and phases, laid out before anything is trained.
 *
 * @param branches the branches, in the order in which their features are joined
 * @param strategy the strategy's name in results
 * @param fusion how the branches are joined
 * @param head the head
 * @param headLayers the layers that join the branches, and the head's
 * @param settings how to train
 * @param phases the phases of the whole network
 */
record Blueprint(
        List<SourceBranch> branches,
        String strategy,
        Fusion fusion,
        Head head,
        List<Layer> headLayers,
        TrainingSettings settings,
        List<Phase> phases) {

    /**
     * Lays a network out.
     *
     * @param branches a single branch without a name, or named ones
     * @param strategy how the branches that have no strategy of their own are trained
     * @param fusion how the branches are joined
     * @param head the head; null for the strategy's, or, on named branches, one hidden layer
     * @param changes what is asked for in place of the strategies' own settings
     * @throws SettingsException if something does not fit
     */
    static Blueprint of(
            List<Branch> branches,
            Strategy strategy,
            Fusion fusion,
            @Nullable Head head,
            UnaryOperator<TrainingSettings> changes,
            LabeledExamples train) {
        List<SourceBranch> sources = branches.stream()
                .map(branch -> Branches.of(branch, strategy, train))
                .toList();
        requireAdapters(strategy, sources);
        SourceBranch first = sources.get(0);
        boolean only = !first.branch().takesColumns();
        Strategy whole = only && first.strategy() != null ? first.strategy() : strategy;
        Head asked = head != null ? head : only ? whole.head(first.architecture()) : Head.Mlp.defaults();
        Head used = asked.forTargets(train.kind());
        TrainingSettings settings = BranchSettings.of(sources, train.size(), changes);
        List<Phase> phases = only
                ? whole.phases(first.architecture(), settings)
                : BranchPhases.joined(BranchSettings.phases(sources, settings, train.size(), changes));
        Blueprint blueprint = new Blueprint(
                sources,
                whole.name(),
                fusion,
                used,
                layers(sources, only, fusion, used, train.kind()),
                settings,
                phases);
        blueprint.requirePhases();
        blueprint.requireStartingPoint();
        blueprint.requireTrained();
        return blueprint;
    }

    /** Adapters that no branch can carry are no adapters. */
    private static void requireAdapters(Strategy strategy, List<SourceBranch> sources) {
        if (strategy.adapters().isPresent()
                && sources.stream().allMatch(source -> source.adapters() == null)
                && sources.stream().anyMatch(source -> source.backbone() != null)) {
            throw new SettingsException(Problem.of("No branch has layers that adapters could be trained beside.")
                    .where("strategy '" + strategy.name() + "'")
                    .expected("at least one branch with a transformer")
                    .found(sources.stream().map(SourceBranch::name).toList())
                    .fix("use fine-tuning, or a backbone for texts"));
        }
    }

    private static List<Layer> layers(
            List<SourceBranch> sources, boolean only, Fusion fusion, Head head, TargetKind kind) {
        List<Integer> features = sources.stream().map(SourceBranch::features).toList();
        int sum = features.stream().mapToInt(Integer::intValue).sum();
        List<Layer> layers = new ArrayList<>();
        if (only && !(fusion instanceof Fusion.Concatenation)) {
            throw new SettingsException(Problem.of("One backbone leaves nothing to join.")
                    .expected("no fusion, or branches")
                    .found(fusion.name())
                    .fix("leave out .fusion(…)"));
        } else if (!only && !(head instanceof Head.Solved)) {
            layers.addAll(fusion.layers(features));
        } else if (!(fusion instanceof Fusion.Concatenation)) {
            throw new SettingsException(Problem.of("A head that is solved takes features as they are.")
                    .expected("the branches' features concatenated")
                    .found(fusion.name())
                    .fix("use a linear head, or concatenation"));
        }
        int width = Layer.outputShape(layers, ActivationShape.vector(sum)).elements();
        layers.addAll(head.layers(width, kind));
        return layers;
    }

    private void requirePhases() {
        if (phases.isEmpty()) {
            throw new SettingsException(Problem.of("A strategy has no phases, so that nothing would be trained.")
                    .where("strategy '" + strategy + "'")
                    .expected("at least one phase")
                    .found("an empty list")
                    .fix("return at least one from Strategy.phases, such as Phase.ofHead(settings)"));
        }
    }

    private void requireStartingPoint() {
        boolean held = phases.stream().anyMatch(phase -> phase.penalty().startingPoint() > 0);
        for (SourceBranch branch : branches) {
            Strategy own = branch.strategy();
            if (held && own != null && !own.pretrained()) {
                throw new SettingsException(
                        Problem.of("A penalty holds weights where they started, but these start at random.")
                                .where("strategy '" + own.name() + "'")
                                .fix("use weight decay, or a strategy that starts from pretrained weights"));
            }
        }
    }

    /** Pairs train the backbone alone: one that has nothing to train behind the frozen part would stay as it is. */
    private void requireTrained() {
        for (Phase phase : phases) {
            PhasePlan withoutHead = PhasePlan.of(branches, List.of(), 0, phase.frozen());
            if (phase.onPairs() && withoutHead.trainableParameters() == 0) {
                throw new SettingsException(Problem.of("Pairs have nothing to train.")
                        .where("strategy '" + strategy + "'")
                        .expected("a stage with weights from there on")
                        .fix("train from an earlier stage, or leave the stage out"));
            }
        }
    }

    /** The source models' tensors, under their names in the whole network. */
    WeightSet startingPoint() {
        WeightSet all = WeightSet.of(Map.of());
        for (SourceBranch branch : branches) {
            all = all.plus(branch.startingPoint().withPrefix(branch.prefix()));
        }
        return all;
    }

    /** What a resumed run must have the same, beside data and settings. */
    Map<String, String> marks() {
        SourceBranch first = branches.get(0);
        return first.branch().takesColumns() ? marksOfBranches() : marks(first);
    }

    private Map<String, String> marks(SourceBranch only) {
        Backbone source = Objects.requireNonNull(only.backbone());
        Strategy own = Objects.requireNonNull(only.strategy());
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put("backbone", source.id());
        marks.put("backbone weights", own.pretrained() ? source.weights().digest() : "random");
        marks.put("strategy", strategy);
        own.adapters()
                .ifPresent(one -> marks.put(
                        "adapters", Fingerprint.of(one.adapter()) + " on " + new TreeSet<>(one.projections())));
        marks.put("cut", Fingerprint.of(only.cut()));
        marks.put("head", Fingerprint.of(head));
        return marks;
    }

    private Map<String, String> marksOfBranches() {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put("strategy", strategy);
        for (SourceBranch branch : branches) {
            Strategy own = branch.strategy();
            marks.put("branch " + branch.name(), Branches.mark(branch) + (own == null ? "" : " " + own.name()));
        }
        marks.put("fusion", Fingerprint.of(fusion));
        marks.put("head", Fingerprint.of(head));
        return marks;
    }

    /** The weights that a run starts from. */
    WeightSet initialWeights(Run run) {
        long seed = Seeds.initial(run.settings().seed());
        WeightSet weights = WeightSet.of(Map.of());
        for (SourceBranch branch : branches) {
            weights = weights.plus(initialWeights(branch, seed).withPrefix(branch.prefix()));
        }
        List<ParameterSpec> specs = headLayers.stream()
                .flatMap(layer -> layer.parameters().stream())
                .toList();
        SourceBranch first = branches.get(0);
        Backbone source = first.backbone();
        Strategy own = first.strategy();
        if (first.branch().takesColumns() || source == null) {
            Map<String, FloatTensor> all = new LinkedHashMap<>(weights.asMap());
            all.putAll(Initialization.GLOROT_UNIFORM.initialize(specs, seed).asMap());
            for (Layer layer : headLayers) {
                if (layer instanceof Standardization standardization) {
                    all.putAll(
                            FeatureStatistics.of(run, standardization, weights).asMap());
                }
            }
            return WeightSet.of(all);
        }
        if (own != null && own.pretrained() && head instanceof Head.Own) {
            return weights.plus(FrozenPart.select(source.weights(), specs));
        }
        return weights.plus(first.architecture().weightInitialization().initialize(specs, seed));
    }

    /** The tensors of a branch under its own names: pretrained or random, and adapters that change nothing yet. */
    private static WeightSet initialWeights(SourceBranch branch, long seed) {
        Architecture architecture = branch.architecture();
        Strategy own = branch.strategy();
        List<ParameterSpec> stages = branch.parameters().stream()
                .filter(spec -> !spec.role().ofAdapter())
                .toList();
        List<ParameterSpec> adapters = branch.parameters().stream()
                .filter(spec -> spec.role().ofAdapter())
                .toList();
        WeightSet weights = own == null || own.pretrained()
                ? FrozenPart.select(branch.startingPoint(), stages)
                : architecture.weightInitialization().initialize(stages, seed);
        return weights.plus(architecture.weightInitialization().initialize(adapters, seed));
    }
}
