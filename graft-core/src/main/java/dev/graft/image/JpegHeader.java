package dev.graft.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the segments before a JPEG file's scan say (ITU-T T.81, annex B): its components, and the markers that tell what
 * these mean.
 */
final class JpegHeader {
    private static final int NO_TRANSFORM = -1;

    /** The frame marker of JPEG-LS (ITU-T T.87). */
    private static final int LS = 0xFFF7;

    private static final int PROGRESSIVE = 0xFFC2;
    private static final int SCAN = 0xFFDA;
    private static final int MOST_MARKERS = 1 << 16;
    private static final int BUFFER = 1 << 16;

    private int orientation = Orientation.UPRIGHT;
    private int[] componentIds = {};
    private int process;
    private int scans;
    private int precision = 8;
    private boolean evenSampling = true;
    private boolean jfif;
    private boolean profile;
    private boolean otherProfile;
    private int adobeTransform = NO_TRANSFORM;

    private JpegHeader() {}

    /** Reads the segments up to the first scan; what comes too early to an end is for the decoder to refuse. */
    static JpegHeader read(ImageInputStream stream) throws IOException {
        JpegHeader header = new JpegHeader();
        try {
            long at = 2;
            for (int markers = 0; markers < MOST_MARKERS; markers++) {
                stream.seek(at);
                int marker = stream.readUnsignedShort();
                if (marker == 0xFFFF) {
                    at++;
                    continue;
                }
                if (marker == SCAN) {
                    header.countScans(stream, at);
                    return header;
                }
                if (marker < 0xFF01 || marker == 0xFFD9) {
                    return header;
                }
                int length = stream.readUnsignedShort();
                header.segment(stream, marker, at + 4, length - 2);
                at += 2 + Math.max(2, length);
            }
            throw new IOException("more than " + MOST_MARKERS + " markers before the first scan");
        } catch (EOFException e) {
            return header;
        }
    }

    /** Within the data of a scan the byte FF never comes before the byte of a marker, so that no data looks like one. */
    private void countScans(ImageInputStream stream, long first) throws IOException {
        stream.seek(first + 4);
        boolean single = process != PROGRESSIVE && stream.readUnsignedByte() >= componentIds.length;
        if (single) {
            scans = 1;
            return;
        }
        stream.seek(first);
        byte[] buffer = new byte[BUFFER];
        boolean marked = false;
        for (int count = stream.read(buffer); count > 0; count = stream.read(buffer)) {
            for (int i = 0; i < count; i++) {
                scans += marked && buffer[i] == (byte) SCAN ? 1 : 0;
                marked = buffer[i] == (byte) 0xFF;
            }
        }
    }

    /** How many scans there are, each of which goes over a component of the picture again. */
    int scans() {
        return scans;
    }

    private void segment(ImageInputStream stream, int marker, long begin, int length) throws IOException {
        boolean frame = marker == LS
                || (marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 && marker != 0xFFC8 && marker != 0xFFCC);
        if (frame && length >= 6) {
            frame(stream, marker, begin, length);
        } else if (marker == 0xFFE0 && startsWith(stream, length, "JFIF\0")) {
            jfif = true;
        } else if (marker == 0xFFE2) {
            profile = true;
            if (startsWith(stream, length, "ICC_PROFILE\0\1")) {
                otherProfile = ColorProfile.other(stream, begin + 14, length - 14);
            }
        } else if (marker == 0xFFEE && length >= 12 && startsWith(stream, length, "Adobe")) {
            stream.seek(begin + 11);
            adobeTransform = stream.readUnsignedByte();
        } else if (marker == 0xFFE1 && startsWith(stream, length, "Exif\0\0") && orientation == Orientation.UPRIGHT) {
            orientation = Orientation.find(stream, begin + 6);
        }
    }

    private void frame(ImageInputStream stream, int marker, long begin, int length) throws IOException {
        process = marker;
        stream.seek(begin);
        precision = stream.readUnsignedByte();
        stream.seek(begin + 5);
        componentIds = new int[Math.min(stream.readUnsignedByte(), (length - 6) / 3)];
        int[] factors = new int[componentIds.length];
        int widest = 1;
        int highest = 1;
        for (int i = 0; i < componentIds.length; i++) {
            componentIds[i] = stream.readUnsignedByte();
            factors[i] = stream.readUnsignedByte();
            stream.readUnsignedByte();
            widest = Math.max(widest, factors[i] >> 4);
            highest = Math.max(highest, factors[i] & 15);
        }
        for (int factor : factors) {
            boolean zero = factor >> 4 == 0 || (factor & 15) == 0;
            evenSampling &= !zero && widest % (factor >> 4) == 0 && highest % (factor & 15) == 0;
        }
    }

    /** What the file is that the platform's reader does not decode, or null. */
    @Nullable
    String unread() {
        String name =
                switch (process) {
                    case 0, 0xFFC0, 0xFFC1, PROGRESSIVE -> "";
                    case LS -> "JPEG-LS";
                    case 0xFFC3 -> "lossless";
                    case 0xFFC9 -> "arithmetic coding";
                    case 0xFFCA -> "arithmetic coding, progressive";
                    case 0xFFCB -> "arithmetic coding, lossless";
                    default -> "hierarchical";
                };
        if (!name.isEmpty()) {
            return name + " (SOF" + (process - 0xFFC0) + ")";
        }
        if (process != 0 && precision != 8) {
            return precision + " bits a sample";
        }
        if (process != 0 && componentIds.length != 1 && componentIds.length != 3 && componentIds.length != 4) {
            return componentIds.length + " components";
        }
        return evenSampling ? null : "chroma sampling that is no whole fraction of the luma's";
    }

    /** Whether the components are inks. */
    boolean inks() {
        return componentIds.length == 4;
    }

    /** Whether there is a colour profile other than sRGB. */
    boolean otherProfile() {
        return otherProfile;
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
