package dev.graft.demo;

import dev.graft.data.Image;
import dev.graft.result.ReportPictures.LabeledPicture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** The samples of the source data that are shipped with the embedded backbone. */
public final class SourceSamples {
    private static final String SHEET = "/dev/graft/backbones/digits-cnn/samples.png";
    private static final int SIDE = 28;

    private SourceSamples() {}

    /** The shipped samples: a sheet with a column for each digit. */
    public static List<LabeledPicture> embedded() {
        BufferedImage sheet = readSheet();
        List<LabeledPicture> samples = new ArrayList<>();
        for (int row = 0; row < sheet.getHeight() / SIDE; row++) {
            for (int digit = 0; digit < sheet.getWidth() / SIDE; digit++) {
                byte[] pixels = new byte[SIDE * SIDE];
                sheet.getRaster().getDataElements(digit * SIDE, row * SIDE, SIDE, SIDE, pixels);
                samples.add(new LabeledPicture(new Image(SIDE, SIDE, 1, pixels), Integer.toString(digit)));
            }
        }
        return samples;
    }

    private static BufferedImage readSheet() {
        try (@Nullable InputStream stream = SourceSamples.class.getResourceAsStream(SHEET)) {
            if (stream == null) {
                throw new AssertionError("missing from the jar: " + SHEET);
            }
            return ImageIO.read(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
