package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.image.Pictures;
import dev.graft.image.TestFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageScanTest extends FolderReading {
    @Test
    void aScanFindsEveryBadFileBeforeWorkBegins() throws IOException {
        folder.noise("cat", 3, 1).noise("dog", 3, 2);
        folder.write("cat/empty.jpg", new byte[0]);
        folder.write("cat/text.jpg", "no picture".getBytes(StandardCharsets.UTF_8));
        folder.write("dog/cut.jpg", Arrays.copyOf(Pictures.bytes("noise.jpg"), 1500));
        folder.write("dog/bomb.png", Pictures.bytes("bomb.png"));
        folder.write("dog/wrong.jpg", TestFolder.png(4, 4, 7));
        LabeledFiles files = ImageFolder.of(root);
        Files.delete(root.resolve("dog/2.png"));

        ImageScan scan = ImageScan.of(files);

        assertThat(scan.unreadable())
                .extracting(remark -> root.relativize(remark.file()).toString())
                .containsExactly("cat/empty.jpg", "cat/text.jpg", "dog/2.png", "dog/bomb.png", "dog/cut.jpg");
        assertThat(scan.unreadable().get(3).reason()).isEqualTo("30000 x 30000");
        assertThat(scan.warnings())
                .singleElement()
                .extracting(ImageScan.Remark::index)
                .isEqualTo(10);
        assertThat(scan.listed()).isEqualTo(11);
        assertThat(scan.used() + scan.skipped()).isEqualTo(scan.listed());
        assertThat(scan.readable().size()).isEqualTo(6);
        assertThat(scan.decodedBytes()).isEqualTo(5 * 16 * 16 * 3 + 4 * 4 * 3);
        assertRefused(scan::requireAllReadable, "5 bad ones", "empty.jpg", "ImageScan.readable");
        assertThat(ImageScan.of(scan.readable()).requireAllReadable().size()).isEqualTo(6);
    }

    @Test
    void whatIsOddIsOneLineForEachKindWithCountAndFirst() throws IOException {
        folder.noise("cat", 3, 1).noise("dog", 3, 2);
        folder.write("cat/clear-1.png", Pictures.bytes("rgba8.png"));
        folder.write("cat/clear-2.png", Pictures.bytes("palette-alpha.png"));
        folder.write("dog/deep-and-clear.png", Pictures.bytes("rgba16.png"));
        folder.write("dog/moving.gif", Pictures.bytes("animated.gif"));

        ImageScan scan = ImageScan.of(ImageFolder.of(root));

        assertThat(scan.summary())
                .containsExactly(
                        "3 of 10 images: transparent parts: they are laid over black (the first: "
                                + root.resolve("cat/clear-1.png") + ")",
                        root.resolve("dog/deep-and-clear.png") + ": more than 8 bits a sample: scaled to 8",
                        root.resolve("dog/moving.gif") + ": an animation or several pages: only the first is used");
        assertThat(scan.used()).isEqualTo(10);
    }

    @Test
    void filesOfFormsThatAreNotReadAreRefusedWithTheirConversions() throws IOException {
        folder.noise("cat", 2, 1).noise("dog", 2, 2);
        folder.write("cat/a.jpg", Pictures.bytes("refused/x.heic"));
        folder.write("cat/b.jpg", Pictures.bytes("refused/x.heic"));
        folder.write("dog/float.tif", Pictures.bytes("refused/float32.tif"));

        ImageScan scan = ImageScan.of(ImageFolder.of(root));

        assertThat(scan.used() + scan.skipped()).isEqualTo(scan.listed()).isEqualTo(7);
        assertRefused(scan::requireAllReadable, "3 bad ones", "HEIC", "heif-convert", "SampleFormat", "gdal_translate");
    }
}
