package dev.graft.image;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a file is that is none of the formats read: told by its first bytes, as far as they tell, so that a message can name
 * it and how to convert it.
 *
 * @param name what it is called
 * @param fix what to do about it
 */
record ForeignFormat(String name, String fix) {
    /** How many bytes of a file's beginning are looked at. */
    static final int BYTES = 1024;

    private static final String MAGICK =
            "convert it to PNG or JPEG, for example with ImageMagick: magick NAME.%1$s NAME.png";
    private static final String DEVELOP =
            "develop it into an image first, for example: dcraw -c -w NAME.%s > NAME.ppm && magick NAME.ppm NAME.png";
    private static final String RENDER = "render it as PNG, for example with ";
    private static final String FRAMES =
            "it is a film: take single frames out, for example: ffmpeg -i NAME.%s -vf fps=1 NAME-%%04d.png";
    private static final String UNPACK = "unpack it first, and give the images in it";
    private static final String NO_IMAGE = "it holds no image: remove the file";

    /** A signature at a place, its bytes as Latin-1, a question mark being any byte. */
    private record Sign(int place, String bytes, String extension, String name, String fix) {}

    /** Begins as TIFF does. */
    private static final Sign CANON = new Sign(8, "CR\u0002", "cr2", "Canon camera raw (CR2)", DEVELOP);

