package dev.graft.training;

import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Initialization;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.backbone.Standardization;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledItems;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.image.Mixing;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.Phase;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pretrained models as components of a larger model: several branches, each with its own backbone, cut and freezing, joined
 * before one head, and trained on items of several parts.
 *
 * <pre>{@code
 * MultimodalResult result = MultimodalLearning.on(items)
 *         .split(Split.stratified(0.8, 0.1, 0.1))
 *         .branch(Branch.image("photo", Backbones.load("cifar-resnet")))
 *         .branch(Branch.text("title", TextBackbones.load("minilm-l6")).trainedFrom("layer5"))
 *         .branch(Branch.numbers("price", "weight"))
 *         .run();
 * }</pre>
 *
 * <p>Every frozen part runs once over the data and is cached. Not safe for use by several threads, but several instances may
 * run at once, each in a thread of its own.
 */
public final class MultimodalLearning extends Learning<MultimodalLearning> {
    private static final String NAME = "multimodal";

    private final List<Branch> branches = new ArrayList<>();
    private Fusion fusion = Fusion.concatenation();
    private Head head = Head.Mlp.defaults();
    private int headEpochs;
    private double backboneRate = 1.0 / 3;

    private MultimodalLearning(LabeledItems train) {
        super(train);
    }

    /** Starts with the items: for training alone, or to be split. */
    public static MultimodalLearning on(LabeledItems items) {
        return new MultimodalLearning(items);
    }

    @Override
    MultimodalLearning self() {
        return this;
    }

    /** Adds a branch; its features come after those of the branches before it. */
    public MultimodalLearning branch(Branch branch) {
        branches.add(branch);
        return this;
    }

    /** Sets how the branches' features are joined; one after the other if not called. */
    public MultimodalLearning fusion(Fusion way) {
        fusion = way;
        return this;
    }

    /**
     * Sets the head; one hidden layer if not called, which can learn from what branches say together. A logistic regression
     * is solved on concatenated features instead of trained, and cannot.
     */
    public MultimodalLearning head(Head newHead) {
        head = newHead;
        return this;
    }

    /** Trains the head alone for so many epochs before the branches that are trained join in; 0 if not called. */
    public MultimodalLearning headFirst(int epochs) {
        headEpochs = epochs;
        return this;
    }

    /** Sets the trained branches' learning rate as a multiple of the head's; a third if not called. */
    public MultimodalLearning backboneRate(double multiple) {
        backboneRate = multiple;
        return this;
    }

    /**
     * Trains the network.
     *
     * @throws SettingsException if something is not set or does not fit, before anything is trained
     * @throws dev.graft.error.DataException if an example is not as a branch needs it
     * @throws dev.graft.error.TrainingException if the loss or a weight stops being finite
     * @throws dev.graft.error.StoppedException if asked to stop
     */
    public MultimodalResult run() {
        List<Branch> laidOut = List.copyOf(branches);
        return planned((run, start) -> {
            remark(run);
            return new MultimodalResult(laidOut, fusion, train(run, start));
        });
    }

    private void remark(Run run) {
        List<LabeledExamples> all = new ArrayList<>(List.of(train()));
        if (validation() != null) {
            all.add(validation());
        }
        for (LabeledExamples data : all) {
            for (SourceBranch branch : run.branches()) {
                Branches.remarks(branch, Branches.items(data)).forEach(this::say);
            }
        }
    }

    @Override
    Blueprint blueprint() {
        requireBranches();
        List<SourceBranch> sources = branches.stream()
                .map(branch -> Branches.of(branch, Branches.items(train())))
                .toList();
        return new Blueprint(sources, null, NAME, head, layers(sources), phases(), marks(), MultimodalLearning::start);
    }

    private void requireBranches() {
        List<String> names = branches.stream().map(Branch::name).toList();
        if (names.isEmpty() || names.stream().distinct().count() != names.size()) {
            throw new SettingsException(Problem.of("A network needs branches, each with a name of its own.")
                    .expected("at least one branch, and no name twice")
                    .found(names.isEmpty() ? "no branch" : String.join(", ", names))
                    .fix(
                            names.isEmpty()
                                    ? "call .branch(…) before .run()"
                                    : "give one of them another name with .named(…)"));
        }
        if (augmentation().mixing() != Mixing.NONE) {
            throw new SettingsException(Problem.of("Items of several parts cannot be blended.")
                    .expected("no mixing")
                    .found(augmentation().mixing())
                    .fix("leave the mixing out of the augmentation"));
        }
    }

    private List<Layer> layers(List<SourceBranch> sources) {
        List<Integer> features = sources.stream().map(SourceBranch::features).toList();
        int sum = features.stream().mapToInt(Integer::intValue).sum();
        List<Layer> layers = new ArrayList<>();
        if (!(head instanceof Head.LogisticRegression)) {
            layers.addAll(fusion.layers(features));
        } else if (!(fusion instanceof Fusion.Concatenation)) {
            throw new SettingsException(Problem.of("A logistic regression is solved on features as they are.")
                    .expected("the branches' features concatenated")
                    .found(fusion.name())
                    .fix("use a linear head, or concatenation"));
        }
        int width = Layer.outputShape(layers, ActivationShape.vector(sum)).elements();
        layers.addAll(head.layers(width, train().classNames().size()));
        return layers;
    }

    private List<Phase> phases() {
        Map<String, Frozen> extents = new LinkedHashMap<>();
        branches.forEach(branch -> extents.put(branch.name(), branch.extent()));
        double rate = settings().learningRate();
        List<Phase> phases = new ArrayList<>();
        if (headEpochs > 0) {
            phases.add(new Phase(
                    "head",
                    Frozen.everything(),
                    headEpochs,
                    LearningRates.same(rate),
                    settings().schedule()));
        }
        phases.add(new Phase(
                "branches",
                Frozen.byBranch(extents),
                settings().epochs(),
                new LearningRates(rate, rate * backboneRate, 1),
                settings().schedule()));
        return phases;
    }

    private Map<String, String> marks() {
        Map<String, String> marks = new LinkedHashMap<>();
        branches.forEach(branch -> marks.put("branch " + branch.name(), Branches.mark(branch)));
        marks.put("fusion", fusion.toString());
        marks.put("head", head.toString());
        return marks;
    }

    private static WeightSet start(Run run) {
        WeightSet weights = WeightSet.of(Map.of());
        for (SourceBranch branch : run.branches()) {
            weights = weights.plus(FrozenPart.select(branch.startingPoint(), branch.parameters())
                    .withPrefix(branch.prefix()));
        }
        List<ParameterSpec> specs = run.headLayers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .toList();
        Map<String, FloatTensor> all = new LinkedHashMap<>(weights.asMap());
        all.putAll(Initialization.GLOROT_UNIFORM
                .initialize(specs, Seeds.initial(run.settings().seed()))
                .asMap());
        for (Layer layer : run.headLayers()) {
            if (layer instanceof Standardization standardization) {
                all.putAll(FeatureStatistics.of(run, standardization, weights).asMap());
            }
        }
        return WeightSet.of(all);
    }
}
