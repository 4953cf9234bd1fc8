package dev.graft.mnist;

import dev.graft.error.Reason;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Inflates a gzip file (RFC 1952) of one member that must end where the file ends.
 *
 * <p>The platform's own stream passes over trailing bytes in silence; here they are an error, as is a wrong checksum or a
 * file that is cut short.
 */
final class StrictGzip extends InputStream {
    private static final int HAS_HEADER_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final InputStream packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[1 << 16];
    private int filled;
    private boolean ended;

    /** Reads the header. Closing this stream closes {@code packed}, which should be buffered. */
    StrictGzip(InputStream packed) throws IOException {
        this.packed = packed;
        try {
            readHeader();
        } catch (IOException e) {
            inflater.end();
            throw e;
        }
    }

    /** Whether these are a gzip file's first two bytes. */
    static boolean begins(int first, int second) {
        return first == 0x1F && second == 0x8B;
    }

    private void readHeader() throws IOException {
        if (!begins(next(), next()) || next() != 8) {
            throw new ZipException("it has no gzip header");
        }
        int flags = next();
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private int next() throws IOException {
        int value = packed.read();
        if (value < 0) {
            throw cutShort();
        }
        return value;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // Names and comments are of no use here.
        }
    }

    private static EOFException cutShort() {
        return new EOFException("the gzip stream is cut short");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                readTrailer();
                ended = true;
            } else if (inflater.needsInput()) {
                filled = packed.read(buffer);
                if (filled < 0) {
                    throw cutShort();
                }
                inflater.setInput(buffer, 0, filled);
            } else {
                throw new ZipException("its gzip stream needs a preset dictionary");
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            ZipException damaged = new ZipException("its gzip stream is damaged (" + Reason.of(e) + ")");
            damaged.initCause(e);
            throw damaged;
        }
    }

    private void readTrailer() throws IOException {
        int left = inflater.getRemaining();
        InputStream rest = new SequenceInputStream(new ByteArrayInputStream(buffer, filled - left, left), packed);
        byte[] trailer = rest.readNBytes(8);
        if (trailer.length < 8) {
            throw cutShort();
        }
        ByteBuffer fields = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN);
        if (fields.getInt() != (int) checksum.getValue() || fields.getInt() != (int) inflater.getBytesWritten()) {
            throw new ZipException("its gzip checksum is wrong");
        }
        if (rest.read() >= 0) {
            throw new ZipException("bytes follow the end of its gzip stream");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
