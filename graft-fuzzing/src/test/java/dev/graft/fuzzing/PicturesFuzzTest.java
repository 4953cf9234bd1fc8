package dev.graft.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.image.ImageFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of every format, with the orientation and the other chunks around their pixels. */
class PicturesFuzzTest {
    private static final String FIXTURES = "graft-core/src/test/resources/image";
    private static final long MOST_PIXELS = 1L << 20;
    /** For pictures of that size: a few copies in the widest type that decoders use. */
    private static final long ALLOWANCE = 256L << 20;

    static Stream<byte[]> pngSeeds() {
        return Seeds.in(FIXTURES, ".png");
    }

    @MethodSource("pngSeeds")
    @FuzzTest
    void png(byte[] content) throws IOException {
        decode(PngChecksums.mended(content));
    }

    static Stream<byte[]> jpegSeeds() {
        return Seeds.in(FIXTURES, ".jpg");
    }

    @MethodSource("jpegSeeds")
    @FuzzTest
    void jpeg(byte[] content) throws IOException {
        decode(content);
    }

    static Stream<byte[]> gifSeeds() {
        return Seeds.in(FIXTURES, ".gif");
    }

    @MethodSource("gifSeeds")
    @FuzzTest
    void gif(byte[] content) throws IOException {
        decode(content);
    }

    static Stream<byte[]> bmpSeeds() {
        return Seeds.in(FIXTURES, ".bmp");
    }

    @MethodSource("bmpSeeds")
    @FuzzTest
    void bmp(byte[] content) throws IOException {
        decode(content);
    }

    static Stream<byte[]> tiffSeeds() {
        return Seeds.in(FIXTURES, ".tif", ".tiff");
    }

    @MethodSource("tiffSeeds")
    @FuzzTest
    void tiff(byte[] content) throws IOException {
        decode(content);
    }

    static Stream<byte[]> webpSeeds() {
        return Seeds.in(FIXTURES, ".webp");
    }

    @MethodSource("webpSeeds")
    @FuzzTest
    void webp(byte[] content) throws IOException {
        decode(content);
    }

    private static void decode(byte[] content) throws IOException {
        if (worthwhile(content)) {
            Hostile.readOrRefuse(content.length, ALLOWANCE, () -> ImageFiles.read(Scratch.file("picture", content)));
        }
    }

    /** Pictures of many pixels are allowed and take long, so that they would be all that there is time for. */
    private static boolean worthwhile(byte[] content) {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                return true;
            }
            ImageReader reader = readers.next();
            reader.setInput(stream, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            reader.dispose();
            return pixels <= MOST_PIXELS || pixels > ImageFiles.MAXIMUM_PIXELS;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }
}
