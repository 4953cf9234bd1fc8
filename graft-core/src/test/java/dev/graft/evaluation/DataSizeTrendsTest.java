package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.result.CurvePoint;
import dev.graft.result.DataSizeTrend;
import dev.graft.result.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataSizeTrendsTest {
    private static final int[] SIZES = {10, 20, 50, 100, 200, 500};

    @Test
    void aCurveMadeByALawGivesThatLaw() {
        DataSizeTrend trend =
                DataSizeTrends.of("s", curve(new PowerLaw(0.9, 0.6, 0.05))).orElseThrow();

        assertThat(trend.a()).isCloseTo(0.9, within(1e-3));
        assertThat(trend.b()).isCloseTo(0.6, within(1e-3));
        assertThat(trend.c()).isCloseTo(0.05, within(1e-4));
        assertThat(trend.foretold()).isCloseTo(1 - 0.9 * Math.pow(1000, -0.6) - 0.05, within(1e-4));
        assertThat(trend.interval().lower()).isLessThan(trend.foretold());
        assertThat(trend.interval().upper()).isGreaterThan(trend.foretold());
        assertThat(trend.deviation()).isLessThan(1e-5);
    }

    @Test
    void pointsThatStillGuessAreLeftOutFromTheFront() {
        PowerLaw law = new PowerLaw(3, 0.8, 0.01);
        List<CurvePoint> curve = new ArrayList<>();
        for (int size : new int[] {2, 3, 5}) {
            curve.add(point(size, 0.5));
        }
        for (int size : new int[] {20, 50, 100, 200, 500}) {
            curve.add(point(size, 1 - law.errorAt(size)));
        }

        DataSizeTrend trend = DataSizeTrends.of("s", curve).orElseThrow();

        assertThat(trend.fromSamples()).isEqualTo(20);
        assertThat(trend.b()).isCloseTo(0.8, within(1e-2));
    }

    @Test
    void aCurveThatFollowsNoLawHasNoTrend() {
        double[] zigzag = {0.5, 0.9, 0.5, 0.9, 0.5, 0.9};
        List<CurvePoint> curve = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            curve.add(point(SIZES[i], zigzag[i]));
        }

        assertThat(DataSizeTrends.of(curve)).isEmpty();
    }

    @Test
    void threePointsAreTooFew() {
        assertThat(DataSizeTrends.of(curve(new PowerLaw(0.9, 0.6, 0.05)).subList(0, 3)))
                .isEmpty();
    }

    @Test
    void theLimitIsNeverReached() {
        PowerLaw law = new PowerLaw(1, 0.5, 0.1);

        assertThat(law.examplesFor(0.2)).isCloseTo(100, within(1e-9));
        assertThat(law.examplesFor(0.1)).isInfinite();
    }

    @Test
    void theOutlookTellsAHungryCurveFromAFlatOne() {
        assertThat(outlook(new PowerLaw(0.9, 0.3, 0))).startsWith("More data would help: with twice as much, 1,000");
        assertThat(outlook(new PowerLaw(0.9, 1, 0.2))).startsWith("More data would hardly help");
        assertThat(outlook(new PowerLaw(0.9, 1.5, 0))).isEqualTo("More data has nothing left to add.");
    }

    private static String outlook(PowerLaw law) {
        return Outlook.of(DataSizeTrends.of("s", curve(law)).orElseThrow());
    }

    private static List<CurvePoint> curve(PowerLaw law) {
        List<CurvePoint> curve = new ArrayList<>();
        for (int size : SIZES) {
            curve.add(point(size, 1 - law.errorAt(size)));
        }
        return curve;
    }

    private static CurvePoint point(int size, double accuracy) {
        return new CurvePoint(
                size, "s", accuracy, new Interval(accuracy - 0.02, accuracy + 0.02), 3, List.of(accuracy));
    }
}
