package dev.graft.report;

import dev.graft.data.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes JPEG files with the JDK's encoder. */
final class Jpeg {
    private static final float QUALITY = 0.85f;

    private Jpeg() {}

    /** Encodes a picture. */
    static byte[] encode(Image image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(buffered(image), null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory cannot be encoded", e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    private static BufferedImage buffered(Image image) {
        BufferedImage pixels = new BufferedImage(
                image.width(),
                image.height(),
                image.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        if (image.channels() == 1) {
            pixels.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
            return pixels;
        }
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                pixels.setRGB(
                        column,
                        row,
                        image.sample(row, column, 0) << 16
                                | image.sample(row, column, 1) << 8
                                | image.sample(row, column, 2));
            }
        }
        return pixels;
    }
}
