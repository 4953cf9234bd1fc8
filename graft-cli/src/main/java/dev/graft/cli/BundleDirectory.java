package dev.graft.cli;

import dev.graft.bundle.AdapterBundle;
import dev.graft.bundle.Bundle;
import dev.graft.error.GraftException;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.source.Adapters;
import dev.graft.source.Backbones;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the network that an argument means: an embedded backbone by its id, a directory with a bundle or with adapters, or
 * the bundle inside a run's directory.
 */
final class BundleDirectory {
    private BundleDirectory() {}

    /**
     * Loads a network for use: a transferred one, or a backbone with its own classifier.
     *
     * @throws GraftException if there is none, or it is damaged
     */
    static Classifier open(Path given) {
        if (Backbones.embedded().contains(given.toString())
                || Backbones.ofFamilies().contains(given.toString())) {
            return new Classifier(Backbones.load(given.toString()));
        }
        Path directory = find(given);
        return isBackbone(directory)
                ? new Classifier(Bundle.readBackbone(directory))
                : new Classifier(transferred(directory));
    }

    /** Whether a directory that was found holds a source model. */
    static boolean isBackbone(Path found) {
        return !AdapterBundle.is(found) && Bundle.kind(found) == Bundle.Kind.BACKBONE;
    }

    /**
     * The transferred network in a directory that was found: whole, or adapters, which are merged into their backbone.
     *
     * @throws GraftException if there is none, or it is damaged
     */
    static TransferModel transferred(Path found) {
        return AdapterBundle.is(found) ? Adapters.load(found) : Bundle.read(found);
    }

    /** The bundle's directory that a path means; a run has a config.json of its own, but no weights beside it. */
    static Path find(Path directory) {
        for (String inside : new String[] {"bundle", "backbone"}) {
            Path candidate = directory.resolve(inside);
            if (!Files.exists(directory.resolve("model.safetensors")) && Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return directory;
    }
}
