package dev.graft.source;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import dev.graft.weights.SafetensorsWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A network as timm publishes it, with settings that no network of the catalogue has. */
final class PublishedMobileNet {
    static final Architecture ARCHITECTURE = Architectures.named("mobilenet_v2");

    static final String SETTINGS = """
            "input_size": [3, 192, 192], "interpolation": "bicubic", "crop_pct": 0.75, "mean": [0.5, 0.4, 0.3],
            "std": [0.2, 0.3, 0.4], "license": "apache-2.0\"""";

    static final String CONFIG = "{\"architecture\": \"mobilenetv2_100\", \"pretrained_cfg\": {" + SETTINGS + "}}";

    /** What the settings say. */
    static final Preprocessing PREPROCESSING = new Preprocessing(
            192,
            192,
            3,
            List.of(0.5f, 0.4f, 0.3f),
            List.of(0.2f, 0.3f, 0.4f),
            new ResizeMode.CenterCrop(256, Interpolation.BICUBIC));

    private PublishedMobileNet() {}

    /** Writes random weights. */
    static Path write(Path file) {
        write(file, ARCHITECTURE, "");
        return file;
    }

    /** Writes random weights whose names no network has. */
    static void writeForeign(Path file) {
        write(file, Architectures.named("digits-cnn"), "foreign.");
    }

    private static void write(Path file, Architecture architecture, String prefix) {
        SafetensorsWriter.write(
                file,
                architecture
                        .weightInitialization()
                        .initialize(architecture.parameters(), 1)
                        .withPrefix(prefix),
                Map.of());
    }
}
