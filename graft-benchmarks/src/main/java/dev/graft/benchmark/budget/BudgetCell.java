package dev.graft.benchmark.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One cell of the table.
 *
 * @param kind {@code texts} or {@code pictures}
 * @param examples how many there are, all parts together
 * @param budget as the option has it, such as {@code 30s}
 * @param measured what came of it; null if it was not measured yet
 */
record BudgetCell(
        String kind, int examples, String budget, @Nullable Measured measured) {
    /** The kinds of examples. */
    static final List<String> KINDS = List.of("texts", "pictures");

    private static final int[] EXAMPLES = {1000, 5000, 50_000};
    private static final List<String> BUDGETS = List.of("30s", "2m", "5m");

    // What a budget promises.
    private static final double MOST_TIMES = 1.1;
    private static final double MOST_MORE = 5;

    /**
     * What came of it.
     *
     * @param seconds wall-clock time of the whole process
     * @param accuracy on the test part, as far as it was judged
     * @param train examples that were learned from
     * @param test examples that were judged
     * @param peakBytes the most physical memory that the process held at once
     * @param strategy what was chosen
     */
    record Measured(double seconds, double accuracy, int train, int test, long peakBytes, String strategy) {}

    /** All cells, the short ones first. */
    static List<BudgetCell> all() {
        List<BudgetCell> cells = new ArrayList<>();
        for (String budget : BUDGETS) {
            for (String kind : KINDS) {
                for (int examples : EXAMPLES) {
                    cells.add(new BudgetCell(kind, examples, budget, null));
                }
            }
        }
        return cells;
    }

    /** The name in options, such as {@code texts-1000-30s}. */
    String name() {
        return kind + "-" + examples + "-" + budget;
    }

    BudgetCell with(Measured found) {
        return new BudgetCell(kind, examples, budget, found);
    }

    /** The budget in seconds. */
    double seconds() {
        double number = Double.parseDouble(budget.substring(0, budget.length() - 1));
        return budget.endsWith("m") ? 60 * number : number;
    }

    /** The most seconds that are within the promise. */
    double allowed() {
        return MOST_TIMES * seconds() + MOST_MORE;
    }

    /** The row of a Markdown table. */
    String row() {
        if (measured == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %s | %s%.0f s%s | %.0f s | %.3f | %,d | %,d | %d MiB | `%s` |%n",
                kind,
                examples,
                budget,
                measured.seconds <= allowed() ? "" : "**",
                measured.seconds,
                measured.seconds <= allowed() ? "" : "**",
                allowed(),
                measured.accuracy,
                measured.train,
                measured.test,
                measured.peakBytes >> 20,
                measured.strategy);
    }
}
