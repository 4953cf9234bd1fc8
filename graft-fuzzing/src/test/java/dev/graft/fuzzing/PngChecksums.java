package dev.graft.fuzzing;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Puts right the checksums of a PNG file, without which nearly every changed file would be refused at its first chunk. */
final class PngChecksums {
    private static final int SIGNATURE = 8;
    private static final int AROUND = 12;

    private PngChecksums() {}

    static byte[] mended(byte[] png) {
        ByteBuffer mended = ByteBuffer.wrap(png.clone());
        int at = SIGNATURE;
        while (at + AROUND <= mended.capacity()) {
            int length = mended.getInt(at);
            if (length < 0 || length > mended.capacity() - at - AROUND) {
                break;
            }
            CRC32 sum = new CRC32();
            sum.update(mended.array(), at + 4, length + 4);
            mended.putInt(at + 8 + length, (int) sum.getValue());
            at += AROUND + length;
        }
        return mended.array();
    }
}
