package dev.graft.image;

import dev.graft.data.Image;
import dev.graft.error.DataException;
import dev.graft.error.GraftException;
import dev.graft.error.Problem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes image files (PNG, JPEG, GIF, BMP) by their content, their dimensions checked before any pixel is. */
public final class ImageFiles {
    /** The most pixels that a file may hold: 100 million. */
    public static final long MAXIMUM_PIXELS = 100_000_000;

    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp");

    private ImageFiles() {}

    /**
     * Decodes a file. Grey stays grey, all else becomes red, green and blue; a palette of greys alone is grey. Samples
     * are taken as stored, without regard to colour profiles and gamma, as most imaging libraries do; those of another
     * depth are scaled to 0 to 255 and rounded. Transparent parts become black. Of an animation, the first frame.
     *
     * @throws DataException if the file is missing, is not an image, is damaged, truncated or too large
     */
    public static Image read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(Problem.of("There is no image file at this path.")
                    .where(file)
                    .expected("a PNG, JPEG, GIF or BMP file")
                    .found(Files.exists(file) ? "a folder or a special file" : "nothing")
                    .fix("check the path"));
        }
        // Not ImageIO.createImageInputStream: where a file may not be read, that answers null and hides the reason.
        try (ImageInputStream stream = new FileImageInputStream(file.toFile())) {
            return decode(file, stream);
        } catch (GraftException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The platform's readers answer damaged content with nearly any unchecked exception.
            throw unreadable(file, "damaged or truncated content (" + e.getMessage() + ")", e);
        }
    }

    private static Image decode(Path file, ImageInputStream stream) throws IOException {
        ImageReader reader = reader(file, stream);
        try {
            List<String> lost = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> {
                if (meansLostPixels(warning)) {
                    lost.add(warning);
                }
            });
            reader.setInput(stream, true, true);
            checkSize(file, reader.getWidth(0), reader.getHeight(0));
            BufferedImage picture = reader.read(0);
            if (!lost.isEmpty()) {
                throw unreadable(file, "damaged or truncated content (" + lost.get(0) + ")", null);
            }
            if (!Samples.understood(picture)) {
                throw unreadable(file, "colours that are neither grey nor red, green and blue", null);
            }
            return Samples.of(picture);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(Path file, ImageInputStream stream) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                return reader;
            }
            reader.dispose();
        }
        throw unreadable(file, "content of another kind, " + Files.size(file) + " bytes", null);
    }

    /** The JPEG reader fills what is missing with grey and only warns. */
    private static boolean meansLostPixels(String warning) {
        String lower = warning.toLowerCase(Locale.ROOT);
        return lower.contains("premature end") || lower.contains("bad huffman") || lower.contains("truncated");
    }

    private static void checkSize(Path file, int width, int height) {
        if (width < 1 || height < 1) {
            throw unreadable(file, "dimensions " + width + " x " + height, null);
        }
        if ((long) width * height > MAXIMUM_PIXELS) {
            throw new DataException(Problem.of("An image is too large to decode.")
                    .where(file)
                    .expected("at most " + MAXIMUM_PIXELS + " pixels")
                    .found(width + " x " + height)
                    .fix("scale the image down first"));
        }
    }

    private static DataException unreadable(Path file, String found, @Nullable Exception e) {
        Problem problem = Problem.of("A file cannot be decoded as an image.")
                .where(file)
                .expected("a whole PNG, JPEG, GIF or BMP file")
                .found(found)
                .fix("replace or remove the file");
        return e == null ? new DataException(problem) : new DataException(problem, e);
    }
}
