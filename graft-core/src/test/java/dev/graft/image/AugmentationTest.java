package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final Preprocessing SQUARE = Preprocessing.unitRange(8, 8, 3);
    private static final Preprocessing NORMALIZED =
            new Preprocessing(8, 8, 3, List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.25f, 0.3f));

    @Test
    void noneChangesNothing() {
        assertThat(changed(Augmentation.none(), SQUARE, 1)).isEqualTo(image());
        assertThat(Augmentation.none().changesImages()).isFalse();
        assertThat(Augmentation.photographs().changesImages()).isTrue();
    }

    @Test
    void theSameSeedGivesTheSameChangesAndOthersGiveOthers() {
        for (Augmentation augmentation : List.of(
                Augmentation.flipAndShift(),
                Augmentation.photographs(),
                Augmentation.photographs().withErasing(1))) {
            assertThat(changed(augmentation, NORMALIZED, 5)).isEqualTo(changed(augmentation, NORMALIZED, 5));
            Set<String> different = new HashSet<>();
            for (int seed = 0; seed < 20; seed++) {
                different.add(Arrays.toString(changed(augmentation, NORMALIZED, seed)));
            }
            assertThat(different).hasSizeGreaterThan(4);
        }
    }

    @Test
    void flipMirrorsHalfOfTheImagesLeftToRight() {
        Augmentation flip = new Augmentation(true, 0, 0, 0, 0, 0, Mixing.NONE, 1);
        float[] mirrored = mirrored(image());
        int flipped = 0;
        for (int seed = 0; seed < 400; seed++) {
            float[] result = changed(flip, SQUARE, seed);
            assertThat(Arrays.equals(result, image()) || Arrays.equals(result, mirrored))
                    .isTrue();
            flipped += Arrays.equals(result, mirrored) ? 1 : 0;
        }
        assertThat(flipped).isBetween(150, 250);
    }

    @Test
    void shiftMovesByWholePixelsAndFillsWithTheMeanColour() {
        Augmentation shift = new Augmentation(false, 0.25, 0, 0, 0, 0, Mixing.NONE, 1);
        List<float[]> expected = new ArrayList<>();
        for (int down = -2; down <= 2; down++) {
            for (int right = -2; right <= 2; right++) {
                expected.add(moved(image(), down, right));
            }
        }
        Set<Integer> met = new HashSet<>();
        for (int seed = 0; seed < 400; seed++) {
            float[] result = changed(shift, SQUARE, seed);
            int place = -1;
            for (int i = 0; i < expected.size(); i++) {
                place = Arrays.equals(result, expected.get(i)) ? i : place;
            }
            assertThat(place).isNotNegative();
            met.add(place);
        }
        assertThat(met).hasSize(25);
    }

    @Test
    void zoomShowsAPartOfThePictureAndStaysInside() {
        Augmentation zoom = new Augmentation(false, 0, 0.75, 0, 0, 0, Mixing.NONE, 1);
        float[] flat = new float[SQUARE.elements()];
        Arrays.fill(flat, 0.7f);
        for (int seed = 0; seed < 50; seed++) {
            float[] row = flat.clone();
            zoom.apply(row, 0, SQUARE, seed);
            for (float value : row) {
                assertThat(value).isCloseTo(0.7f, within(1e-5f));
            }
            assertThat(changed(zoom, SQUARE, seed)).isNotEqualTo(image());
        }
    }

    @Test
    void aTurnKeepsTheMiddleAndMovesTheBorder() {
        Preprocessing odd = Preprocessing.unitRange(9, 9, 1);
        Augmentation turn = new Augmentation(false, 0, 0, 90, 0, 0, Mixing.NONE, 1);
        float[] original = new float[81];
        original[4 * 9 + 4] = 1f;
        original[4 * 9 + 8] = 0.5f;
        for (int seed = 0; seed < 20; seed++) {
            float[] row = original.clone();
            turn.apply(row, 0, odd, seed);
            assertThat(row[4 * 9 + 4]).isCloseTo(1f, within(1e-5f));
            assertThat(row).isNotEqualTo(original);
        }
    }

    @Test
    void colourChangesStayWithinTheRangeOfSamples() {
        Augmentation color = new Augmentation(false, 0, 0, 0, 0.9, 0, Mixing.NONE, 1);
        for (int seed = 0; seed < 100; seed++) {
            float[] row = changed(color, NORMALIZED, seed);
            for (int i = 0; i < row.length; i++) {
                float sample =
                        row[i] * NORMALIZED.std().get(i % 3) + NORMALIZED.mean().get(i % 3);
                assertThat(sample).isBetween(-1e-5f, 1 + 1e-5f);
            }
        }
    }

    @Test
    void erasingBlanksARectangleOfTheStatedSize() {
        Augmentation erasing = Augmentation.none().withErasing(1);
        Preprocessing large = Preprocessing.unitRange(40, 40, 1);
        float[] ones = new float[1600];
        Arrays.fill(ones, 1f);
        for (int seed = 0; seed < 50; seed++) {
            float[] row = ones.clone();
            erasing.apply(row, 0, large, seed);
            int blank = 0;
            for (float value : row) {
                blank += value == 0f ? 1 : 0;
            }
            assertThat(blank / 1600.0).isBetween(0.01, 0.22);
        }
    }

    @Test
    void onlyTheImageAtTheOffsetChanges() {
        float[] rows = new float[3 * SQUARE.elements()];
        Arrays.fill(rows, 0.5f);
        Augmentation.none().withErasing(1).apply(rows, SQUARE.elements(), SQUARE, 3);

        assertThat(Arrays.copyOfRange(rows, 0, SQUARE.elements())).containsOnly(0.5f);
        assertThat(Arrays.copyOfRange(rows, 2 * SQUARE.elements(), rows.length)).containsOnly(0.5f);
        assertThat(Arrays.copyOfRange(rows, SQUARE.elements(), 2 * SQUARE.elements()))
                .contains(0f);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Augmentation(true, 0.6, 0, 0, 0, 0, Mixing.NONE, 1))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("shift")
                .hasMessageContaining("0.6");
        assertThatThrownBy(() -> new Augmentation(true, 0, 1, 0, 0, 0, Mixing.NONE, 1))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> new Augmentation(true, 0, 0, -1, 0, 0, Mixing.NONE, 1))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> new Augmentation(true, 0, 0, 0, Double.NaN, 0, Mixing.NONE, 1))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> new Augmentation(true, 0, 0, 0, 0, 2, Mixing.NONE, 1))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> Augmentation.none().withViews(0)).isInstanceOf(SettingsException.class);
    }

    private static float[] changed(Augmentation augmentation, Preprocessing preprocessing, long seed) {
        float[] row = image();
        augmentation.apply(row, 0, preprocessing, seed);
        return row;
    }

    /** Every value differs from every other, none is 0. */
    private static float[] image() {
        float[] image = new float[SQUARE.elements()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (i + 1) / 200f;
        }
        return image;
    }

    private static float[] mirrored(float[] image) {
        float[] result = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            int channel = i % 3;
            int column = i / 3 % 8;
            int row = i / 24;
            result[row * 24 + (7 - column) * 3 + channel] = image[i];
        }
        return result;
    }

    private static float[] moved(float[] image, int down, int right) {
        float[] result = new float[image.length];
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 8; column++) {
                int fromRow = row + down;
                int fromColumn = column + right;
                if (fromRow >= 0 && fromRow < 8 && fromColumn >= 0 && fromColumn < 8) {
                    System.arraycopy(image, (fromRow * 8 + fromColumn) * 3, result, (row * 8 + column) * 3, 3);
                }
            }
        }
        return result;
    }
}