    private static final List<Sign> SIGNS = List.of(
            new Sign(0, "\u0000\u0000\u0000\fjP  ", "jp2", "JPEG 2000", MAGICK),
            new Sign(0, "\u00ffO\u00ffQ", "j2k", "JPEG 2000", MAGICK),
            new Sign(0, "\u00ff\n", "jxl", "JPEG XL", "convert it, for example: djxl NAME.jxl NAME.png"),
            new Sign(
                    0, "\u0000\u0000\u0000\fJXL ", "jxl", "JPEG XL", "convert it, for example: djxl NAME.jxl NAME.png"),
            new Sign(0, "II\u00bc", "jxr", "JPEG XR", "convert it, for example: JxrDecApp -i NAME.jxr -o NAME.bmp"),
            new Sign(0, "IIRO", "orf", "Olympus camera raw (ORF)", DEVELOP),
            new Sign(0, "IIRS", "orf", "Olympus camera raw (ORF)", DEVELOP),
            new Sign(0, "MMOR", "orf", "Olympus camera raw (ORF)", DEVELOP),
            new Sign(0, "IIU\u0000", "rw2", "Panasonic camera raw (RW2)", DEVELOP),
            new Sign(0, "FUJIFILMCCD-RAW", "raf", "Fujifilm camera raw (RAF)", DEVELOP),
            new Sign(0, "FOVb", "x3f", "Sigma camera raw (X3F)", DEVELOP),
            new Sign(0, "\u0000MRM", "mrw", "Minolta camera raw (MRW)", DEVELOP),
            new Sign(6, "HEAPCCDR", "crw", "Canon camera raw (CRW)", DEVELOP),
            new Sign(0, "8BPS", "psd", "Photoshop (PSD)", MAGICK.replace("NAME.%1$s ", "'NAME.%1$s[0]' ")),
            new Sign(0, "gimp xcf", "xcf", "GIMP (XCF)", MAGICK),
            new Sign(0, "v/1\u0001", "exr", "OpenEXR", MAGICK),
            new Sign(0, "#?RADIANCE", "hdr", "Radiance HDR", MAGICK),
            new Sign(0, "#?RGBE", "hdr", "Radiance HDR", MAGICK),
            new Sign(128, "DICM", "dcm", "DICOM", "convert it, for example: dcmj2pnm +on NAME.dcm NAME.png"),
            new Sign(0, "SIMPLE  =", "fits", "FITS", MAGICK),
            new Sign(344, "n+1\u0000", "nii", "NIfTI", "write its slices as PNG first"),
            new Sign(0, "icns", "icns", "Apple icon (ICNS)", MAGICK),
            new Sign(0, "DDS ", "dds", "DirectDraw surface (DDS)", MAGICK),
            new Sign(0, "\u00abKTX ", "ktx", "Khronos texture (KTX)", MAGICK),
            new Sign(0, "/* XPM", "xpm", "X pixmap (XPM)", MAGICK),
            new Sign(0, "qoif", "qoi", "QOI", MAGICK),
            new Sign(0, "BPG\u00fb", "bpg", "BPG", "convert it, for example: bpgdec -o NAME.png NAME.bpg"),
            new Sign(0, "FLIF", "flif", "FLIF", MAGICK),
            new Sign(0, "AT&TFORM", "djvu", "DjVu", RENDER + "ddjvu -format=tiff NAME.djvu NAME.tif"),
            new Sign(0, "\u008aMNG", "mng", "MNG", MAGICK),
            new Sign(0, "\u008bJNG", "jng", "JNG", MAGICK),
            new Sign(0, "\u0001\u00da", "sgi", "SGI image", MAGICK),
            new Sign(0, "Y\u00a6j\u0095", "ras", "Sun raster", MAGICK),
            new Sign(0, "\n\u0005\u0001", "pcx", "PCX", MAGICK),
            new Sign(0, "\u00d7\u00cd\u00c6\u009a", "wmf", "Windows metafile (WMF)", MAGICK),
            new Sign(40, " EMF", "emf", "Windows metafile (EMF)", MAGICK),
            new Sign(0, "%PDF", "pdf", "PDF", RENDER + "pdftoppm -png NAME.pdf NAME"),
            new Sign(
                    0,
                    "%!PS",
                    "ps",
                    "PostScript",
                    RENDER + "Ghostscript: gs -sDEVICE=png16m -r150 -o NAME.png NAME.ps"),
            new Sign(
                    0,
                    "\u00c5\u00d0\u00d3\u00c6",
                    "eps",
                    "PostScript",
                    RENDER + "Ghostscript: gs -sDEVICE=png16m -r150 -o NAME.png NAME.eps"),
            new Sign(0, "RIFF????AVI ", "avi", "AVI", FRAMES),
            new Sign(0, "\u001aE\u00df\u00a3", "mkv", "Matroska or WebM", FRAMES),
            new Sign(0, "\u0000\u0000\u0001\u00ba", "mpg", "MPEG", FRAMES),
            new Sign(0, "\u0000\u0000\u0001\u00b3", "mpg", "MPEG", FRAMES),
            new Sign(0, "FLV\u0001", "flv", "Flash video", FRAMES),
            new Sign(0, "0&\u00b2u\u008ef\u00cf\u0011", "wmv", "Windows Media", FRAMES),
            new Sign(0, "PK\u0003\u0004", "zip", "ZIP archive or office document", UNPACK),
            new Sign(0, "\u001f\u008b", "gz", "gzip archive", UNPACK),
            new Sign(0, "BZh", "bz2", "bzip2 archive", UNPACK),
            new Sign(0, "\u00fd7zXZ", "xz", "xz archive", UNPACK),
            new Sign(0, "(\u00b5/\u00fd", "zst", "Zstandard archive", UNPACK),
            new Sign(0, "7z\u00bc\u00af", "7z", "7z archive", UNPACK),
            new Sign(0, "Rar!", "rar", "RAR archive", UNPACK),
            new Sign(257, "ustar", "tar", "tar archive", UNPACK),
            new Sign(0, "\u0093NUMPY", "npy", "NumPy array", "write the array as PNG first"),
            new Sign(0, "\u0089HDF\r\n", "h5", "HDF5", "write the pictures in it as PNG first"),
            new Sign(0, "\u00d0\u00cf\u0011\u00e0", "doc", "office document", "save the pictures in it as PNG first"),
            new Sign(0, "RIFF????WAVE", "wav", "sound (WAV)", NO_IMAGE),
            new Sign(0, "ID3", "mp3", "sound (MP3)", NO_IMAGE),
            new Sign(0, "OggS", "ogg", "sound or film (Ogg)", NO_IMAGE),
            new Sign(0, "\u007fELF", "so", "a program", NO_IMAGE),
            new Sign(
                    0,
                    "version https://git-lfs",
                    "",
                    "a Git LFS pointer, not the file itself",
                    "fetch the file: git lfs pull"));

    /** What begins like one of the formats read and is another; null for what is not. */
    static @Nullable ForeignFormat disguised(byte[] start) {
        return begins(start, CANON) ? named(CANON) : null;
    }

    private static ForeignFormat named(Sign sign) {
        return new ForeignFormat(sign.name(), String.format(Locale.ROOT, sign.fix(), sign.extension()));
    }

    /** The format of a file, or null if its beginning tells none. */
    static @Nullable ForeignFormat of(byte[] start, Object place) {
        for (Sign sign : SIGNS) {
            if (begins(start, sign)) {
                return named(sign);
            }
        }
        if (start.length >= 12 && "ftyp".equals(latin(start, 4, 8))) {
            return isoMedia(latin(start, 8, 12));
        }
        if (icon(start)) {
            return new ForeignFormat("Windows icon (ICO) or cursor (CUR)", String.format(Locale.ROOT, MAGICK, "ico"));
        }
        if (targa(start, place)) {
            return new ForeignFormat("Targa (TGA)", String.format(Locale.ROOT, MAGICK, "tga"));
        }
        if (portable(start)) {
            return new ForeignFormat("Netpbm (PBM, PGM, PPM, PAM or PFM)", String.format(Locale.ROOT, MAGICK, "ppm"));
        }
        return text(start);
    }

