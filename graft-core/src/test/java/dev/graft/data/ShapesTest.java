package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private final LabeledImages shapes = Shapes.draw(500, 42);

    /** The digest that {@code make_shapes.py} prints, which draws them again from their description. */
    @Test
    void theDrawingsOfASeedNeverChange() {
        assertThat(shapes.digest()).isEqualTo("2f62265631c9fcf07d3a7424a80cee5eb37dc9bbc848288753b3b1aa33be67b7");
    }

    @Test
    void everyPictureIsGreyTwentyEightSquareBlackAndWhite() {
        assertThat(IntStream.range(0, 500).mapToObj(shapes::image)).allSatisfy(image -> {
            assertThat(image.height()).isEqualTo(28);
            assertThat(image.width()).isEqualTo(28);
            assertThat(image.channels()).isEqualTo(1);
            assertThat(image.pixels()).containsOnly(0, 255);
        });
    }

    @Test
    void aCircleIsExactlyTheDiscOfSomeAllowedCentreAndRadius() {
        assertThat(ofClass(1)).isNotEmpty().allMatch(ShapesTest::isAllowedDisc);
    }

    @Test
    void aSquareIsExactlyAFilledSquareOfAllowedSideAndPlace() {
        assertThat(ofClass(0)).isNotEmpty().allMatch(ShapesTest::isAllowedSquare);
    }

    @Test
    void everySideAndRadiusInRangeOccurs() {
        assertThat(Arrays.stream(ofClass(0)).mapToInt(image -> ink(image)).distinct())
                .containsExactlyInAnyOrder(25, 36, 49, 64, 81, 100, 121);
        // Discs that the border does not cut have as many pixels as the circle problem counts for radius 3 to 7.
        assertThat(Arrays.stream(ofClass(1)).mapToInt(image -> ink(image)).distinct())
                .contains(29, 49, 81, 113, 149);
    }

    @Test
    void bothClassesAreAboutEquallyLikely() {
        LabeledImages many = Shapes.draw(10_000, 3);

        // Four standard deviations around 5,000.
        assertThat(IntStream.range(0, 10_000).map(many::label).sum()).isBetween(4_800, 5_200);
    }

    @Test
    void adjacentSeedsDrawUnrelatedPictures() {
        assertThat(IntStream.range(0, 64)
                        .map(seed -> Shapes.draw(1, seed).label(0))
                        .sum())
                .isBetween(16, 48);
        assertThat(IntStream.range(0, 64)
                        .mapToObj(seed -> Shapes.draw(1, seed).digest())
                        .distinct())
                .hasSizeGreaterThan(60);
    }

    @Test
    void fewerPicturesAreTheFirstOfMore() {
        LabeledImages fewer = Shapes.draw(50, 42);

        assertThat(fewer.digest())
                .isEqualTo(shapes.subset(IntStream.range(0, 50).toArray()).digest());
    }

    @Test
    void anImageCanBeScribbledOnWithoutChangingTheData() {
        Arrays.fill(shapes.image(0).pixels(), (byte) 7);

        assertThat(shapes.image(0).pixels()).containsOnly(0, 255);
    }

    @Test
    void noPicturesAreFineButNotFewerOrTooMany() {
        assertThat(Shapes.draw(0, 1).size()).isZero();
        assertThatThrownBy(() -> Shapes.draw(-1, 1))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> Shapes.draw(Integer.MAX_VALUE, 1)).isInstanceOf(SettingsException.class);
    }

    private Image[] ofClass(int label) {
        return IntStream.range(0, shapes.size())
                .filter(i -> shapes.label(i) == label)
                .mapToObj(shapes::image)
                .toArray(Image[]::new);
    }

    private static int ink(Image image) {
        int count = 0;
        for (byte sample : image.pixels()) {
            count += sample == 0 ? 0 : 1;
        }
        return count;
    }

    private interface Rule {
        boolean inside(int x, int y);
    }

    private static boolean drawn(Image image, Rule rule) {
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                if (rule.inside(x, y) != (image.sample(y, x, 0) == 255)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isAllowedDisc(Image image) {
        for (int radius = 3; radius <= 7; radius++) {
            for (int centreX = 5; centreX <= 22; centreX++) {
                for (int centreY = 5; centreY <= 22; centreY++) {
                    int r = radius;
                    int cx = centreX;
                    int cy = centreY;
                    if (drawn(image, (x, y) -> (x - cx) * (x - cx) + (y - cy) * (y - cy) <= r * r)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isAllowedSquare(Image image) {
        for (int size = 5; size <= 11; size++) {
            for (int column = 0; column <= 28 - size - 1; column++) {
                for (int row = 0; row <= 28 - size - 1; row++) {
                    int side = size;
                    int left = column;
                    int top = row;
                    if (drawn(image, (x, y) -> x >= left && x < left + side && y >= top && y < top + side)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
