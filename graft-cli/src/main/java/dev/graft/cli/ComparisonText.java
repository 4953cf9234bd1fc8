package dev.graft.cli;

import dev.graft.result.ExperimentResult;
import dev.graft.result.SourceModel;
import dev.graft.result.StrategyResult;
import java.nio.file.Path;

/** A comparison's outcome in a terminal. */
final class ComparisonText {
    private ComparisonText() {}

    private static String source(SourceModel source) {
        return Double.isNaN(source.testAccuracy())
                ? "trained on " + source.data()
                : ResultText.format("test accuracy %.4f on %s", source.testAccuracy(), source.data());
    }

    /**
     * Puts it in words.
     *
     * @param told whether there is a report
     */
    static String of(ExperimentResult result, Path directory, boolean told) {
        StringBuilder text = new StringBuilder();
        text.append(ResultText.format(
                "%s (%s) to %s: %d training examples, %d test examples, %d seed%s%n%n",
                result.source().backbone(),
                source(result.source()),
                result.target().name(),
                result.target().train(),
                result.target().test(),
                result.seeds(),
                result.seeds() == 1 ? "" : "s"));
        String measure = result.target().measureName();
        int width = Math.max(9, measure.length());
        text.append(ResultText.format(
                "  %-26s %-" + width + "s %-16s %s%n", "strategy", measure, "95% interval", "trained parameters"));
        for (StrategyResult row : result.results()) {
            boolean negative = result.verdict().negativeTransfer().contains(row.strategy());
            text.append(ResultText.format(
                    "  %-26s %-" + width + ".4f %.4f to %.4f %,d%s%n",
                    row.strategy(),
                    row.testAccuracy(),
                    row.interval().lower(),
                    row.interval().upper(),
                    row.trainableParameters(),
                    negative ? "   negative transfer" : ""));
        }
        text.append(ResultText.format(
                "%nUse %s. %s%n%n",
                result.verdict().recommended(), result.verdict().because()));
        text.append(told ? ResultText.format("Report: %s%n", directory.resolve("report.html")) : "");
        text.append(ResultText.format("Bundle: %s", directory.resolve("bundle")));
        return text.toString();
    }
}
