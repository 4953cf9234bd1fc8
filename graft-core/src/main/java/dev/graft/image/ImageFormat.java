package dev.graft.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The image file formats that are read. */
public enum ImageFormat {
    /** Portable Network Graphics. */
    PNG("PNG", "png apng", "\u0089PNG\r\n\u001a\n"),
    /** JPEG, baseline and progressive: grey, YCbCr, RGB, CMYK and YCCK. */
    JPEG("JPEG", "jpg jpeg jpe jfif", "\u00ff\u00d8\u00ff"),
    /** Graphics Interchange Format. */
    GIF("GIF", "gif", "GIF8"),
    /** Windows bitmap. */
    BMP("BMP", "bmp dib", "BM"),
    /** Tagged Image File Format, and BigTIFF. */
    TIFF("TIFF", "tif tiff", "II*\0 MM\0* II+\0 MM\0+"),
    /** WebP, lossy and lossless. */
    WEBP("WebP", "webp", "RIFF????WEBP");

    /** How many bytes at a file's beginning tell its format. */
    static final int SIGNATURE_BYTES = 12;

    /** All formats in words, for messages. */
    static final String ALL = "PNG, JPEG, GIF, BMP, TIFF or WebP";

    private final String label;
    private final String extensions;
    private final String signatures;

    /** Extensions and signatures are parted by spaces; a question mark is any byte. */
    ImageFormat(String label, String extensions, String signatures) {
        this.label = label;
        this.extensions = extensions;
        this.signatures = signatures;
    }

    /** The name in messages. */
    public String label() {
        return label;
    }

    /** Whether a file's name says this format, or says nothing of formats. */
    boolean fits(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 || parts(extensions).contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** The format that a file's first bytes tell, or null. */
    static @Nullable ImageFormat of(byte[] start) {
        for (ImageFormat format : values()) {
            if (parts(format.signatures).stream().anyMatch(signature -> begins(start, signature))) {
                return format;
            }
        }
        return null;
    }

    private static List<String> parts(String text) {
        return List.of(text.split(" ", -1));
    }

    private static boolean begins(byte[] start, String signature) {
        if (start.length < signature.length()) {
            return false;
        }
        for (int i = 0; i < signature.length(); i++) {
            char expected = signature.charAt(i);
            if (expected != '?' && expected != (start[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
