package dev.graft.image.tiff;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * The strips or tiles that a picture is stored in, each of which is compressed by itself; a strip is a tile as wide as the
 * picture.
 *
 * @param width pixels of a tile
 * @param height pixels of a tile
 * @param across tiles side by side
 * @param down tiles one above the other
 * @param offsets where each tile begins, row by row, plane by plane
 * @param lengths its stored bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TiffGrid(int width, int height, int across, int down, long[] offsets, long[] lengths) {
    /** What all tiles together may take, so that a small file cannot ask for days of work: 4 GiB. */
    private static final long MOST_BITS = 8L << 32;

    // More than any of the compressions makes of a byte: LZW 2,731, a code of 12 bits for 4,096 bytes; Deflate 1,032.
    private static final long MOST_EXPANSION = 4096;

    static TiffGrid of(TiffDirectory tags, TiffForm form, int pictureWidth, int pictureHeight, ImageInputStream stream)
            throws IOException {
        boolean tiled = tags.has(TiffTag.TILE_OFFSETS);
        long width = tiled ? tags.number(TiffTag.TILE_WIDTH, 0) : pictureWidth;
        long height = tiled
                ? tags.number(TiffTag.TILE_LENGTH, 0)
                : Math.min(pictureHeight, tags.number(TiffTag.ROWS_PER_STRIP, pictureHeight));
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new IOException("tiles of " + width + " x " + height);
        }
        long across = (pictureWidth + width - 1) / width;
        long down = (pictureHeight + height - 1) / height;
        if (across * width > MOST_BITS / form.bitsPerPixel() / (tiled ? down * height : pictureHeight)) {
            throw new IOException(across * down + " tiles of " + width + " x " + height + " for " + pictureWidth + " x "
                    + pictureHeight + " pixels");
        }
        long[] offsets = tags.numbers(tiled ? TiffTag.TILE_OFFSETS : TiffTag.STRIP_OFFSETS);
        long[] lengths = tags.numbers(tiled ? TiffTag.TILE_BYTES : TiffTag.STRIP_BYTES);
        if (lengths.length == 0 && offsets.length == 1) {
            lengths = new long[] {stream.length() - offsets[0]};
        }
        long tiles = across * down * form.planes();
        if (offsets.length < tiles || lengths.length < tiles) {
            throw new IOException(
                    Math.min(offsets.length, lengths.length) + " places of tiles or strips for " + tiles + " of them");
        }
        TiffGrid grid = new TiffGrid((int) width, (int) height, (int) across, (int) down, offsets, lengths);
        grid.requireInside((int) tiles, stream.length());
        grid.requireFilled(form, pictureHeight);
        return grid;
    }

    private void requireInside(int tiles, long fileBytes) throws IOException {
        long sum = 0;
        for (int i = 0; i < tiles; i++) {
            if (offsets[i] < 0 || lengths[i] < 0 || offsets[i] > fileBytes || lengths[i] > fileBytes - offsets[i]) {
                throw new EOFException(
                        "bytes " + offsets[i] + " to " + (offsets[i] + lengths[i]) + " of a file of " + fileBytes);
            }
            sum += lengths[i];
        }
        if (sum > 2 * fileBytes) {
            throw new IOException(
                    "tiles or strips that lie on each other: " + sum + " bytes in a file of " + fileBytes);
        }
    }

    /** Refuses tiles that their stored bytes cannot fill, whatever they say, before any memory is taken for them. */
    private void requireFilled(TiffForm form, int pictureHeight) throws EOFException {
        for (int plane = 0; plane < form.planes(); plane++) {
            long rowBytes = TiffRows.rowBytes(form.bitsOf(plane), width);
            for (int row = 0; row < down; row++) {
                long expanded = rowBytes * rows(row, pictureHeight);
                for (int column = 0; column < across; column++) {
                    long stored = lengths[(plane * down + row) * across + column];
                    if (form.wants(plane) && expanded > MOST_EXPANSION * stored) {
                        throw new EOFException(stored + " stored bytes for " + expanded);
                    }
                }
            }
        }
    }

    /** The rows of a row of tiles that lie in the picture; tiles store what is below it as well, which nobody sees. */
    int rows(int tileRow, int pictureHeight) {
        return Math.min(height, pictureHeight - tileRow * height);
    }

    /** The stored bytes of a tile. */
    byte[] stored(int tile, ImageInputStream stream, boolean reversed) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(lengths[tile])];
        stream.seek(offsets[tile]);
        stream.readFully(bytes);
        if (reversed) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (Integer.reverse(bytes[i] & 0xFF) >>> 24);
            }
        }
        return bytes;
    }
}
