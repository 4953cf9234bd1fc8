package dev.graft.text;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * One of the small JSON files that lie beside a model's weights.
 *
 * @param file where it lies
 * @param json its content; missing if there is no such file
 */
record SideFile(Path file, JsonNode json) {
    private static final long LARGEST_BYTES = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads one, if it is there.
     *
     * @throws WeightsFileException if it is no JSON, or too large for what it should be
     * @throws StorageException if it cannot be read
     */
    static SideFile read(Path file) {
        if (!Files.exists(file)) {
            return new SideFile(file, MissingNode.getInstance());
        }
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw malformed(file, "at most " + LARGEST_BYTES + " bytes", Files.size(file) + " bytes");
            }
            return new SideFile(file, JSON.readTree(InputFiles.readAllBytes(file)));
        } catch (JacksonException e) {
            throw malformed(file, "JSON", String.valueOf(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("A file beside a model's weights cannot be read.")
                            .where(file)
                            .found(e),
                    e);
        }
    }

    boolean isThere() {
        return !json.isMissingNode();
    }

    /** A flag, or what holds if it says nothing of it. */
    boolean flag(String key, boolean usual) {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return usual;
        }
        if (!value.isBoolean()) {
            throw malformed("true or false as " + key, value.toString());
        }
        return value.asBoolean();
    }

    /** Whether it says something of a key. */
    boolean says(String key) {
        return json.hasNonNull(key);
    }

    WeightsFileException malformed(String expected, String found) {
        return malformed(file, expected, found);
    }

    private static WeightsFileException malformed(Path file, String expected, String found) {
        return new WeightsFileException(Problem.of("A file beside a model's weights cannot be used.")
                .where(file)
                .expected(expected)
                .found(found.length() > 200 ? found.substring(0, 200) + "…" : found)
                .fix("download the file again, or save the model with save_pretrained()"));
    }
}
