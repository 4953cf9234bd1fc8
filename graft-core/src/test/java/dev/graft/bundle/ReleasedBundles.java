package dev.graft.bundle;

import dev.graft.data.Image;
import dev.graft.model.Confidence;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Writes the bundle that each release leaves in {@code src/test/resources/bundles}, and prints what it predicts.
 *
 * <p>{@code expected_v1.py} and {@code expected_v1_confidence.py} beside them compute the same without Graft. Run
 * {@link #main} from the tests' class path with the directory to write; never write over one that is there.
 */
public final class ReleasedBundles {
    private static final int SIDE = 28;

    private ReleasedBundles() {}

    /** A horizontal ramp, a dark picture with a bright square, and a small coloured picture. */
    public static List<Image> pinnedImages() {
        byte[] ramp = new byte[SIDE * SIDE];
        byte[] square = new byte[SIDE * SIDE];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (i % SIDE * 9);
            boolean inside = i / SIDE >= 8 && i / SIDE < 19 && i % SIDE >= 8 && i % SIDE < 19;
            square[i] = (byte) (inside ? 255 : 0);
        }
        byte[] color = new byte[5 * 9 * 3];
        for (int i = 0; i < color.length; i++) {
            color[i] = (byte) (i * 37);
        }
        return List.of(new Image(SIDE, SIDE, 1, ramp), new Image(SIDE, SIDE, 1, square), new Image(5, 9, 3, color));
    }

    /**
     * Writes the bundle and prints the probabilities of the pinned images.
     *
     * @param arguments the directory to write
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        TransferModel model = SampleModels.transfer(List.of("方形", "circle", "star"));
        Bundle.write(Path.of(arguments[0]), model.withConfidence(new Confidence(2.5, 0.45)), false);
        try (Classifier classifier = new Classifier(Bundle.read(Path.of(arguments[0])))) {
            for (float[] row : classifier.probabilities(pinnedImages())) {
                System.out.println(String.format(Locale.ROOT, "{%.7ff, %.7ff, %.7ff},", row[0], row[1], row[2]));
            }
        }
    }
}
