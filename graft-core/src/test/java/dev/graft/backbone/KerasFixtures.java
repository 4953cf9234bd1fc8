package dev.graft.backbone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that Keras saved; {@code make_keras.py} made them. */
public final class KerasFixtures {
    /** The same network in every form that Keras has. */
    public static final List<String> NAMES =
            List.of("keras2.h5", "keras2.weights.h5", "keras3.h5", "keras3.weights.h5");

    private KerasFixtures() {}

    /** Unpacks a file into the folder. */
    public static Path unpack(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = new GZIPInputStream(open(name + ".gz"))) {
            Files.copy(in, file);
        }
        return file;
    }

    /** The logits that Keras gave. */
    public static float[] logits() throws IOException {
        try (InputStream in = open("expected.json")) {
            JsonNode values = JsonMapper.shared().readTree(in).get("logits");
            float[] logits = new float[values.size()];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = values.get(i).floatValue();
            }
            return logits;
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(KerasFixtures.class.getResourceAsStream("/keras/" + name), name);
    }
}