    /** A list of so many pictures, which is never empty. */
    private static boolean icon(byte[] start) {
        return start.length >= 22
                && start[0] == 0
                && start[1] == 0
                && (start[2] == 1 || start[2] == 2)
                && start[3] == 0
                && start[4] != 0
                && start[5] == 0
                && start[9] == 0;
    }

    /** Targa files have no signature: a name that says so, or a header of which every field makes sense. */
    private static boolean targa(byte[] start, Object place) {
        if (start.length < 18) {
            return false;
        }
        int type = start[2] & ~8;
        boolean mapped = start[1] == 1;
        int depth = start[16];
        boolean plausible = (start[1] == 0 || mapped)
                && type >= 1
                && type <= 3
                && (type == 1) == mapped
                && (depth == 8 || depth == 15 || depth == 16 || depth == 24 || depth == 32)
                && (mapped || (start[5] == 0 && start[6] == 0))
                && (start[12] | start[13]) != 0
                && (start[14] | start[15]) != 0;
        String name = place.toString().toLowerCase(Locale.ROOT);
        return plausible || name.endsWith(".tga");
    }

    /** The formats that share the ISO base media file's boxes, by their brand. */
    private static ForeignFormat isoMedia(String brand) {
        return switch (brand.strip()) {
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1" ->
                new ForeignFormat(
                        "HEIC or HEIF",
                        "convert it to JPEG or PNG, for example: heif-convert NAME.heic NAME.png, or magick NAME.heic"
                                + " NAME.png; an iPhone set to \"Most Compatible\" saves JPEG");
            case "avif", "avis" ->
                new ForeignFormat(
                        "AVIF",
                        "convert it to PNG, for example: avifdec NAME.avif NAME.png, or magick NAME.avif NAME.png");
            case "crx" -> new ForeignFormat("Canon camera raw (CR3)", String.format(Locale.ROOT, DEVELOP, "cr3"));
            case "jp2", "jpx" -> new ForeignFormat("JPEG 2000", String.format(Locale.ROOT, MAGICK, "jp2"));
            case "qt" -> new ForeignFormat("QuickTime (MOV)", String.format(Locale.ROOT, FRAMES, "mov"));
            default -> new ForeignFormat("MP4", String.format(Locale.ROOT, FRAMES, "mp4"));
        };
    }

    private static boolean portable(byte[] start) {
        return start.length >= 3
                && start[0] == 'P'
                && ((start[1] >= '1' && start[1] <= '7') || start[1] == 'F' || start[1] == 'f')
                && (start[2] == ' ' || start[2] == '\n' || start[2] == '\r' || start[2] == '\t');
    }

    private static @Nullable ForeignFormat text(byte[] start) {
        String text = latin(start, 0, start.length)
                .replace("\u00ef\u00bb\u00bf", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (text.startsWith("<svg")
                || (text.startsWith("<?xml") && text.contains("<svg"))
                || (text.startsWith("<!") && text.contains("<svg") && !text.contains("<html"))) {
            return new ForeignFormat("SVG", RENDER + "rsvg-convert -w 512 NAME.svg -o NAME.png");
        }
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return new ForeignFormat("a web page (HTML)", "fetch the image itself: the server answered with a page");
        }
        if (text.startsWith("#define ") && text.contains("_width")) {
            return new ForeignFormat("X bitmap (XBM)", String.format(Locale.ROOT, MAGICK, "xbm"));
        }
        if (start.length > 0 && text.replace("\0", "").isEmpty() && start[0] == 0) {
            return new ForeignFormat("zero bytes alone", "copy the file again: its content never arrived");
        }
        if (start.length == 0 || !printable(start)) {
            return null;
        }
        return new ForeignFormat(
                text.startsWith("<?xml")
                        ? "XML text"
                        : text.startsWith("{") || text.startsWith("[") ? "JSON text" : "text",
                NO_IMAGE);
    }

    private static boolean printable(byte[] start) {
        for (byte one : start) {
            if (one >= 0 && one < ' ' && one != '\n' && one != '\r' && one != '\t' && one != '\f') {
                return false;
            }
        }
        // Text in any encoding but UTF-16; the last character may have been cut.
        return !new String(start, 0, Math.max(1, start.length - 3), StandardCharsets.UTF_8).contains("\ufffd");
    }

    private static boolean begins(byte[] start, Sign sign) {
        String bytes = sign.bytes();
        if (start.length < sign.place() + bytes.length()) {
            return false;
        }
        for (int i = 0; i < bytes.length(); i++) {
            char expected = bytes.charAt(i);
            if (expected != '?' && expected != (start[sign.place() + i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private static String latin(byte[] start, int from, int to) {
        return new String(start, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
