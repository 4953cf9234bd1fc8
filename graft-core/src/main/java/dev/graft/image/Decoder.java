package dev.graft.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.graft.data.Image;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Decodes one file's stream: tells the format, looks at the header, and only then lets a reader at the pixels. */
final class Decoder {
    private final Path file;
    private final ImageInputStream stream;
    private final List<String> lost = new ArrayList<>();

    Decoder(Path file, ImageInputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    DecodedImage decode() throws IOException {
        ImageFormat format = ImageFormat.of(start());
        if (format == null) {
            throw ImageFiles.unreadable(file, "content of another kind, " + stream.length() + " bytes", null);
        }
        return format == ImageFormat.JPEG ? jpeg() : other(format);
    }

    private byte[] start() throws IOException {
        byte[] start = new byte[ImageFormat.SIGNATURE_BYTES];
        int count = 0;
        try {
            while (count < start.length) {
                start[count] = stream.readByte();
                count++;
            }
        } catch (EOFException e) {
            return Arrays.copyOf(start, count);
        }
        return start;
    }

    private DecodedImage jpeg() throws IOException {
        JpegHeader header = JpegHeader.read(stream);
        ImageReader reader = open(ImageFormat.JPEG);
        try {
            Image stored = header.plainColor() ? converted(reader) : JpegSamples.of(reader.readRaster(0, null), header);
            requireNothingLost();
            return new DecodedImage(
                    Orientation.apply(stored, header.orientation()), ImageFormat.JPEG, header.orientation(), false);
        } finally {
            reader.dispose();
        }
    }

    /** Decoded straight into an array of red, green and blue, by the reader's own native conversion. */
    private static Image converted(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(pixels, pixels.length), width, height, 3 * width, 3, new int[] {0, 1, 2}, null);
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        ImageReadParam into = reader.getDefaultReadParam();
        into.setDestination(new BufferedImage(colors, raster, false, null));
        reader.read(0, into);
        return new Image(height, width, 3, pixels);
    }

    private DecodedImage other(ImageFormat format) throws IOException {
        // Before the reader, which drops the stream's beginning once it has read it.
        Container container = Container.of(format, stream);
        ImageReader reader = open(format);
        try {
            BufferedImage picture = reader.read(0);
            requireNothingLost();
            if (!Samples.understood(picture)) {
                throw ImageFiles.unreadable(file, "colours that are neither grey, RGB nor CMYK", null);
            }
            Image stored = Samples.of(picture);
            return new DecodedImage(
                    Orientation.apply(stored, container.orientation()),
                    format,
                    container.orientation(),
                    container.severalFrames());
        } finally {
            reader.dispose();
        }
    }

    /** A reader for the format, whose file's dimensions have been checked. */
    private ImageReader open(ImageFormat format) throws IOException {
        ImageReader reader = reader(format);
        reader.addIIOReadWarningListener((source, warning) -> {
            if (meansLostPixels(warning)) {
                lost.add(warning);
            }
        });
        stream.seek(0);
        reader.setInput(stream, true, true);
        checkSize(reader.getWidth(0), reader.getHeight(0));
        return reader;
    }

    /** The platform's own reader, whatever other ones an application has on its class path: all decode alike then. */
    private static ImageReader reader(ImageFormat format) throws IOException {
        if (format == ImageFormat.WEBP) {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.")) {
                return reader;
            }
        }
        throw new IOException("this Java platform reads no " + format.label());
    }

    /** The JPEG reader fills what is missing with grey and only warns. */
    private static boolean meansLostPixels(String warning) {
        String lower = warning.toLowerCase(Locale.ROOT);
        return lower.contains("premature end") || lower.contains("bad huffman") || lower.contains("truncated");
    }

    private void requireNothingLost() {
        if (!lost.isEmpty()) {
            throw ImageFiles.unreadable(file, "damaged or truncated content (" + lost.get(0) + ")", null);
        }
    }

    private void checkSize(int width, int height) {
        if (width < 1 || height < 1) {
            throw ImageFiles.unreadable(file, "dimensions " + width + " x " + height, null);
        }
        if ((long) width * height > ImageFiles.MAXIMUM_PIXELS) {
            throw new DataException(Problem.of("An image is too large to decode.")
                    .where(file)
                    .expected("at most " + ImageFiles.MAXIMUM_PIXELS + " pixels")
                    .found(width + " x " + height)
                    .fix("scale the image down first"));
        }
    }
}
