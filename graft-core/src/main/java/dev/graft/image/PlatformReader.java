package dev.graft.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * One of the Java platform's own readers at work on one file. Its warnings that pixels are missing are errors here.
 * Whoever opens it closes it; the stream stays open.
 */
final class PlatformReader implements AutoCloseable {
    private final Object place;
    private final ImageReader reader;
    private final List<String> lost = new ArrayList<>();

    /** Opens a file whose dimensions then have been checked. */
    PlatformReader(Object place, ImageFormat format, ImageInputStream stream, long mostPixels) throws IOException {
        this.place = place;
        this.reader = reader(format);
        reader.addIIOReadWarningListener((source, warning) -> {
            if (meansLostPixels(warning)) {
                lost.add(warning);
            }
        });
        stream.seek(0);
        reader.setInput(stream, true, true);
        Dimensions.check(place, reader.getWidth(0), reader.getHeight(0), mostPixels);
    }

    /** The platform's own reader, whatever other ones an application has on its class path: all decode alike then. */
    private static ImageReader reader(ImageFormat format) throws IOException {
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

    /** The reader itself, for what the methods here do not offer; {@link #requireNothingLost} is for afterwards. */
    ImageReader reader() {
        return reader;
    }

    /** Decodes the first picture. */
    BufferedImage picture() throws IOException {
        BufferedImage picture = reader.read(0);
        requireNothingLost();
        return picture;
    }

    /** Decodes the first picture's samples, without conversion. */
    Raster raster() throws IOException {
        Raster raster = reader.readRaster(0, null);
        requireNothingLost();
        return raster;
    }

    /** Refuses the file if the reader has missed pixels. */
    void requireNothingLost() {
        if (!lost.isEmpty()) {
            throw ImageFiles.unreadable(place, "damaged or truncated content (" + lost.get(0) + ")", null);
        }
    }

    @Override
    public void close() {
        reader.dispose();
    }
}
