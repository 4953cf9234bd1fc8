package dev.graft.serve;

import dev.graft.data.Image;
import dev.graft.report.Png;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small pictures as {@code data:} addresses: PNG or JPEG, whichever is shorter. */
final class ShownThumbnail {
    private static final int LONGEST_SIDE = 128;

    private ShownThumbnail() {}

    /** The address of a picture that is no longer than a page needs it. */
    static String of(Image image) {
        Image small = image.atMost(LONGEST_SIDE);
        byte[] png = Png.encode(small);
        byte[] jpeg = jpeg(small);
        boolean shorter = jpeg.length < png.length;
        return (shorter ? "data:image/jpeg;base64," : "data:image/png;base64,")
                + Base64.getEncoder().encodeToString(shorter ? jpeg : png);
    }

    private static byte[] jpeg(Image image) {
        BufferedImage picture = new BufferedImage(
                image.width(),
                image.height(),
                image.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        if (image.channels() == 1) {
            picture.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
        } else {
            for (int row = 0; row < image.height(); row++) {
                for (int column = 0; column < image.width(); column++) {
                    int red = image.sample(row, column, 0);
                    int green = image.sample(row, column, 1);
                    picture.setRGB(column, row, red << 16 | green << 8 | image.sample(row, column, 2));
                }
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        // In memory, whatever the cache of the image classes is set to.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
