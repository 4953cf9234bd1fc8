package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.DataException;
import dev.graft.reading.ImageScan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not read is refused by name, with the tag and value that it depends on, and with how to convert it. */
class RefusedFormsTest {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("arithmetic.jpg", "JPEG, arithmetic coding (SOF9)"),
            Map.entry("bigtiff-jpeg.tif", "a BigTIFF, tag 259 (Compression) = 7"),
            Map.entry("camera.tif", "the raw format of a camera (nikon), tag 262 (PhotometricInterpretation) = 32803"),
            Map.entry("cfa.tif", "tag 262 (PhotometricInterpretation) = 32803, the colour filter array"),
            Map.entry("cielab.tif", "tag 262 (PhotometricInterpretation) = 8, CIE L*a*b*"),
            Map.entry("complex64.tif", "tag 339 (SampleFormat) = 6, complex"),
            Map.entry("deep.jpg", "JPEG, 12 bits a sample"),
            Map.entry("dng.tif", "the camera raw format DNG (tag 50706, DNGVersion)"),
            Map.entry("five-inks.tif", "tag 332 (InkSet) = 2"),
            Map.entry("float-differences.tif", "tag 339 (SampleFormat) = 3, floating point"),
            Map.entry("float16.tif", "tag 339 (SampleFormat) = 3, floating point"),
            Map.entry("float32.tif", "tag 339 (SampleFormat) = 3, floating point"),
            Map.entry("float64.tif", "tag 339 (SampleFormat) = 3, floating point"),
            Map.entry("hierarchical.jpg", "JPEG, hierarchical (SOF5)"),
            Map.entry("icclab.tif", "tag 262 (PhotometricInterpretation) = 9, ICC L*a*b*"),
            Map.entry("int16.tif", "tag 339 (SampleFormat) = 2, signed integers"),
            Map.entry("int32.tif", "tag 339 (SampleFormat) = 2, signed integers"),
            Map.entry("int8.tif", "tag 339 (SampleFormat) = 2, signed integers"),
            Map.entry("jpeg-inks.tif", "tag 259 (Compression) = 7, tag 262 (PhotometricInterpretation) = 5, inks"),
            Map.entry("jpeg-inside.bmp", "BMP, compression 4, a JPEG file inside"),
            Map.entry("jpeg-ls.jpg", "JPEG, JPEG-LS"),
            Map.entry("jpeg2000.tif", "tag 259 (Compression) = 34712, JPEG 2000"),
            Map.entry("jpegxl.tif", "tag 259 (Compression) = 50002, JPEG XL"),
            Map.entry("lerc.tif", "tag 259 (Compression) = 34887, LERC"),
            Map.entry("linear_raw.tif", "tag 262 (PhotometricInterpretation) = 34892, linear camera raw"),
            Map.entry("logluv.tif", "tag 262 (PhotometricInterpretation) = 32845, log luminance"),
            Map.entry("lossless.jpg", "JPEG, lossless (SOF3)"),
            Map.entry("lzma.tif", "tag 259 (Compression) = 34925, LZMA"),
            Map.entry("mask.tif", "tag 262 (PhotometricInterpretation) = 4, a transparency mask"),
            Map.entry("odd-sampling.jpg", "JPEG, chroma sampling"),
            Map.entry("png-inside.bmp", "BMP, compression 5, a PNG file inside"),
            Map.entry("png.tif", "tag 259 (Compression) = 34933, PNG"),
            Map.entry("premultiplied-inks.tif", "tag 338 (ExtraSamples) = 1, premultiplied alpha"),
            Map.entry("two-components.jpg", "JPEG, 2 components"),
            Map.entry("uint32.tif", "tag 258 (BitsPerSample) = 32"),
            Map.entry("uint64.tif", "tag 258 (BitsPerSample) = 64"),
            Map.entry("webp.tif", "tag 259 (Compression) = 50001, WebP"),
            Map.entry("x.avif", "content of another kind: AVIF"),
            Map.entry("x.heic", "content of another kind: HEIC or HEIF"),
            Map.entry("zstd.tif", "tag 259 (Compression) = 50000, Zstandard"));

    @TempDir
    private Path directory;

    static List<String> files() {
        return Pictures.in("refused");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFormThatIsNotReadIsNamedWithItsConversion(String name) {
        Path file = Pictures.copy(name, directory);
        String found = NAMES.get(name.substring(name.indexOf('/') + 1));

        assertThat(found).as("what " + name + " is").isNotNull();
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ImageFiles.read(file))
                .satisfies(e -> {
                    assertThat(e.getMessage()).contains(file.toString()).contains(found);
                    assertThat(ImageScan.conversion(e)).contains("for example");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "0000001C667479706176696600000000, AVIF",
        "00000018667479706D696631, HEIC or HEIF",
        "0000001866747970717420200000, QuickTime",
        "0000001866747970697 36F6D, MP4",
        "00000018667479706372782000000001, CR3",
        "0000000C6A5020200D0A870A, JPEG 2000",
        "FF4FFF5100290000, JPEG 2000",
        "FF0AFA7F019008, JPEG XL",
        "0000000C4A584C200D0A870A, JPEG XL",
        "4949BC0108000000, JPEG XR",
        "49492A001000000043520200, CR2",
        "4949524F08000000, ORF",
        "4949550008000000, RW2",
        "46554A4946494C4D4343442D524157, RAF",
        "38425053000100000000, PSD",
        "67696D70207863662066696C65, XCF",
        "762F310102000000, OpenEXR",
        "233F52414449414E43450A, Radiance",
        "53494D504C4520203D, FITS",
        "00000100010010101000010004002801000016000000000000, ICO",
        "444453207C000000, DDS",
        "716F6966, QOI",
        "425047FB, BPG",
        "255044462D312E37, PDF",
        "252150532D41646F6265, PostScript",
        "52494646000000004156492 04C495354, AVI",
        "1A45DFA3A3428681, Matroska",
        "504B030414000000, ZIP",
        "1F8B0800000000, gzip",
        "425A6839314159265359, bzip2",
        "FD377A585A00, xz",
        "377ABCAF271C, 7z",
        "526172211A0700, RAR",
        "934E554D505901, NumPy",
        "894844460D0A1A0A, HDF5",
        "50350A3220320A3235350A, Netpbm",
        "50360A3220320A3235350A, Netpbm",
        "50460A3220320A2D312E300A, Netpbm",
        "7F454C46020101, program",
        "00000000000000000000000000000000, zero bytes"
    })
    void theFormatOfAnythingElseIsNamed(String hexadecimal, String name) {
        byte[] content = Arrays.copyOf(HexFormat.of().parseHex(hexadecimal.replace(" ", "")), 200);

        assertNamed(content, name);
    }

    @ParameterizedTest
    @CsvSource({
        "<svg xmlns='http://www.w3.org/2000/svg'/>, SVG",
        "<?xml version='1.0'?><svg/>, SVG",
        "<!DOCTYPE html><html/>, HTML",
        "version https://git-lfs.github.com/spec/v1, Git LFS pointer",
        "'{\"label\": 1}', JSON",
        "#define x_width 8, XBM",
        "/* XPM */, XPM",
        "Just words., text"
    })
    void theFormatOfTextIsNamed(String text, String name) {
        assertNamed(text.getBytes(StandardCharsets.UTF_8), name);
    }

    @Test
    void formatsWhoseMarkComesLaterAreNamed() {
        byte[] medical = new byte[300];
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, medical, 128, 4);
        byte[] targa = new byte[18 + 12];
        targa[2] = 2;
        targa[12] = 2;
        targa[14] = 2;
        targa[16] = 24;

        assertNamed(medical, "DICOM");
        assertNamed(targa, "Targa");
    }

    private void assertNamed(byte[] content, String name) {
        Path file = Pictures.write(directory.resolve("picture.jpg"), content);

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ImageFiles.read(file))
                .satisfies(e -> {
                    assertThat(ImageScan.reason(e))
                            .contains("content of another kind: ")
                            .contains(name);
                    assertThat(ImageScan.conversion(e)).isNotEmpty();
                });
    }
}
