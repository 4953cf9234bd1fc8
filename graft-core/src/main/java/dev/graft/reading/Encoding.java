package dev.graft.reading;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Tells the encoding of a text by its first bytes, where they do. */
final class Encoding {
    private static final int LOOKED_AT = 4096;

    private Encoding() {}

    /**
     * The encoding that a byte order mark names, or UTF-16 where every second byte is zero as in Latin letters; else the one
     * that was given.
     */
    static Charset of(byte[] start, Charset given) {
        int first = start.length > 0 ? start[0] & 0xff : -1;
        int second = start.length > 1 ? start[1] & 0xff : -1;
        int third = start.length > 2 ? start[2] & 0xff : -1;
        if (first == 0xEF && second == 0xBB && third == 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (first == 0xFF && second == 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        if (first == 0xFE && second == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        int[] zeros = new int[2];
        int looked = Math.min(LOOKED_AT, start.length) & ~1;
        for (int i = 0; i < looked; i++) {
            zeros[i & 1] += start[i] == 0 ? 1 : 0;
        }
        if (zeros[0] == 0 && zeros[1] > looked / 8) {
            return StandardCharsets.UTF_16LE;
        }
        return zeros[1] == 0 && zeros[0] > looked / 8 ? StandardCharsets.UTF_16BE : given;
    }
}
