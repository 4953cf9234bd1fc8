package dev.graft.model;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.ClassNames;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.head.Fusion;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.result.StageSummary;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trained network as plain data: one or several branches, each cut where its features are taken, the head on top, and all
 * weights; everything that prediction needs. Immutable.
 *
 * @param branches the branches, in the order in which their features are joined; a single one without a name where the network
 *     takes pictures or texts themselves, named ones where it takes items of several parts
 * @param fusionName how the branches are joined
 * @param headName the head's name
 * @param headLayers the layers that join the branches, and the head's
 * @param kind what it tells of an example
 * @param weights the tensors of the branches' stages, each after its branch's name and a slash if it has one, and of the head,
 *     and no others
 * @param lineage where it comes from
 * @param confidence how sure it may be of what it says
 * @param record what it keeps of the examples that it learned from; null if it keeps nothing
 */
public record TransferModel(
        List<ModelBranch> branches,
        String fusionName,
        String headName,
        List<Layer> headLayers,
        TargetKind kind,
        WeightSet weights,
        Lineage lineage,
        Confidence confidence,
        @Nullable ClassRecord record) {
    /**
     * Copies the lists, and checks that branches, head, classes and weights fit each other strictly.
     *
     * @throws SettingsException if the head does not take the branches' features, or does not make the classes' logits, or if a
     *     class or a branch has no name of its own, or if the record is of other branches or classes
     * @throws dev.graft.error.WeightsMismatchException if a tensor is missing, unexpected or mis-shaped
     */
    public TransferModel {
        branches = List.copyOf(branches);
        headLayers = List.copyOf(headLayers);
        ClassNames.requireOfNetwork(kind.names(), title(branches));
        boolean mixed = branches.size() > 1 && !branches.stream().allMatch(ModelBranch::takesColumns);
        if (branches.stream().map(ModelBranch::name).distinct().count() != branches.size()
                || branches.isEmpty()
                || mixed) {
            throw new SettingsException(Problem.of("A network needs branches, each with a name of its own.")
                    .expected("at least one branch, no name twice, and none without a name beside others")
                    .found(branches.stream().map(ModelBranch::name).toList()));
        }
        requireOutputs(branches, headLayers, kind);
        Backbone.requireFit(parameters(branches, headLayers), weights, title(branches));
        if (record != null) {
            requireFit(record, branches, kind);
        }
    }

    /** A network that tells classes apart; checked as every network is. */
    public TransferModel(
            List<ModelBranch> branches,
            String fusionName,
            String headName,
            List<Layer> headLayers,
            List<String> classNames,
            WeightSet weights,
            Lineage lineage,
            Confidence confidence,
            @Nullable ClassRecord record) {
        this(
                branches,
                fusionName,
                headName,
                headLayers,
                new OneClass(classNames),
                weights,
                lineage,
                confidence,
                record);
    }

    /** The names of the classes, by label; of other targets those of the grades, labels or numbers. */
    public List<String> classNames() {
        return kind.names();
    }

    /** A network that keeps nothing of the examples that it learned from; checked as every network is. */
    public TransferModel(
            List<ModelBranch> branches,
            String fusionName,
            String headName,
            List<Layer> headLayers,
            List<String> classNames,
            WeightSet weights,
            Lineage lineage,
            Confidence confidence) {
        this(branches, fusionName, headName, headLayers, classNames, weights, lineage, confidence, null);
    }

    /** A network of one backbone, whose confidences were not calibrated; checked as every network is. */
    public TransferModel(
            Architecture architecture,
            Cut cut,
            String headName,
            List<Layer> headLayers,
            List<String> classNames,
            WeightSet weights,
            Lineage lineage) {
        this(
                List.of(ModelBranch.only(architecture, cut)),
                Fusion.concatenation().name(),
                headName,
                headLayers,
                classNames,
                weights,
                lineage,
                Confidence.RAW);
    }

    /** Returns the network with calibrated confidences. */
    public TransferModel withConfidence(Confidence calibrated) {
        return new TransferModel(
                branches, fusionName, headName, headLayers, kind, weights, lineage, calibrated, record);
    }

    /** Returns the network with a record of its classes. */
    public TransferModel withRecord(@Nullable ClassRecord kept) {
        return new TransferModel(branches, fusionName, headName, headLayers, kind, weights, lineage, confidence, kept);
    }

    /** Whether it takes items of several parts; pictures or texts themselves otherwise. */
    public boolean takesItems() {
        return branches.get(0).takesColumns();
    }

    /**
     * The backbone's architecture, of a network of one backbone.
     *
     * @throws SettingsException if it takes items of several parts
     */
    public Architecture architecture() {
        return only().architecture();
    }

    /**
     * Where the backbone is cut, of a network of one backbone.
     *
     * @throws SettingsException if it takes items of several parts
     */
    public Cut cut() {
        return only().cut();
    }

    private ModelBranch only() {
        if (takesItems()) {
            throw new SettingsException(Problem.of("A network of named branches has no single backbone.")
                    .expected("a network that takes pictures or texts themselves")
                    .found("one with the branches "
                            + branches.stream().map(ModelBranch::name).toList())
                    .fix("ask its branches()"));
        }
        return branches.get(0);
    }

    /** The values of all tensors that training may touch, running statistics left out. */
    public long totalParameters() {
        return NetworkSummary.learned(parameters(branches, headLayers));
    }

    /**
     * The network branch by branch and stage by stage, the layers that join the branches and the head's last.
     *
     * @param frozenStages the stages that were not trained, each after its branch's name and a slash if it has one
     */
    public List<StageSummary> summary(Set<String> frozenStages) {
        NetworkSummary summary = new NetworkSummary();
        branches.forEach(branch -> summary.branch(branch.prefix(), branch.architecture(), branch.cut(), frozenStages));
        summary.head(features(branches), headLayers);
        return summary.lines();
    }

    /** What a network is called in messages. */
    public static String title(List<ModelBranch> branches) {
        return branches.size() == 1 && !branches.get(0).takesColumns()
                ? "this " + branches.get(0).architecture().id() + " with its head"
                : "this network of several branches";
    }

    /** Checks that a head takes the branches' features, and makes the outputs of a kind of target. */
    public static void requireOutputs(List<ModelBranch> branches, List<Layer> headLayers, TargetKind kind) {
        int made = Layer.outputShape(headLayers, features(branches)).elements();
        int names = kind.names().size();
        if (!kind.isOneOfNames()) {
            if (names < 1 || made != kind.outputs()) {
                throw new SettingsException(Problem.of("A head's outputs do not match what the network tells.")
                        .expected("one output for each of at least one name")
                        .found(made + " outputs for " + names + " names"));
            }
            return;
        }
        boolean oneForTwo = names == 2 && made == 1;
        if (names < 2 || !(oneForTwo || made == names)) {
            throw new SettingsException(Problem.of("A head's logits do not match the class names.")
                    .expected("a logit for each of at least two classes, or one logit for two")
                    .found(made + " logits for " + names + " classes"));
        }
    }

    private static void requireFit(ClassRecord record, List<ModelBranch> branches, TargetKind kind) {
        int classes = kind.isOneOfNames() ? kind.names().size() : 1;
        int targets = kind.isOneOfNames() ? 0 : kind.width();
        boolean asMany = record.cuts().size() == branches.size();
        int features = asMany
                ? record.blocks(branches).stream().mapToInt(Integer::intValue).sum()
                : 0;
        if (!asMany
                || features != record.features()
                || record.targets() != targets
                || record.statistics().classes() != classes) {
            throw new SettingsException(Problem.of("A record of classes is that of another network.")
                    .expected(branches.size() + " cuts, " + classes + " classes and " + targets
                            + " targets, and statistics of "
                            + (asMany ? features + " features" : "the features there"))
                    .found(record.cuts().size() + " cuts, "
                            + record.statistics().classes() + " classes, "
                            + record.targets() + " targets, "
                            + record.features() + " features"));
        }
    }

    private static ActivationShape features(List<ModelBranch> branches) {
        return ActivationShape.vector(
                branches.stream().mapToInt(ModelBranch::features).reduce(0, Math::addExact));
    }

    /** All tensors of a network of some branches and a head. */
    public static List<ParameterSpec> parameters(List<ModelBranch> branches, List<Layer> headLayers) {
        return Stream.concat(
                        branches.stream().flatMap(ModelBranch::parameters),
                        headLayers.stream().flatMap(layer -> layer.parameters().stream()))
                .toList();
    }
}
