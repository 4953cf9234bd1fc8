package dev.graft.image;

import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** What a Windows bitmap's header tells beside its dimensions. */
final class BmpHeader {
    private static final long EMBEDDED_PROFILE = 0x4D424544;
    private static final int VERSION_3_BYTES = 40;
    private static final int VERSION_5_BYTES = 124;

    private BmpHeader() {}

    /** What the file is that the platform's reader does not decode, or null. */
    static @Nullable String unread(ImageInputStream stream) throws IOException {
        stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        try {
            stream.seek(14);
            if (stream.readUnsignedInt() < VERSION_3_BYTES) {
                return null;
            }
            stream.seek(14 + 16);
            long compression = stream.readUnsignedInt();
            return switch ((int) compression) {
                case 0, 1, 2, 3 -> null;
                case 4 -> "compression 4, a JPEG file inside";
                case 5 -> "compression 5, a PNG file inside";
                default -> "compression " + compression;
            };
        } finally {
            stream.setByteOrder(ByteOrder.BIG_ENDIAN);
        }
    }

    /** Whether the fifth version of the header embeds a colour profile other than sRGB. */
    static boolean otherProfile(ImageInputStream stream) throws IOException {
        stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        try {
            stream.seek(14);
            if (stream.readUnsignedInt() < VERSION_5_BYTES) {
                return false;
            }
            stream.seek(14 + 56);
            if (stream.readUnsignedInt() != EMBEDDED_PROFILE) {
                return false;
            }
            stream.seek(14 + 112);
            long begin = 14 + stream.readUnsignedInt();
            long length = stream.readUnsignedInt();
            return ColorProfile.other(stream, begin, Math.min(length, stream.length() - begin));
        } finally {
            stream.setByteOrder(ByteOrder.BIG_ENDIAN);
        }
    }
}
