package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.graft.error.DataException;
import dev.graft.reading.ImageScan;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile files end as an image or as a refusal with a reason, soon and within the memory there is. */
class DamagedFilesTest {
    private static final Duration HANGS = Duration.ofSeconds(20);
    private static final int ROUNDS = 5;
    private static final int MANY_ROUNDS = 300;

    @TempDir
    private Path directory;

    static Stream<String> files() {
        return Stream.of("tiff", "webp", "forms", "seen", "damaged").flatMap(folder -> Pictures.in(folder).stream());
    }

    @ParameterizedTest
    @MethodSource("files")
    void damageGivesAnImageOrARefusalWithAReason(String name) {
        damage(name, ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("files")
    @Tag("slow")
    void muchDamageGivesImagesOrRefusalsWithReasons(String name) {
        damage(name, MANY_ROUNDS);
    }

    private void damage(String name, int rounds) {
        Random random = new Random(name.hashCode());
        byte[] whole = Pictures.bytes(name);
        for (int round = 0; round < rounds; round++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int i = 0; i <= random.nextInt(6) && damaged.length > 0; i++) {
                int place = random.nextInt(random.nextBoolean() ? Math.min(200, damaged.length) : damaged.length);
                damaged[place] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : damaged[place] ^ 1 << random.nextInt(8));
            }
            Path file = Pictures.write(directory.resolve("damaged"), damaged);
            assertTimeoutPreemptively(HANGS, () -> decode(file), name + ", round " + round);
        }
    }

    private static void decode(Path file) {
        try {
            assertThat(ImageFiles.read(file).pixels()).isNotEmpty();
        } catch (DataException e) {
            assertThat(e).hasMessageContaining(file.toString());
            assertThat(ImageScan.reason(e)).isNotBlank().doesNotContain("null", "Exception", "(/ by zero)", "()");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiff/rgb-None.tif",
                "tiff/rgb-lzw.tif",
                "tiff/rgb-deflate.tif",
                "tiff/rgb-packbits.tif",
                "tiff/planes-tiles.tif",
                "tiff/fax-group4.tif",
                "tiff/near-jpeg.tif",
                "tiff/near-ycbcr-raw.tif",
                "webp/lossy-noise-40x31-90.webp",
                "webp/lossless-noise-40x70.webp",
                "webp/alpha-plain.webp",
                "webp/frame-on-canvas.webp"
            })
    void aFileCutShortIsRefused(String name) {
        byte[] whole = Pictures.bytes(name);
        for (int percent : new int[] {3, 20, 40, 60, 80, 95}) {
            Path cut = Pictures.write(directory.resolve("cut"), Arrays.copyOf(whole, whole.length * percent / 100));

            assertThatExceptionOfType(DataException.class).as(percent + " %").isThrownBy(() -> ImageFiles.read(cut));
        }
    }

    /** 2,349 bytes that ask for the tables of tens of thousands of codes. */
    @Test
    void codesWithoutNumberAreRefusedAtTheFirstThatIsNone() {
        Path file = Pictures.copy("damaged/long-codes.webp", directory);

        assertTimeoutPreemptively(
                HANGS, () -> assertThatExceptionOfType(DataException.class).isThrownBy(() -> ImageFiles.read(file)));
    }

    /** One pixel wide tiles of a picture that is one tile wide: each takes 32 MiB, and there are 390,625 of them. */
    @Test
    void tilesFarLargerThanThePictureAreRefusedBeforeAnyIsRead() {
        int tiles = 390_625;
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 12 * 9 + 4 + 8 * tiles).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put("II*\0".getBytes(StandardCharsets.ISO_8859_1)).putInt(8).putShort((short) 9);
        int places = 8 + 2 + 12 * 9 + 4;
        long[][] entries = {
            {256, 1, 16},
            {257, 1, 6_250_000},
            {258, 1, 8},
            {259, 1, 8},
            {262, 1, 1},
            {322, 1, 1 << 21},
            {323, 1, 16},
            {324, tiles, places},
            {325, tiles, places + 4L * tiles}
        };
        for (long[] entry : entries) {
            tiff.putShort((short) entry[0])
                    .putShort((short) 4)
                    .putInt((int) entry[1])
                    .putInt((int) entry[2]);
        }
        Path file = Pictures.write(directory.resolve("tiles.tif"), tiff.array());

