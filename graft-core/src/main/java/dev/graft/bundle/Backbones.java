package dev.graft.bundle;

import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds source models: those shipped with Graft by their id, others by their directory. */
public final class Backbones {
    private static final List<String> EMBEDDED = List.of("digits-cnn");

    private Backbones() {}

    /** The ids of the source models that are shipped with Graft. */
    public static List<String> embedded() {
        return EMBEDDED;
    }

    /**
     * The source model of that id, or in that directory.
     *
     * @throws SettingsException if there is neither; the message lists the ids
     * @throws dev.graft.error.WeightsFileException if the directory's files are damaged
     */
    public static Backbone load(String idOrDirectory) {
        if (EMBEDDED.contains(idOrDirectory)) {
            return Bundle.readEmbedded(
                    resource(idOrDirectory, Bundle.CONFIG), resource(idOrDirectory, Bundle.WEIGHTS), idOrDirectory);
        }
        Path directory = path(idOrDirectory);
        if (directory != null) {
            Bundle.recover(directory);
            if (Files.isDirectory(directory)) {
                return Bundle.readBackbone(directory);
            }
        }
        throw new SettingsException(Problem.of("There is no backbone '" + idOrDirectory + "'.")
                .expected("one of " + String.join(", ", EMBEDDED) + ", or a directory that `graft pretrain` wrote")
                .found(
                        Architectures.ids().contains(idOrDirectory)
                                ? "an architecture without embedded weights"
                                : "nothing of that name")
                .fix("choose one of these; `graft backbones` lists them"));
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static byte[] resource(String id, String name) {
        String path = "/dev/graft/backbones/" + id + "/" + name;
        try (@Nullable InputStream stream = Backbones.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new AssertionError("missing from the jar: " + path);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
