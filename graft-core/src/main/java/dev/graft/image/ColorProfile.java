package dev.graft.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.stream.ImageInputStream;

/**
 * Whether an embedded ICC profile is another than sRGB, so that leaving it aside changes what the picture looks like. Told
 * by the profile's own name; nothing in it is followed.
 */
final class ColorProfile {
    /** How much of a profile is looked at: names stand near its beginning. */
    static final int MOST_BYTES = 1 << 16;

    private ColorProfile() {}

    /** Looks at a profile that lies in a file as it is. */
    static boolean other(ImageInputStream stream, long begin, long length) throws IOException {
        return other(bytes(stream, begin, length));
    }

    /** Looks at the beginning of a profile; none is no other one. */
    static boolean other(byte[] profile) {
        return profile.length > 0 && !namesSrgb(profile);
    }

    /** Looks at a profile that a PNG file holds compressed, behind a name of its own and a zero. */
    static boolean otherCompressed(ImageInputStream stream, long begin, long length) throws IOException {
        byte[] chunk = bytes(stream, begin, length);
        int end = 0;
        while (end < chunk.length && chunk[end] != 0) {
            end++;
        }
        if (end + 2 >= chunk.length) {
            return false;
        }
        byte[] profile = new byte[MOST_BYTES];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(chunk, end + 2, chunk.length - end - 2);
            int count = inflater.inflate(profile);
            return !namesSrgb(Arrays.copyOf(chunk, end)) && !namesSrgb(Arrays.copyOf(profile, count));
        } catch (DataFormatException e) {
            // A broken profile is no reason to refuse the pixels.
            return true;
        } finally {
            inflater.end();
        }
    }

    private static byte[] bytes(ImageInputStream stream, long begin, long length) throws IOException {
        byte[] bytes = new byte[(int) Math.max(0, Math.min(MOST_BYTES, length))];
        stream.seek(begin);
        stream.readFully(bytes);
        return bytes;
    }

    private static boolean namesSrgb(byte[] profile) {
        // The second version of the format writes names in ASCII, the fourth in UTF-16.
        String text = new String(profile, StandardCharsets.ISO_8859_1).replace("\0", "");
        return text.contains("sRGB") || text.contains("IEC61966-2");
    }
}
