package dev.graft.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.image.Preprocessing;
import org.junit.jupiter.api.Test;

class ImageRowsTest {
    @Test
    void aRowIsTheImageAsThePreprocessingMakesIt() {
        LabeledImages images = Shapes.draw(3, 7);
        Preprocessing preprocessing = Preprocessing.unitRange(20, 14, 3);
        ImageRows rows = new ImageRows(images, preprocessing);

        assertThat(rows.count()).isEqualTo(3);
        assertThat(rows.width()).isEqualTo(20 * 14 * 3);
        float[] expected = new float[rows.width() + 2];
        float[] found = new float[rows.width() + 2];
        for (int row = 0; row < 3; row++) {
            preprocessing.apply(images.image(row), expected, 1);
            rows.read(row, found, 1);
            assertThat(found).containsExactly(expected);
        }
    }
}
