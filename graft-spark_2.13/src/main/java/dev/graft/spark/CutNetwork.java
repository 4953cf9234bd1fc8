package dev.graft.spark;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.result.GraftVersion;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A source model as far as a cut, with a head for some classes that is still to be fitted: what travels to executors. */
final class CutNetwork {
    private static final String STRATEGY = "feature-extraction on Spark";

    private CutNetwork() {}

    /**
     * The cut that parameters name.
     *
     * @param stages the stages' names; none for the usual cut
     * @param pooling a label of {@link Pooling}; empty for means, maxima and deviations
     * @throws SettingsException if the backbone has no such stage, or there is no such pooling
     */
    static Cut cut(Architecture architecture, String[] stages, String pooling) {
        if (stages.length == 0) {
            return FeatureExtraction.usualCut(architecture);
        }
        List<String> known =
                architecture.featureStages().stream().map(Stage::name).toList();
        for (String stage : stages) {
            if (!known.contains(stage)) {
                throw new SettingsException(Problem.of("A backbone has no stage of that name.")
                        .where("backbone " + architecture.id())
                        .expected("one of " + String.join(", ", known))
                        .found(stage));
            }
        }
        Pooling pooled = pooling.isEmpty() ? Pooling.MEAN_MAX_STD : Pooling.named(pooling);
        return new Cut(Arrays.asList(stages), pooled);
    }

    /** A source model as far as a cut, with a head of zeros for two classes that nobody asks for. */
    static TransferModel of(Backbone backbone, Cut cut) {
        Lineage lineage = new Lineage(
                backbone.id(),
                backbone.card().origin(),
                backbone.weights().digest(),
                STRATEGY,
                "no data",
                "",
                0,
                0,
                GraftVersion.current());
        return of(ModelBranch.only(backbone.architecture(), cut), backbone.weights(), List.of("0", "1"), lineage);
    }

    /** A network with a head of zeros for some classes. */
    static TransferModel of(ModelBranch branch, WeightSet from, List<String> classNames, Lineage lineage) {
        int logits = Head.logits(classNames.size());
        return withHead(
                branch, from, classNames, new float[logits * branch.features()], new float[logits], "none", lineage);
    }

    /**
     * Where a network comes from that learned from some data.
     *
     * @param before where its stages come from
     * @param learned digest of what it learned from
     */
    static Lineage lineage(Lineage before, String learned, long examples) {
        return new Lineage(
                before.backbone(),
                before.backboneOrigin(),
                before.backboneDigest(),
                STRATEGY,
                "a Spark data set",
                learned,
                (int) Math.min(Integer.MAX_VALUE, examples),
                0,
                GraftVersion.current());
    }

    /**
     * A network with a dense layer for a head.
     *
     * @param from where the weights of the branch's stages are, others may be there too
     * @param weights (logits, features)
     * @param biases (logits)
     */
    static TransferModel withHead(
            ModelBranch branch,
            WeightSet from,
            List<String> classNames,
            float[] weights,
            float[] biases,
            String headName,
            Lineage lineage) {
        int width = branch.features();
        List<Layer> layers = Head.LogisticRegression.defaults().layers(width, classNames.size());
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        branch.parameters().forEach(spec -> tensors.put(spec.name(), from.get(spec.name())));
        layers.get(0)
                .parameters()
                .forEach(spec -> tensors.put(
                        spec.name(),
                        spec.name().endsWith("weight")
                                ? FloatTensor.of(weights, biases.length, width)
                                : FloatTensor.of(biases, biases.length)));
        return new TransferModel(
                branch.architecture(), branch.cut(), headName, layers, classNames, WeightSet.of(tensors), lineage);
    }
}
