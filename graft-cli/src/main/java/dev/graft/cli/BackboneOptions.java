package dev.graft.cli;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Backbones;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which source model to build on. */
final class BackboneOptions {
    @Option(
            names = "--backbone",
            defaultValue = "cifar-resnet",
            paramLabel = "ID|DIR|hf:owner/name",
            description = "The source model: an id that graft backbones lists, a directory that graft pretrain wrote,"
                    + " or a model on the Hugging Face hub, hf:owner/name@revision (${DEFAULT-VALUE}).")
    private String backbone = "cifar-resnet";

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "The weights of --backbone: safetensors or the index of its shards, ONNX, or Keras HDF5.")
    private @Nullable Path weights;

    Backbone load() {
        return weights == null ? Backbones.load(backbone) : Backbones.load(backbone, weights);
    }
}
