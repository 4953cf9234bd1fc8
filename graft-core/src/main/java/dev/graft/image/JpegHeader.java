package dev.graft.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * What the segments before a JPEG file's scan say (ITU-T T.81, annex B): its components, and the markers that tell what
 * these mean.
 */
final class JpegHeader {
    private static final int NO_TRANSFORM = -1;

    private int orientation = Orientation.UPRIGHT;
    private int[] componentIds = {};
    private boolean jfif;
    private boolean profile;
    private int adobeTransform = NO_TRANSFORM;

    private JpegHeader() {}

    /** Reads the segments up to the first scan; what comes too early to an end is for the decoder to refuse. */
    static JpegHeader read(ImageInputStream stream) throws IOException {
        JpegHeader header = new JpegHeader();
        try {
            long at = 2;
            while (true) {
                stream.seek(at);
                int marker = stream.readUnsignedShort();
                if (marker == 0xFFFF) {
                    at++;
                    continue;
                }
                if (marker < 0xFF01 || marker == 0xFFDA || marker == 0xFFD9) {
                    return header;
                }
                int length = stream.readUnsignedShort();
                header.segment(stream, marker, at + 4, length - 2);
                at += 2 + Math.max(2, length);
            }
        } catch (EOFException e) {
            return header;
        }
    }

    private void segment(ImageInputStream stream, int marker, long begin, int length) throws IOException {
        boolean frame =
                marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 && marker != 0xFFC8 && marker != 0xFFCC;
        if (frame && length >= 6) {
            stream.seek(begin + 5);
            componentIds = new int[Math.min(stream.readUnsignedByte(), (length - 6) / 3)];
            for (int i = 0; i < componentIds.length; i++) {
                stream.seek(begin + 6 + 3L * i);
                componentIds[i] = stream.readUnsignedByte();
            }
        } else if (marker == 0xFFE0 && startsWith(stream, length, "JFIF\0")) {
            jfif = true;
        } else if (marker == 0xFFE2) {
            profile = true;
        } else if (marker == 0xFFEE && length >= 12 && startsWith(stream, length, "Adobe")) {
            stream.seek(begin + 11);
            adobeTransform = stream.readUnsignedByte();
        } else if (marker == 0xFFE1 && startsWith(stream, length, "Exif\0\0") && orientation == Orientation.UPRIGHT) {
            orientation = Orientation.find(stream, begin + 6);
        }
    }

    private static boolean startsWith(ImageInputStream stream, int length, String text) throws IOException {
        if (length < text.length()) {
            return false;
        }
        byte[] start = new byte[text.length()];
        stream.readFully(start);
        return text.equals(new String(start, StandardCharsets.ISO_8859_1));
    }

    int orientation() {
        return orientation;
    }

    /** Whether the first three components are luma and chroma: by the rules that the IJG's library made customary. */
    boolean hasLuma() {
        if (componentIds.length == 4) {
            return adobeTransform > 0;
        }
        if (jfif) {
            return true;
        }
        return adobeTransform == NO_TRANSFORM ? !namedRgb() : adobeTransform != 0;
    }

    /** Whether no reader can take the file for anything but luma and chroma, and none finds a profile to follow. */
    boolean plainColor() {
        return jfif && adobeTransform == NO_TRANSFORM && !profile && Arrays.equals(componentIds, new int[] {1, 2, 3});
    }

    private boolean namedRgb() {
        return componentIds.length == 3 && componentIds[0] == 'R' && componentIds[1] == 'G' && componentIds[2] == 'B';
    }
}
