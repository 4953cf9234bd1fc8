package dev.graft.image;

import dev.graft.data.Image;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes image files (PNG, JPEG, GIF, BMP), their dimensions checked before any pixel is. */
public final class ImageFiles {
    /** The most pixels that a file may hold: 100 million. */
    public static final long MAXIMUM_PIXELS = 100_000_000;

    private ImageFiles() {}

    /**
     * Decodes a file: grey stays grey, all else becomes red, green and blue; transparent parts become black.
     *
     * @throws DataException if the file is missing, is not an image, is damaged or is too large
     */
    public static Image read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(Problem.of("There is no image file at this path.")
                    .where(file)
                    .expected("a PNG, JPEG, GIF or BMP file")
                    .found(Files.exists(file) ? "a folder or a special file" : "nothing")
                    .fix("check the path"));
        }
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw unreadable(file, "content of another kind, " + Files.size(file) + " bytes", null);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                checkSize(file, reader.getWidth(0), reader.getHeight(0));
                return convert(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unreadable(file, "damaged or truncated content (" + e.getMessage() + ")", e);
        }
    }

    private static void checkSize(Path file, int width, int height) {
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

    private static Image convert(BufferedImage picture) {
        boolean grey = picture.getRaster().getNumBands() == 1
                && picture.getColorModel().getColorSpace().getNumComponents() == 1;
        int width = picture.getWidth();
        int height = picture.getHeight();
        if (grey && picture.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            byte[] samples = new byte[width * height];
            picture.getRaster().getDataElements(0, 0, width, height, samples);
            return new Image(height, width, 1, samples);
        }
        BufferedImage plain = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = plain.createGraphics();
        graphics.setColor(Color.BLACK);
        graphics.fillRect(0, 0, width, height);
        graphics.drawImage(picture, 0, 0, null);
        graphics.dispose();
        int[] packed = plain.getRGB(0, 0, width, height, null, 0, width);
        byte[] samples = new byte[packed.length * 3];
        for (int i = 0; i < packed.length; i++) {
            samples[i * 3] = (byte) (packed[i] >> 16);
            samples[i * 3 + 1] = (byte) (packed[i] >> 8);
            samples[i * 3 + 2] = (byte) packed[i];
        }
        return new Image(height, width, 3, samples);
    }
}
