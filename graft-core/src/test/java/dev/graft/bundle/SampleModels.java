package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.backbone.Initialization;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import java.util.List;
import java.util.stream.Stream;

/** Small networks with pinned weights, a few kilobytes each. */
final class SampleModels {
    static final Cut CUT = Cut.pooled(Pooling.MEAN_MAX_STD, "conv1");

    private SampleModels() {}

    static TransferModel transfer(List<String> classNames) {
        return transfer(CUT, new Head.Classifier(0.25f), classNames);
    }

    static TransferModel transfer(Cut cut, Head head, List<String> classNames) {
        Architecture architecture = Architectures.named("digits-cnn");
        List<Layer> layers = head.layers(cut.features(architecture), classNames.size());
        List<ParameterSpec> specs = Stream.concat(
                        architecture.stagesThrough(cut.last(architecture)).stream()
                                .flatMap(stage -> stage.parameters().stream()),
                        layers.stream().flatMap(layer -> layer.parameters().stream()))
                .toList();
        return new TransferModel(
                architecture,
                cut,
                head.name(),
                layers,
                classNames,
                Initialization.HE_UNIFORM.initialize(specs, 11),
                new Lineage("digits-cnn", "embedded", "ab12", "feature-extraction", "shapes", "cd34", 500, 7, "0.1.0"));
    }

    static Backbone backbone(List<String> classNames) {
        Architecture architecture = Architectures.named("digits-cnn").withClasses(classNames.size());
        return new Backbone(
                architecture,
                Initialization.GLOROT_UNIFORM.initialize(architecture.parameters(), 5),
                new BackboneCard(
                        "here",
                        "mnist",
                        "00ff",
                        classNames,
                        0.99,
                        3,
                        61.5,
                        42,
                        "graft pretrain --data mnist",
                        "CC0-1.0"));
    }
}
