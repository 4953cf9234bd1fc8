package dev.graft.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Files of source models that a module brings as resources for a {@link NetworkFamily}: weights, and what else the family reads
 * beside them. Implementations are found by {@link java.util.ServiceLoader}, so that such a module holds weights and nothing else.
 * Safe for use by several threads.
 */
public interface EmbeddedFiles {
    /** The ids of the source models, as their family knows them. */
    List<String> ids();

    /**
     * Opens one file of a source model.
     *
     * @param id one of {@link #ids()}
     * @param file the file's name, such as {@code tokenizer.json}
     * @return the file's bytes; the caller closes the stream
     * @throws IOException if the file is missing or cannot be read
     */
    InputStream open(String id, String file) throws IOException;
}
