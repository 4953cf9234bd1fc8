package dev.graft.image.tiff;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * One directory of a TIFF file (TIFF 6.0, section 2) or BigTIFF file: its entries by tag. Values are read when they are
 * asked for, after their number has been checked against the file's size.
 */
final class TiffDirectory {
    private static final int BIG = 43;
    private static final int MOST_ENTRIES = 1 << 16;

    /** Bytes of a value by its type; 0 where there is no such type. */
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private final ImageInputStream stream;
    private final boolean big;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private long next;

    private record Entry(int type, long count, long at) {}

    private TiffDirectory(ImageInputStream stream, boolean big) {
        this.stream = stream;
        this.big = big;
    }

    /** Reads a file's first directory. Leaves the stream in the file's byte order. */
    static TiffDirectory first(ImageInputStream stream) throws IOException {
        stream.seek(0);
        stream.setByteOrder(ByteOrder.BIG_ENDIAN);
        stream.setByteOrder(stream.readUnsignedShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        boolean big = stream.readUnsignedShort() == BIG;
        if (!big) {
            return read(stream, stream.readUnsignedInt(), false);
        }
        int offsetBytes = stream.readUnsignedShort();
        if (offsetBytes != 8 || stream.readUnsignedShort() != 0) {
            throw new IOException("a BigTIFF header with offsets of " + offsetBytes + " bytes");
        }
        return read(stream, stream.readLong(), true);
    }

    /** Reads another directory of the file. */
    TiffDirectory at(long place) throws IOException {
        return read(stream, place, big);
    }

    private static TiffDirectory read(ImageInputStream stream, long place, boolean big) throws IOException {
        TiffDirectory directory = new TiffDirectory(stream, big);
        stream.seek(requirePlace(stream, place));
        long count = big ? stream.readLong() : stream.readUnsignedShort();
        if (count < 0 || count > MOST_ENTRIES) {
            throw new IOException("a directory of " + Long.toUnsignedString(count) + " entries");
        }
        int entryBytes = big ? 20 : 12;
        long begin = place + (big ? 8 : 2);
        for (int i = 0; i < count; i++) {
            directory.readEntry(begin + (long) i * entryBytes);
        }
        stream.seek(begin + count * entryBytes);
        directory.next = big ? stream.readLong() : stream.readUnsignedInt();
        return directory;
    }

    private void readEntry(long begin) throws IOException {
        stream.seek(begin);
        int tag = stream.readUnsignedShort();
        int type = stream.readUnsignedShort();
        long count = big ? stream.readLong() : stream.readUnsignedInt();
        if (type >= TYPE_BYTES.length || TYPE_BYTES[type] == 0 || count < 1) {
            return;
        }
        if (count > Math.max(0, stream.length()) / TYPE_BYTES[type]) {
            throw new IOException("tag " + tag + " with " + count + " values, more than the file can hold");
        }
        long at = stream.getStreamPosition();
        if (count * TYPE_BYTES[type] > (big ? 8 : 4)) {
            at = requirePlace(stream, big ? stream.readLong() : stream.readUnsignedInt());
        }
        // The first of several entries with one tag counts, as in other readers.
        entries.putIfAbsent(tag, new Entry(type, count, at));
    }

    private static long requirePlace(ImageInputStream stream, long place) throws IOException {
        if (place < 0 || place >= stream.length()) {
            throw new IOException(
                    "an offset of " + Long.toUnsignedString(place) + " in a file of " + stream.length() + " bytes");
        }
        return place;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** Where the next directory is; 0 if this is the last. */
    long next() {
        return next;
    }

    /** Whether the file is a BigTIFF, with offsets of 8 bytes. */
    boolean big() {
        return big;
    }

    /** The first value of a tag, or another number if the tag is absent. */
    long number(int tag, long otherwise) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return otherwise;
        }
        stream.seek(entry.at());
        return value(tag, entry.type());
    }

    /** All values of a tag; none if it is absent. */
    long[] numbers(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return new long[0];
        }
        long[] values = new long[Math.toIntExact(entry.count())];
        stream.seek(entry.at());
        for (int i = 0; i < values.length; i++) {
            values[i] = value(tag, entry.type());
        }
        return values;
    }

    private long value(int tag, int type) throws IOException {
        return switch (type) {
            case 1, 7 -> stream.readUnsignedByte();
            case 3 -> stream.readUnsignedShort();
            case 4, 13 -> stream.readUnsignedInt();
            case 6 -> stream.readByte();
            case 8 -> stream.readShort();
            case 9 -> stream.readInt();
            case 16, 17, 18 -> stream.readLong();
            default -> throw new IOException("tag " + tag + " of type " + type + ", where a whole number belongs");
        };
    }

    /** The bytes of a tag, at most so many; none if it is absent. */
    byte[] bytes(int tag, int most) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) Math.min(most, entry.count() * TYPE_BYTES[entry.type()])];
        stream.seek(entry.at());
        stream.readFully(bytes);
        return bytes;
    }

    /** The beginning of a text of a tag, at most 256 bytes; empty if it is absent. */
    String text(int tag) throws IOException {
        return new String(bytes(tag, 256), StandardCharsets.ISO_8859_1)
                .replace("\0", "")
                .strip();
    }
}
