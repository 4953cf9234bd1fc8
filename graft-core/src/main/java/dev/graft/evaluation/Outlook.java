package dev.graft.evaluation;

import dev.graft.result.DataSizeTrend;
import java.util.Locale;

/** Whether more data would help, in words. */
public final class Outlook {
    private static final double LITTLE = 0.005;

    private Outlook() {}

    /** What a strategy's trend says of more data. */
    public static String of(DataSizeTrend trend) {
        double now = trend.accuracyAt(trend.toSamples());
        if (1 - now < LITTLE) {
            return "More data has nothing left to add.";
        }
        double gain = trend.foretold() - now;
        if (gain < LITTLE) {
            return String.format(
                    Locale.ROOT,
                    "More data would hardly help: its fitted curve gives %.3f with twice as much, %.1f points more. What could"
                            + " help is another source model, or to train more of this one.",
                    trend.foretold(),
                    100 * gain);
        }
        return String.format(
                Locale.ROOT,
                "More data would help: with twice as much, %,d examples, its fitted curve gives %.3f (95%% interval %.3f to"
                        + " %.3f), %.1f points more.",
                2 * trend.toSamples(),
                trend.foretold(),
                trend.interval().lower(),
                trend.interval().upper(),
                100 * gain);
    }
}
