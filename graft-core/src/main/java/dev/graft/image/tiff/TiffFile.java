package dev.graft.image.tiff;

import dev.graft.data.Image;
import dev.graft.error.DataException;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A TIFF or BigTIFF file's first page. Its tags decide what the samples mean: extra samples that are not said to be alpha
 * (ExtraSamples 0) are left out, premultiplied alpha (1) is not multiplied again, and what is not understood is refused
 * by the tag's name and value. Not safe for use by several threads.
 */
public final class TiffFile {
    private static final int MOST_DIRECTORIES = 16;

    private final ImageInputStream stream;
    private final TiffDirectory tags;
    private final TiffForm form;
    private final int width;
    private final int height;
    private boolean transparent;

    private TiffFile(ImageInputStream stream, TiffDirectory tags, TiffForm form, int width, int height) {
        this.stream = stream;
        this.tags = tags;
        this.form = form;
        this.width = width;
        this.height = height;
    }

    /**
     * Reads the tags of a file's first page.
     *
     * @param place what to name in messages
     * @param stream the file's content, whose length is known; it stays open, and its place and byte order change
     * @throws DataException if the file is of a form that is not read
     * @throws IOException if it is damaged or cut short
     */
    public static TiffFile open(Object place, ImageInputStream stream) throws IOException {
        TiffRefusal refusal = new TiffRefusal(place);
        TiffDirectory tags = TiffDirectory.first(stream);
        requireNoCameraRaw(tags, refusal);
        TiffForm form = TiffForm.of(tags, refusal);
        return new TiffFile(stream, tags, form, side(tags, TiffTag.WIDTH), side(tags, TiffTag.LENGTH));
    }

    private static int side(TiffDirectory tags, int tag) throws IOException {
        long side = tags.number(tag, 0);
        if (side < 1 || side > Integer.MAX_VALUE) {
            throw new IOException("tag " + tag + ", a side of " + side + " pixels");
        }
        return (int) side;
    }

    /** A camera's raw file begins with a small preview, which is not the picture. */
    private static void requireNoCameraRaw(TiffDirectory tags, TiffRefusal refusal) throws IOException {
        if (tags.has(TiffTag.DNG_VERSION)) {
            throw refusal.ofCameraRaw("the camera raw format DNG (tag 50706, DNGVersion)");
        }
        long[] below = tags.numbers(TiffTag.SUB_DIRECTORIES);
        for (int i = 0; i < Math.min(MOST_DIRECTORIES, below.length); i++) {
            long photometric = tags.at(below[i]).number(TiffTag.PHOTOMETRIC, 0);
            if (photometric == TiffTag.CAMERA_SENSOR || photometric == TiffTag.LINEAR_RAW) {
                throw refusal.ofCameraRaw(maker(tags) + TiffTag.with(TiffTag.PHOTOMETRIC, photometric));
            }
        }
    }

    private static String maker(TiffDirectory tags) throws IOException {
        String maker = tags.text(TiffTag.MAKE).toLowerCase(Locale.ROOT);
        return "the raw format of a camera" + (maker.isEmpty() ? "" : " (" + maker + ")") + ", ";
    }

    /** Pixels of a stored row. */
    public int width() {
        return width;
    }

    /** The number of stored rows. */
    public int height() {
        return height;
    }

    /** Which way up the picture is stored, as EXIF counts: 1 (upright) to 8. */
    public int orientation() throws IOException {
        long value = tags.number(TiffTag.ORIENTATION, 1);
        return value >= 1 && value <= 8 ? (int) value : 1;
    }

    /** Whether there are further pages. */
    public boolean severalPages() {
        return tags.next() != 0;
    }

    /** Whether a sample has more than 8 bits, of which the upper ones are kept. */
    public boolean deep() {
        return form.bits()[0] > 8;
    }

    /** Whether colours are stored as inks (CMYK). */
    public boolean inks() {
        return form.kind() == TiffForm.Kind.CMYK;
    }

    /** How many samples of each pixel are left out, being neither colour nor alpha. */
    public int surplusSamples() {
        return form.surplus();
    }

    /** The beginning of the colour profile that the file carries, at most so many bytes; none if it has none. */
    public byte[] profile(int most) throws IOException {
        return tags.bytes(TiffTag.PROFILE, most);
    }

    /** Whether the last picture {@link #read read} had a pixel that was not opaque. */
    public boolean transparent() {
        return transparent;
    }

    /**
     * Whether {@link #read} is for this file. Where not, as for JPEG and fax compression, the form has been checked to be
     * one that the Java platform reads as the tags say.
     */
    public boolean readHere() {
        return !form.byPlatform();
    }

    /**
     * Checks that what the picture is stored in lies inside the file, which {@link #read} does too.
     *
     * @throws IOException if the file is damaged or cut short
     */
    public void requireStored() throws IOException {
        // The first JPEG form of TIFF has other tags for it.
        if (form.compression() != TiffCompression.OLD_JPEG) {
            TiffGrid.of(tags, form, width, height, stream);
        }
    }

    /**
     * Reads the picture as it is stored, not turned upright: in grey or red, green and blue of 0 to 255, transparent
     * parts laid over black.
     *
     * @throws IOException if the file is damaged or cut short
     */
    public Image read() throws IOException {
        TiffGrid grid = TiffGrid.of(tags, form, width, height, stream);
        TiffColors colors = new TiffColors(form, tags);
        int channels = colors.channels();
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
        int[] row = new int[Math.multiplyExact(Math.min(grid.width(), width), form.bits().length)];
        for (int tileRow = 0; tileRow < grid.down(); tileRow++) {
            for (int tileColumn = 0; tileColumn < grid.across(); tileColumn++) {
                @Nullable TiffRows[] parts = parts(grid, tileRow, tileColumn);
                int left = tileColumn * grid.width();
                int count = Math.min(grid.width(), width - left);
                int top = tileRow * grid.height();
                int bottom = Math.min(height, top + grid.height());
                for (int y = top; y < bottom; y++) {
                    copy(parts, y - top, count, row);
                    colors.convert(row, count, pixels, (y * width + left) * channels);
                }
            }
        }
        transparent = colors.transparent();
        return new Image(height, width, channels, pixels);
    }

    private static void copy(@Nullable TiffRows[] parts, int y, int count, int[] row) {
        for (int plane = 0; plane < parts.length; plane++) {
            TiffRows part = parts[plane];
            if (part != null) {
                part.copy(y, count, row, plane, parts.length);
            }
        }
    }

    /** The planes of a tile; those that nobody asks for are not read. */
    private @Nullable TiffRows[] parts(TiffGrid grid, int tileRow, int tileColumn) throws IOException {
        @Nullable TiffRows[] parts = new TiffRows[form.planes()];
        int rows = grid.rows(tileRow, height);
        for (int plane = 0; plane < parts.length; plane++) {
            if (form.wants(plane)) {
                int tile = (plane * grid.down() + tileRow) * grid.across() + tileColumn;
                byte[] stored = grid.stored(tile, stream, form.reversed());
                parts[plane] =
                        new TiffRows(form, stored, form.bitsOf(plane), grid.width(), rows, stream.getByteOrder());
            }
        }
        return parts;
    }
}
