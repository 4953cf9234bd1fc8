package dev.graft.hub;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model's files on this machine.
 *
 * @param id what was asked for
 * @param commit the commit that the revision meant
 * @param directory where the files lie
 * @param weights the file of weights, or the index that names its shards, which lie beside it
 * @param config the model's {@code config.json}, or null if it has none
 */
public record HubFiles(
        HubId id,
        String commit,
        Path directory,
        Path weights,
        @Nullable Path config) {
    /** The model's {@code config.json}, if it has one. */
    public Optional<Path> configFile() {
        return Optional.ofNullable(config);
    }
}
