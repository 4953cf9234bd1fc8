package dev.graft.cli;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Backbones;
import picocli.CommandLine.Option;

/** Which source model to build on. */
final class BackboneOptions {
    @Option(
            names = "--backbone",
            defaultValue = "cifar-resnet",
            paramLabel = "ID|DIR",
            description = "The source model: an id, or a directory that graft pretrain wrote (${DEFAULT-VALUE}).")
    private String backbone = "cifar-resnet";

    Backbone load(Console console) {
        return Backbones.load(backbone);
    }
}
