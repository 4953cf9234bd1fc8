package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegFolderTest {
    @Test
    void eachProcessDrawsTheSameFiles() throws IOException {
        try (JpegFolder one = JpegFolder.draw(3, 2, 60, 40, 3);
                JpegFolder other = JpegFolder.draw(3, 2, 60, 40, 3)) {
            for (int i = 0; i < 3; i++) {
                assertThat(one.files().get(i))
                        .hasSameBinaryContentAs(other.files().get(i));
            }
        }
    }

    @Test
    void filesHaveTheirSizeAndLieInTheFolderOfTheirClass() throws IOException {
        try (JpegFolder folder = JpegFolder.draw(3, 2, 60, 40, 3)) {
            assertThat(folder.files())
                    .map(file -> folder.folder().relativize(file).toString())
                    .containsExactly("class0/0.jpg", "class1/1.jpg", "class0/2.jpg");
            BufferedImage picture = ImageIO.read(folder.files().get(0).toFile());
            assertThat(picture.getWidth()).isEqualTo(60);
            assertThat(picture.getHeight()).isEqualTo(40);
        }
    }

    @Test
    void nothingIsLeftAfterwards() {
        Path folder;
        try (JpegFolder files = JpegFolder.draw(3, 2, 60, 40, 3)) {
            folder = files.folder();
        }

        assertThat(Files.exists(folder)).isFalse();
    }
}