        assertTimeoutPreemptively(HANGS, () -> assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ImageFiles.read(file))
                .withMessageContaining("390625 tiles of 2097152 x 16"));
    }

    /** Each scan of three bytes or so costs a walk over 64 million pixels. */
    @Test
    void aProgressiveJpegOfThousandsOfScansIsRefusedBeforeTheFirst() throws IOException {
        byte[] whole = Pictures.bytes("progressive.jpg");
        int frame = place(whole, 0xC2);
        int scan = place(whole, 0xDA);
        int scanBytes = 2 + (whole[scan + 2] << 8 | whole[scan + 3]);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(whole, 0, frame + 5);
        content.write(new byte[] {0x1F, 0x40, 0x1F, 0x40});
        content.write(whole, frame + 9, scan - frame - 9);
        for (int i = 0; i < 5000; i++) {
            content.write(whole, scan, scanBytes);
            content.write(0);
        }
        content.write(new byte[] {(byte) 0xFF, (byte) 0xD9});
        Path file = Pictures.write(directory.resolve("scans.jpg"), content.toByteArray());

        assertTimeoutPreemptively(HANGS, () -> assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ImageFiles.read(file))
                .withMessageContaining("5000 scans of 64000000 pixels"));
    }

    private static int place(byte[] content, int marker) {
        for (int i = 0; i < content.length - 1; i++) {
            if (content[i] == (byte) 0xFF && content[i + 1] == (byte) marker) {
                return i;
            }
        }
        throw new AssertionError("no marker " + marker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zTXt", "iTXt", "iCCP"})
    void compressedTextsAndProfilesAreNotExpanded(String kind) throws IOException {
        byte[] whole = Pictures.bytes("rgb8.png");
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(("k\0" + (kind.equals("iTXt") ? "\1\0\0\0" : "\0")).getBytes(StandardCharsets.ISO_8859_1));
        try (DeflaterOutputStream zeros = new DeflaterOutputStream(bomb)) {
            for (int i = 0; i < 64; i++) {
                zeros.write(new byte[1 << 20]);
            }
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(whole, 0, 33);
        chunk(new DataOutputStream(content), kind, bomb.toByteArray());
        content.write(whole, 33, whole.length - 33);
        Path file = Pictures.write(directory.resolve("bomb.png"), content.toByteArray());
        ImageFiles.read(file);

        long before = allocatedBytes();
        assertThat(ImageFiles.read(file).width()).isEqualTo(3);
        assertThat(allocatedBytes() - before).isLessThan(8 << 20);
    }

    private static void chunk(DataOutputStream out, String kind, byte[] content) throws IOException {
        byte[] name = kind.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) sum.getValue());
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void aPictureBeyondTheMemoryIsABadImageAndNoEndOfTheProcess() throws IOException, InterruptedException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (DeflaterOutputStream zeros = new DeflaterOutputStream(rows)) {
            for (int row = 0; row < 9000; row++) {
                zeros.write(new byte[9001]);
            }
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(content);
        out.write(Pictures.bytes("rgb8.png"), 0, 8);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(9000)
                        .putInt(9000)
                        .put(new byte[] {8, 0, 0, 0, 0})
                        .array());
        chunk(out, "IDAT", rows.toByteArray());
        chunk(out, "IEND", new byte[0]);
        Path file = Pictures.write(directory.resolve("large.png"), content.toByteArray());
        Path printed = directory.resolve("printed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reading.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(printed))
                .contains("too large to decode in the memory")
                .contains(file.toString())
                .contains("still here");
    }

    /** A process that reads one image. */
    static final class Reading {
        private Reading() {}

        /** Prints the refusal, and that it goes on. */
        public static void main(String[] arguments) {
            try {
                ImageFiles.read(Path.of(arguments[0]));
            } catch (DataException e) {
                System.out.println(e.getMessage());
            }
            System.out.println("still here");
        }
    }
}
