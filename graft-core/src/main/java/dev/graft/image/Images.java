package dev.graft.image;

import dev.graft.data.Image;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.Required;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures from memory: content that came over a network or out of a database, decoded as {@link ImageFiles} decodes files, by
 * the same rules and limits, and pictures that Java holds already. Safe for use by several threads.
 */
public final class Images {
    /** The most bytes that are taken of a stream: 1 GiB. */
    public static final int MAXIMUM_BYTES = 1 << 30;

    private Images() {}

    /**
     * Decodes the content of an image file, upright, as {@link ImageFiles#read} does.
     *
     * @param content all of it
     * @param name what to call it in messages, such as its key in a database
     * @throws DataException if it is no image, is damaged, truncated or too large
     */
    public static Image read(byte[] content, String name) {
        return decode(content, name).image();
    }

    /**
     * Decodes the content of an image file, and tells what is odd about it.
     *
     * @param content all of it
     * @param name what to call it in messages, such as its key in a database
     * @throws DataException if it is no image, is damaged, truncated or too large
     */
    public static DecodedImage decode(byte[] content, String name) {
        if (content == null) {
            throw missing(name);
        }
        return ImageFiles.decode(Required.setting((Object) name, "name"), content);
    }

    /**
     * Decodes what a stream gives until its end. The stream stays open: whoever opened it closes it.
     *
     * @param content the content of an image file
     * @param name what to call it in messages
     * @throws DataException if it cannot be read, is no image, is damaged, truncated or too large
     */
    public static Image read(InputStream content, String name) {
        if (content == null) {
            throw missing(name);
        }
        byte[] bytes;
        try {
            bytes = content.readNBytes(MAXIMUM_BYTES);
            if (bytes.length == MAXIMUM_BYTES && content.read() >= 0) {
                throw new DataException(Problem.of("A stream holds more than an image may.")
                        .where(name)
                        .expected("at most " + MAXIMUM_BYTES + " bytes")
                        .found("more")
                        .fix("scale the image down first"));
            }
        } catch (IOException e) {
            throw new DataException(
                    Problem.of("A stream cannot be read.")
                            .where(name)
                            .expected("the content of an image file")
                            .found(Reason.of(e)),
                    e);
        }
        return read(bytes, name);
    }

    /**
     * Decodes the contents of image files, on all cores. Messages name them by their place, such as {@code picture 3}.
     *
     * @throws DataException if one is null, is no image, is damaged, truncated or too large
     */
    public static List<Image> readAll(List<byte[]> contents) {
        List<byte[]> given = Required.examples(contents, "picture", "pictures");
        return IntStream.range(0, given.size())
                .parallel()
                .mapToObj(i -> read(given.get(i), "picture " + i))
                .toList();
    }

    /**
     * Takes the samples of a picture that Java holds, as {@link ImageFiles#read} takes those of a file: as they are stored, without
     * regard to colour profiles, grey staying grey; those of another depth scaled to 0 to 255; transparent parts over black.
     *
     * @param picture grey, of a palette, or of red, green and blue, with or without transparency; it is copied
     * @throws DataException if it has other colours, no whole numbers for samples, or too many pixels
     */
    public static Image of(BufferedImage picture) {
        return of(picture, "a picture in memory");
    }

    /**
     * Takes the samples of a picture that Java holds, as {@link #of(BufferedImage)} does.
     *
     * @param picture grey, of a palette, or of red, green and blue, with or without transparency; it is copied
     * @param name what to call it in messages
     * @throws DataException if it has other colours, no whole numbers for samples, or too many pixels
     */
    public static Image of(BufferedImage picture, String name) {
        if (picture == null) {
            throw missing(name);
        }
        Dimensions.check(name, picture.getWidth(), picture.getHeight(), ImageFiles.MAXIMUM_PIXELS);
        int samples = picture.getRaster().getTransferType();
        boolean whole =
                samples == DataBuffer.TYPE_BYTE || samples == DataBuffer.TYPE_USHORT || samples == DataBuffer.TYPE_INT;
        if (!whole || !PixelSamples.understood(picture)) {
            throw new DataException(Problem.of("A picture in memory is of a form that is not read.")
                    .where(name)
                    .expected("grey, a palette, or red, green and blue, in whole numbers")
                    .found(picture.getColorModel())
                    .fix("draw it into a BufferedImage of TYPE_3BYTE_BGR first"));
        }
        return PixelSamples.of(picture, EnumSet.noneOf(Oddity.class));
    }

    private static DataException missing(String name) {
        return new DataException(Problem.of("There is no picture.")
                .where(name)
                .expected("the content of an image file, or a decoded picture")
                .found("null"));
    }
}
