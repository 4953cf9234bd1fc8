package dev.graft.model;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.LowRank;
import dev.graft.data.ClassNames;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.feature.Cut;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What low-rank adaptation learned, without the backbone it was learned beside: adapters and head, one or two hundredths of
 * the whole. Immutable.
 *
 * @param lowRank what is adapted, and how
 * @param cut where the backbone is cut
 * @param headName the head's name
 * @param headLayers the head's layers
 * @param classNames the target's classes, by label
 * @param weights the tensors of adapters and head
 * @param lineage where it comes from: the backbone's id and digest among others
 * @param maxTokens the most tokens of a text that were taken; null of images
 * @param confidence how sure the whole network may be of what it says
 */
public record AdapterModel(
        LowRank lowRank,
        Cut cut,
        String headName,
        List<Layer> headLayers,
        List<String> classNames,
        WeightSet weights,
        Lineage lineage,
        @Nullable Integer maxTokens,
        Confidence confidence) {
    /**
     * Copies the lists.
     *
     * @throws SettingsException if a class has no name of its own
     */
    public AdapterModel {
        headLayers = List.copyOf(headLayers);
        classNames = List.copyOf(classNames);
        ClassNames.requireOfNetwork(classNames, "adapters for " + lineage.backbone());
    }

    /** Returns the adapters with calibrated confidences. */
    public AdapterModel withConfidence(Confidence calibrated) {
        return new AdapterModel(
                lowRank, cut, headName, headLayers, classNames, weights, lineage, maxTokens, calibrated);
    }

    /**
     * The whole network, the adapters' products added to the backbone's weights.
     *
     * @param backbone the one they were trained beside
     * @throws SettingsException if they were trained on more tokens than it takes
     * @throws WeightsMismatchException if it is another, or a tensor is missing, unexpected or mis-shaped
     */
    public TransferModel merge(Backbone backbone) {
        String digest = backbone.weights().digest();
        if (!digest.equals(lineage.backboneDigest())) {
            throw new WeightsMismatchException(Problem.of("These adapters were trained beside other weights.")
                    .expected("backbone " + lineage.backbone() + ", digest " + lineage.backboneDigest())
                    .found("backbone " + backbone.id() + ", digest " + digest)
                    .fix("load the backbone that they name, in the same version"));
        }
        Architecture architecture = prepared(backbone.architecture());
        List<ParameterSpec> own = lowRank.adapt(architecture).stagesThrough(cut.last(architecture)).stream()
                .flatMap(stage -> stage.parameters().stream())
                .filter(spec -> spec.role().ofAdapter())
                .toList();
        List<ParameterSpec> head = headLayers.stream()
                .flatMap(layer -> layer.parameters().stream())
                .toList();
        List<ParameterSpec> all = Stream.concat(own.stream(), head.stream()).toList();
        Backbone.requireFit(all, weights, "adapters and head for " + architecture.id());
        Map<String, FloatTensor> base = new LinkedHashMap<>();
        architecture.stagesThrough(cut.last(architecture)).stream()
                .flatMap(stage -> stage.parameters().stream())
                .forEach(spec -> base.put(spec.name(), backbone.weights().get(spec.name())));
        WeightSet merged = lowRank.merge(architecture, WeightSet.of(base).plus(weights));
        return new TransferModel(architecture, cut, headName, headLayers, classNames, merged, lineage)
                .withConfidence(confidence);
    }

    /** The texts' ends are left out as they were in training. */
    private Architecture prepared(Architecture architecture) {
        return maxTokens == null || maxTokens == architecture.tokenization().maxTokens()
                ? architecture
                : architecture.withMaxTokens(maxTokens);
    }
}
