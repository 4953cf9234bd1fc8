package dev.graft.bundle;

import dev.graft.backbone.Backbone;
import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.InputFiles;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a bundle's weights. */
final class BundleWeights {
    // The longest array that every Java machine can make: the digest is taken of the bytes that are then parsed.
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private BundleWeights() {}

    /**
     * Reads a bundle's weights. What its config.json promises is compared with the tensor file's header before any tensor takes
     * memory.
     *
     * @param specs the tensors that the network of its config.json needs
     * @param network what needs them, for messages
     */
    static WeightSet read(Path directory, String sha256, List<ParameterSpec> specs, String network) {
        Path file = directory.resolve(Bundle.WEIGHTS);
        if (!Files.isRegularFile(file)) {
            throw new WeightsFileException(Problem.of("A bundle lacks its weights.")
                    .where(directory)
                    .expected("a file " + Bundle.WEIGHTS + " beside " + Bundle.CONFIG)
                    .fix("restore the file, or write the bundle again"));
        }
        try {
            Bundle.requireSize(file, MOST_BYTES);
            requireShapes(file, specs, network);
            byte[] content = InputFiles.readAllBytes(file);
            try (SafetensorsFile opened = SafetensorsFile.parse(content, file.toString())) {
                WeightSet weights = opened.readAll();
                Bundle.requireDigest(sha256, content, file.toString(), "A bundle's weights were");
                return weights;
            }
        } catch (IOException e) {
            throw Bundle.unreadable(file, e);
        }
    }

    private static void requireShapes(Path file, List<ParameterSpec> specs, String network) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        try (SafetensorsFile header = SafetensorsFile.open(file)) {
            header.tensors().forEach((name, info) -> shapes.put(name, info.shape()));
        }
        Backbone.requireShapes(specs, shapes, network);
    }
}
