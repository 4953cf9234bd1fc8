package dev.graft.text.bge;

import dev.graft.bundle.EmbeddedFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the files of {@code bge-small-zh}. Needs no call: with this module and {@code graft-text} on the class path,
 * {@code Backbones.load("bge-small-zh")} finds them.
 */
public final class BgeSmallZhFiles implements EmbeddedFiles {
    private static final String ID = "bge-small-zh";

    /** Made by {@link java.util.ServiceLoader}. */
    public BgeSmallZhFiles() {}

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public InputStream open(String id, String file) throws IOException {
        @Nullable InputStream stream = BgeSmallZhFiles.class.getResourceAsStream(id + "/" + file);
        if (stream == null) {
            throw new FileNotFoundException(id + "/" + file);
        }
        return stream;
    }
}
