package dev.graft.report;

import dev.graft.result.Difference;
import dev.graft.result.ExperimentResult;
import dev.graft.result.SelectionResult;
import dev.graft.result.StageNames;
import dev.graft.result.StrategyResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conclusion of an experiment, in the words that stand on top of the page.
 *
 * @param title what to do, in a few words
 * @param recommended the row of the recommended strategy; null if there is none
 * @param scratch the row of training from scratch; null if it was not run
 * @param warnings one for each strategy that transfers negatively
 */
record Headline(
        String title,
        @Nullable StrategyResult recommended,
        @Nullable StrategyResult scratch,
        List<Warning> warnings) {
    /** The strategy that transfers nothing. */
    static final String SCRATCH = "from-scratch";

    /**
     * A strategy that is worse than training from scratch.
     *
     * @param strategy its name
     * @param row its result; null if it is not among the rows
     * @param difference how much worse it is; null if it was not measured
     */
    record Warning(
            String strategy,
            @Nullable StrategyResult row,
            @Nullable Difference difference) {}

    /** Draws the conclusion. */
    static Headline of(ExperimentResult result) {
        StrategyResult recommended = find(result, result.verdict().recommended());
        List<Warning> warnings = result.verdict().negativeTransfer().stream()
                .map(name -> warning(name, find(result, name)))
                .toList();
        return new Headline(title(result, recommended), recommended, find(result, SCRATCH), warnings);
    }

    /** Where a strategy cuts the network, how it pools, and its head. */
    static String describe(StrategyResult row) {
        String pooling = row.pooling().equals("none") ? "not pooled" : "pooled by " + row.pooling();
        return cut(row.cut()) + ", " + pooling + ", " + row.head()
                + (row.head().startsWith("ensemble of ") ? " heads" : " head");
    }

    private static String cut(String cut) {
        if (cut.equals("none")) {
            return "Nothing frozen";
        }
        String shown = StageNames.shown(cut);
        return shown.equals(cut) ? "Frozen up to " + cut.replace("+", " + ") : "Frozen, features of " + shown;
    }

    private static String title(ExperimentResult result, @Nullable StrategyResult recommended) {
        String name = result.verdict().recommended();
        if (name.isBlank()) {
            return "Results on " + result.target().name();
        }
        if (name.equals(SCRATCH)) {
            return result.results().size() > 1 ? "Train from scratch" : "Trained from scratch";
        }
        if (result.results().size() == 1) {
            SelectionResult selection = recommended == null ? null : recommended.selection();
            return selection == null ? "Results of " + name : "Chosen: " + selection.strategy();
        }
        boolean pooled = recommended != null && !recommended.pooling().equals("none");
        return "Use " + name + (pooled ? " on pooled features" : "");
    }

    private static Warning warning(String name, @Nullable StrategyResult row) {
        return new Warning(name, row, row == null ? null : row.againstScratch());
    }

    private static @Nullable StrategyResult find(ExperimentResult result, String strategy) {
        return result.results().stream()
                .filter(row -> row.strategy().equals(strategy))
                .findFirst()
                .orElse(null);
    }
}
