package dev.graft.cli;

import dev.graft.result.ExperimentResult;
import dev.graft.result.StrategyResult;
import java.nio.file.Path;
import java.util.Locale;

/** A comparison's outcome in a terminal. */
final class ComparisonText {
    private ComparisonText() {}

    static String of(ExperimentResult result, Path directory) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s (test accuracy %.4f on %s) to %s: %d training images, %d test images, %d seed%s%n%n",
                result.source().backbone(),
                result.source().testAccuracy(),
                result.source().data(),
                result.target().name(),
                result.target().train(),
                result.target().test(),
                result.seeds(),
                result.seeds() == 1 ? "" : "s"));
        text.append(String.format(
                Locale.ROOT, "  %-26s %-9s %-16s %s%n", "strategy", "accuracy", "95% interval", "trained parameters"));
        for (StrategyResult row : result.results()) {
            boolean negative = result.verdict().negativeTransfer().contains(row.strategy());
            text.append(String.format(
                    Locale.ROOT,
                    "  %-26s %-9.4f %.4f to %.4f %,d%s%n",
                    row.strategy(),
                    row.testAccuracy(),
                    row.interval().lower(),
                    row.interval().upper(),
                    row.trainableParameters(),
                    negative ? "   negative transfer" : ""));
        }
        text.append(String.format(
                Locale.ROOT,
                "%nUse %s. %s%n%nReport: %s%nBundle: %s",
                result.verdict().recommended(),
                result.verdict().because(),
                directory.resolve("report.html"),
                directory.resolve("bundle")));
        return text.toString();
    }
}
