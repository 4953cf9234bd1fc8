package dev.graft.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/** Decodes text, and fails at the first byte that has no meaning, saying where it is. A byte order mark is left out. */
final class StrictReader extends Reader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 13).flip();
    private final CharBuffer characters = CharBuffer.allocate(1 << 13).flip();
    private long decoded;
    private boolean begun;
    private boolean ended;

    StrictReader(InputStream in, Charset charset) {
        this.in = in;
        this.decoder = charset.newDecoder();
    }

    /** A byte that cannot be decoded. */
    static final class MalformedTextException extends IOException {
        private static final long serialVersionUID = 1;
        private final long offset;

        private MalformedTextException(long offset) {
            super("byte " + offset + " has no meaning in this encoding");
            this.offset = offset;
        }

        /** Where it is, from 0. */
        long offset() {
            return offset;
        }
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!characters.hasRemaining()) {
            if (ended) {
                return -1;
            }
            decode();
        }
        int count = Math.min(length, characters.remaining());
        characters.get(target, offset, count);
        return count;
    }

    private void decode() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        characters.clear();
        int before = bytes.position();
        CoderResult result = decoder.decode(bytes, characters, read < 0);
        decoded += bytes.position() - before;
        if (result.isError()) {
            throw new MalformedTextException(decoded);
        }
        if (read < 0 && result.isUnderflow()) {
            decoder.flush(characters);
            ended = true;
        }
        characters.flip();
        if (!begun && characters.hasRemaining()) {
            begun = true;
            if (characters.get(characters.position()) == BYTE_ORDER_MARK) {
                characters.get();
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
