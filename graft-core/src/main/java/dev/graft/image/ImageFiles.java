package dev.graft.image;

import dev.graft.data.Image;
import dev.graft.error.DataException;
import dev.graft.error.GraftException;
import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.weights.InputFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.IIOException;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes image files (PNG, JPEG, GIF, BMP, TIFF, WebP) by their content, their dimensions checked before any pixel is.
 * Safe for use by several threads.
 */
public final class ImageFiles {
    /** The most pixels that a file may hold: 100 million. */
    public static final long MAXIMUM_PIXELS = 100_000_000;

    /** Files up to this size are read at once, which is quicker: 4 MiB. */
    private static final long AT_ONCE_BYTES = 4L << 20;

    /** What to do about a file that is no use. */
    public static final String REPLACE = "replace or remove the file";

    private ImageFiles() {}

    /**
     * Decodes a file, upright. Grey stays grey, all else becomes red, green and blue; a palette of greys alone is grey.
     * Samples are taken as stored, without regard to colour profiles and gamma, as most imaging libraries do; those of
     * another depth are scaled to 0 to 255 and rounded; ink (CMYK) becomes light without a profile. Transparent parts are
     * laid over black: colours are multiplied by their opacity, unless the file says that they have been. What a TIFF file
     * has besides colour and alpha is left out. Of an animation or several pages, the first, on its whole screen. The EXIF
     * orientation is applied.
     *
     * @throws DataException if the file is missing, is not an image, is damaged, truncated or too large
     */
    public static Image read(Path file) {
        return decode(file).image();
    }

    /**
     * Decodes a file as {@link #read} does, and tells what is odd about it.
     *
     * @throws DataException if the file is missing, is not an image, is damaged, truncated or too large
     */
    public static DecodedImage decode(Path file) {
        return decode(file, content -> {});
    }

    /**
     * Decodes a file as {@link #decode(Path)} does, and shows its bytes on the way.
     *
     * @param content is given all bytes of a file of at most 4 MiB, of no larger one
     * @throws DataException if the file is missing, is not an image, is damaged, truncated or too large
     */
    public static DecodedImage decode(Path file, Consumer<byte[]> content) {
        requireFile(file);
        try {
            if (Files.size(file) <= AT_ONCE_BYTES) {
                byte[] bytes = InputFiles.readAllBytes(file);
                content.accept(bytes);
                return decode(file, bytes);
            }
        } catch (IOException e) {
            throw unreadable(file, Reason.of(e), e);
        }
        // Not ImageIO.createImageInputStream: where a file may not be read, that answers null and hides the reason.
        try (ImageInputStream stream = new FileImageInputStream(file.toFile())) {
            return decode(file, stream, MAXIMUM_PIXELS);
        } catch (IOException e) {
            throw unreadable(file, "damaged or truncated content (" + Reason.of(e) + ")", e);
        }
    }

    /**
     * Decodes the content of a file, whoever has it, as {@link #decode(Path)} does.
     *
     * @param name what the picture is called in messages, such as {@code picture 1}; no file of that name is looked for
     * @param content a whole file
     * @param mostPixels how many pixels it may have, at most {@link #MAXIMUM_PIXELS}
     * @throws DataException if it is not an image, is damaged, truncated or too large
     */
    public static DecodedImage decode(String name, byte[] content, long mostPixels) {
        return decode((Object) name, content, Math.min(MAXIMUM_PIXELS, mostPixels));
    }

    /** Decodes the content of a file that has been read already. */
    static DecodedImage decode(Object place, byte[] content) {
        return decode(place, content, MAXIMUM_PIXELS);
    }

    private static DecodedImage decode(Object place, byte[] content, long mostPixels) {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content)) {
            @Override
            public long length() {
                return content.length;
            }
        }) {
            return decode(place, stream, mostPixels);
        } catch (IOException e) {
            throw unreadable(place, "damaged or truncated content (" + Reason.of(e) + ")", e);
        }
    }

    private static DecodedImage decode(Object place, ImageInputStream stream, long mostPixels) throws IOException {
        try {
            return new Decoder(place, stream, mostPixels).decode();
        } catch (GraftException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw outOfMemory(place, e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // The readers answer damaged content with nearly any unchecked exception, and one wraps them all.
            Throwable cause = cause(e);
            throw cause instanceof OutOfMemoryError error
                    ? outOfMemory(place, error)
                    : unreadable(place, "damaged or truncated content (" + Reason.of(cause) + ")", e);
        }
    }

    /** What happened, behind exceptions that only say that something did. */
    private static Throwable cause(Throwable e) {
        Throwable cause = e.getCause();
        return e instanceof IIOException && cause != null && cause != e ? cause(cause) : e;
    }

    private static DataException outOfMemory(Object place, OutOfMemoryError e) {
        return new DataException(
                Problem.of("An image is too large to decode in the memory that Java may use.")
                        .where(place)
                        .expected("an image that fits beside what else is held, of "
                                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB in all")
                        .found("content that takes more memory than is left, or a damaged file that asks for it")
                        .fix("scale the image down first, or give Java more memory (-Xmx)"),
                e);
    }

    /** Checks that there is a file to read. */
    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(Problem.of("There is no image file at this path.")
                    .where(file)
                    .expected("a " + ImageFormat.ALL + " file")
                    .found(Files.exists(file) ? "a folder or a special file" : "nothing")
                    .fix("check the path"));
        }
    }

    /** Refuses a file of a form that is known and not read, and tells how to convert it. */
    static DataException refused(Object place, String found, String fix) {
        return new DataException(Problem.of("A file cannot be decoded as an image.")
                .where(place)
                .expected("a whole " + ImageFormat.ALL + " file")
                .found(found)
                .fix(fix));
    }

    static DataException unreadable(Object place, String found, @Nullable Throwable e) {
        Problem problem = Problem.of("A file cannot be decoded as an image.")
                .where(place)
                .expected("a whole " + ImageFormat.ALL + " file")
                .found(found)
                .fix(REPLACE);
        return e == null ? new DataException(problem) : new DataException(problem, e);
    }
}
