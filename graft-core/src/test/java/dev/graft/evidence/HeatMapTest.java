package dev.graft.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import dev.graft.evidence.PicturePlace.Cells;
import dev.graft.image.PictureRegion;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeatMapTest {
    private static final PictureRegion ALL = new PictureRegion(0, 0, 40, 80);

    @Test
    void theStrongestPlaceIsTheLightestAndTheRestGetDarkerWithTheirEvidence() {
        Image overlay = HeatMap.overlay(grey(40, 80), map(ALL, 0, -5, 0, 2, 8), 100);

        // In the four cells.
        int[] light = {luma(overlay, 20, 5), luma(overlay, 20, 25), luma(overlay, 20, 50), luma(overlay, 20, 70)};
        assertThat(light[0]).isEqualTo(light[1]);
        assertThat(light[1]).isLessThan(light[2]);
        assertThat(light[2]).isLessThan(light[3] - 20);
    }

    @Test
    void aPlaceWithNoMoreThanWhatTheRestTakesBackIsNoEvidence() {
        Image overlay = HeatMap.overlay(grey(40, 80), map(ALL, -12, 3, 3, 3, 8), 100);

        assertThat(luma(overlay, 20, 10)).isEqualTo(luma(overlay, 20, 30));
        assertThat(luma(overlay, 20, 10))
                .isEqualTo(luma(HeatMap.overlay(grey(40, 80), map(ALL, 0, -1, 0, 0, 8), 100), 20, 10));
    }

    @Test
    void whatTheNetworkDidNotSeeStaysGrey() {
        Image overlay = HeatMap.overlay(grey(40, 80), map(new PictureRegion(0, 0, 40, 60), 0, 1, 2, 3, 4), 100);

        for (int channel = 0; channel < 3; channel++) {
            assertThat(overlay.sample(20, 70, channel)).isEqualTo(100);
        }
        assertThat(overlay.sample(20, 10, 2)).isNotEqualTo(overlay.sample(20, 10, 0));
    }

    @Test
    void aLineGoesAroundWhatHasHalfOfTheMost() {
        Image overlay = HeatMap.overlay(grey(40, 80), map(ALL, 0, 0, 0, 0, 8), 100);

        boolean[] white = new boolean[80];
        for (int column = 0; column < 80; column++) {
            white[column] = luma(overlay, 20, column) == 255;
        }
        // Half of it lies half-way between the middles of the third cell, at 50, and the fourth, at 70.
        assertThat(white[60] || white[61]).isTrue();
        assertThat(white[55] || white[66]).isFalse();
    }

    @Test
    void aLargePictureIsScaledDownInProportion() {
        Image overlay = HeatMap.overlay(grey(400, 800), map(ALL, 0, 1, 2, 3, 4), 100);

        assertThat(overlay.height()).isEqualTo(50);
        assertThat(overlay.width()).isEqualTo(100);
    }

    @Test
    void aPictureWithoutAnyEvidenceIsShownAllTheSame() {
        Image flat = HeatMap.overlay(grey(40, 80), map(ALL, 0, 0, 0, 0, 0), 100);
        Image against = HeatMap.overlay(grey(40, 80), map(ALL, 0, -4, -3, -2, -1), 100);

        assertThat(luma(flat, 20, 10)).isEqualTo(luma(flat, 20, 70));
        assertThat(luma(against, 20, 10)).isLessThan(luma(against, 20, 70));
    }

    private static EvidenceMap map(PictureRegion seen, double rest, float... values) {
        return new EvidenceMap(
                EvidenceMethod.CLASS_ACTIVATION,
                "a",
                1,
                4,
                values,
                rest,
                0,
                new PicturePlace(40, 80, seen, new Cells(20, 40), new Cells(10, 20)));
    }

    private static Image grey(int height, int width) {
        byte[] pixels = new byte[height * width];
        Arrays.fill(pixels, (byte) 100);
        return new Image(height, width, 1, pixels);
    }

    private static int luma(Image image, int row, int column) {
        return (int) Math.round(0.299 * image.sample(row, column, 0)
                + 0.587 * image.sample(row, column, 1)
                + 0.114 * image.sample(row, column, 2));
    }
}
