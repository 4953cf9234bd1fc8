package dev.graft.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Source models that a module brings as resources, in the form that Graft writes backbones in: {@code config.json},
 * {@code model.safetensors}, {@code labels.txt} and {@code README.md} for each. Implementations are found by
 * {@link java.util.ServiceLoader}, so that such a module holds weights and nothing else. Safe for use by several threads.
 */
public interface EmbeddedBackbones {
    /** The ids of the source models, which {@link Backbones#load(String)} takes. */
    List<String> ids();

    /**
     * Opens one file of a source model.
     *
     * @param id one of {@link #ids()}
     * @param file the file's name, such as {@code config.json}
     * @return the file's bytes; the caller closes the stream
     * @throws IOException if the file is missing or cannot be read
     */
    InputStream open(String id, String file) throws IOException;
}
