package dev.graft.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.CurvePoint;
import dev.graft.result.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataSavingsTest {
    @Test
    void itSaysHowManyTimesTheDataScratchNeeds() {
        List<CurvePoint> curve = curve(new double[] {0.8, 0.85, 0.9}, new double[] {0.5, 0.7, 0.9});

        // 0.8 lies half-way between 0.7 at 100 and 0.9 at 1000: at their geometric mean.
        assertThat(DataSavings.of("lp-ft", curve))
                .contains(
                        "For what it reaches with 10 examples, training from scratch needs about 316: 32 times the data.");
    }

    @Test
    void whatScratchNeverReachesNeedsMoreThanAllThereIs() {
        List<CurvePoint> curve = curve(new double[] {0.95, 0.96, 0.97}, new double[] {0.5, 0.7, 0.9});

        assertThat(DataSavings.of("lp-ft", curve))
                .contains(
                        "What it reaches with 10 examples, training from scratch does not reach with 1000: it needs more"
                                + " than 100 times the data.");
    }

    @Test
    void aPointWithinTheIntervalSavesNothing() {
        List<CurvePoint> curve = curve(new double[] {0.505, 0.85, 0.9}, new double[] {0.5, 0.84, 0.895});

        assertThat(DataSavings.of("lp-ft", curve)).isEmpty();
    }

    @Test
    void withoutScratchThereIsNothingToSay() {
        List<CurvePoint> curve = curve(new double[] {0.8, 0.85, 0.9}, new double[0]);

        assertThat(DataSavings.of("lp-ft", curve)).isEmpty();
        assertThat(DataSavings.of("from-scratch", curve)).isEmpty();
    }

    private static List<CurvePoint> curve(double[] strategy, double[] scratch) {
        List<CurvePoint> points = new ArrayList<>();
        int[] sizes = {10, 100, 1000};
        for (int i = 0; i < strategy.length; i++) {
            points.add(point(sizes[i], "lp-ft", strategy[i]));
        }
        for (int i = 0; i < scratch.length; i++) {
            points.add(point(sizes[i], "from-scratch", scratch[i]));
        }
        return points;
    }

    private static CurvePoint point(int samples, String strategy, double accuracy) {
        return new CurvePoint(
                samples, strategy, accuracy, new Interval(accuracy - 0.02, accuracy + 0.02), 3, List.of(accuracy));
    }
}
