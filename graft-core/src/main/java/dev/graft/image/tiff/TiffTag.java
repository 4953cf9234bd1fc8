package dev.graft.image.tiff;

import java.util.Map;

/** Numbers of TIFF 6.0 and what they are called in messages. */
final class TiffTag {
    static final int WIDTH = 256;
    static final int LENGTH = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int MAKE = 271;
    static final int STRIP_OFFSETS = 273;
    static final int ORIENTATION = 274;
    static final int SAMPLES = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTES = 279;
    static final int PLANAR = 284;
    static final int PREDICTOR = 317;
    static final int COLOR_MAP = 320;
    static final int TILE_WIDTH = 322;
    static final int TILE_LENGTH = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTES = 325;
    static final int SUB_DIRECTORIES = 330;
    static final int INK_SET = 332;
    static final int INKS = 334;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;
    static final int PROFILE = 34675;
    static final int DNG_VERSION = 50706;

    /** Photometric interpretations of cameras' raw files. */
    static final int CAMERA_SENSOR = 32803;

    static final int LINEAR_RAW = 34892;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(BITS, "BitsPerSample"),
            Map.entry(COMPRESSION, "Compression"),
            Map.entry(PHOTOMETRIC, "PhotometricInterpretation"),
            Map.entry(FILL_ORDER, "FillOrder"),
            Map.entry(SAMPLES, "SamplesPerPixel"),
            Map.entry(PLANAR, "PlanarConfiguration"),
            Map.entry(PREDICTOR, "Predictor"),
            Map.entry(INK_SET, "InkSet"),
            Map.entry(INKS, "NumberOfInks"),
            Map.entry(EXTRA_SAMPLES, "ExtraSamples"),
            Map.entry(SAMPLE_FORMAT, "SampleFormat"),
            Map.entry(DNG_VERSION, "DNGVersion"));

    private static final Map<Long, String> COMPRESSIONS = Map.ofEntries(
            Map.entry(9L, "JBIG"),
            Map.entry(10L, "JBIG"),
            Map.entry(32766L, "NeXT run lengths"),
            Map.entry(32767L, "Sony camera raw"),
            Map.entry(32769L, "packed camera raw"),
            Map.entry(32771L, "word-aligned CCITT"),
            Map.entry(32809L, "ThunderScan"),
            Map.entry(32908L, "PixarFilm"),
            Map.entry(32909L, "PixarLog"),
            Map.entry(33003L, "JPEG 2000"),
            Map.entry(33005L, "JPEG 2000"),
            Map.entry(34661L, "JBIG"),
            Map.entry(34676L, "SGI log luminance"),
            Map.entry(34677L, "SGI log luminance"),
            Map.entry(34712L, "JPEG 2000"),
            Map.entry(34713L, "Nikon camera raw"),
            Map.entry(34887L, "LERC"),
            Map.entry(34892L, "lossy JPEG of a DNG"),
            Map.entry(34925L, "LZMA"),
            Map.entry(34933L, "PNG"),
            Map.entry(34934L, "JPEG XR"),
            Map.entry(50000L, "Zstandard"),
            Map.entry(50001L, "WebP"),
            Map.entry(50002L, "JPEG XL"),
            Map.entry(52546L, "JPEG XL"),
            Map.entry(65535L, "Pentax camera raw"));

    private static final Map<Long, String> PHOTOMETRICS = Map.ofEntries(
            Map.entry(0L, "white is zero"),
            Map.entry(1L, "black is zero"),
            Map.entry(2L, "RGB"),
            Map.entry(3L, "palette"),
            Map.entry(4L, "a transparency mask"),
            Map.entry(5L, "inks"),
            Map.entry(6L, "YCbCr"),
            Map.entry(8L, "CIE L*a*b*"),
            Map.entry(9L, "ICC L*a*b*"),
            Map.entry(10L, "ITU L*a*b*"),
            Map.entry(32803L, "the colour filter array of a camera sensor"),
            Map.entry(32844L, "log luminance"),
            Map.entry(32845L, "log luminance and chromaticity"),
            Map.entry(34892L, "linear camera raw"),
            Map.entry(51177L, "a depth map"),
            Map.entry(52527L, "a semantic mask"));

    private static final Map<Long, String> FORMATS =
            Map.of(2L, "signed integers", 3L, "floating point", 4L, "undefined", 5L, "complex integers", 6L, "complex");

    private TiffTag() {}

    /** A tag and its value in words, such as {@code tag 339 (SampleFormat) = 3, floating point}. */
    static String with(int tag, long value) {
        String meaning =
                switch (tag) {
                    case COMPRESSION -> COMPRESSIONS.getOrDefault(value, "");
                    case PHOTOMETRIC -> PHOTOMETRICS.getOrDefault(value, "");
                    case SAMPLE_FORMAT -> FORMATS.getOrDefault(value, "");
                    default -> "";
                };
        return with(tag, Long.toString(value)) + (meaning.isEmpty() ? "" : ", " + meaning);
    }

    /** A tag and its values, such as {@code tag 258 (BitsPerSample) = 8, 8, 64}. */
    static String with(int tag, String values) {
        return "tag " + tag + " (" + NAMES.getOrDefault(tag, "?") + ") = " + values;
    }
}
