package dev.graft.text.minilm;

import dev.graft.bundle.EmbeddedFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the files of {@code minilm-l6}. Needs no call: with this module and {@code graft-text} on the class path,
 * {@code Backbones.load("minilm-l6")} finds them.
 */
public final class MiniLmFiles implements EmbeddedFiles {
    private static final String ID = "minilm-l6";

    /** Made by {@link java.util.ServiceLoader}. */
    public MiniLmFiles() {}

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public InputStream open(String id, String file) throws IOException {
        @Nullable InputStream stream = MiniLmFiles.class.getResourceAsStream(id + "/" + file);
        if (stream == null) {
            throw new FileNotFoundException(id + "/" + file);
        }
        return stream;
    }
}
