package dev.graft.weights;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict checking of UTF-8 without keeping the text. */
final class Utf8 {
    private static final int CHUNK = 8 * 1024;

    private Utf8() {}

    /** The position of the first byte that is not UTF-8 in the range, or -1 if all of it is. */
    static long firstMalformed(ByteSource source, long begin, long end) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        CharBuffer characters = CharBuffer.allocate(CHUNK);
        long position = begin;
        while (true) {
            int carried = bytes.position();
            bytes.limit((int) Math.min(CHUNK, carried + end - position));
            int fresh = bytes.remaining();
            source.read(position, bytes);
            position += fresh;
            bytes.flip();
            CoderResult result = decoder.decode(bytes, characters.clear(), position == end);
            if (result.isError()) {
                return position - bytes.remaining();
            }
            if (position == end) {
                return -1;
            }
            bytes.compact();
        }
    }
}
