package dev.graft.benchmark.choice;

import dev.graft.evaluation.Differences;
import dev.graft.result.Difference;
import dev.graft.selection.Auto;
import dev.graft.strategy.FromScratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The table of choices: a row for each task and size, and what they add up to. */
public final class ChoicePage {
    private static final String BEGIN = "<!-- measured: begin -->";
    private static final String END = "<!-- measured: end -->";
    private static final List<String> FIXED =
            List.of("feature-extraction", "feature-extraction@all", "lp-ft", "fine-tuning", FromScratch.NAME);

    // Drawn up after the rule of choice was.
    private static final Set<String> LATER =
            Set.of("digits-by-things", "blobs", "bird-or-horse", "cat-or-horse", "animal-or-ship");

    private ChoicePage() {}

    private record Cell(TaskRow row, int samples) {
        double auto() {
            return row.mean(Auto.NAME, samples);
        }

        double best() {
            return FIXED.stream()
                    .mapToDouble(name -> row.mean(name, samples))
                    .max()
                    .orElseThrow();
        }

        double regret() {
            return best() - auto();
        }

        double overScratch() {
            return auto() - row.mean(FromScratch.NAME, samples);
        }
    }

    /**
     * Rewrites the part between the page's marks.
     *
     * @throws IOException if the page cannot be read or written
     */
    public static void rewrite(Path page, List<TaskRow> rows) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no line '" + BEGIN + "' before a line '" + END + "'");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + summary(rows) + text.substring(end));
    }

    /** What the cells of the tasks add up to that the rule of choice was tuned on, and their table; then those of the others. */
    public static String summary(List<TaskRow> rows) {
        List<TaskRow> tuned =
                rows.stream().filter(row -> !LATER.contains(row.task())).toList();
        List<TaskRow> later =
                rows.stream().filter(row -> LATER.contains(row.task())).toList();
        if (tuned.isEmpty() || later.isEmpty()) {
            return table(rows);
        }
        return table(tuned) + "\nTasks that were drawn up after the rule of choice:\n\n" + table(later);
    }

    private static String table(List<TaskRow> rows) {
        List<Cell> cells = new ArrayList<>();
        rows.forEach(row -> ChoiceBenchmark.SIZES.forEach(size -> cells.add(new Cell(row, size))));
        StringBuilder text = new StringBuilder();
        line(text, "%d tasks, %d cells.%n", rows.size(), cells.size());
        line(text, "| strategy | mean accuracy over all cells |%n|---|---|%n");
        line(text, "| `%s` | **%.4f** |%n", Auto.NAME, mean(cells, Auto.NAME));
        FIXED.forEach(name -> line(text, "| `%s` | %.4f |%n", name, mean(cells, name)));
        double regret = cells.stream().mapToDouble(Cell::regret).average().orElseThrow();
        line(
                text,
                "%nAverage regret to the best fixed strategy of each cell, known afterwards: **%.2f points**.%n",
                100 * regret);
        Cell largest =
                cells.stream().max(Comparator.comparingDouble(Cell::regret)).orElseThrow();
        line(
                text,
                "Largest: %.1f points, %s with %d images.%n",
                100 * largest.regret(),
                largest.row().task(),
                largest.samples());
        scratch(text, cells);
        line(text, "%n| task | source | images | auto |");
        FIXED.forEach(name -> line(text, " %s |", name));
        line(text, " regret |%n|---|---|---|---|%s---|%n", "---|".repeat(FIXED.size()));
        cells.forEach(cell -> row(text, cell));
        return text.toString();
    }

    private static void scratch(StringBuilder text, List<Cell> cells) {
        Cell worst = cells.stream()
                .min(Comparator.comparingDouble(Cell::overScratch))
                .orElseThrow();
        line(
                text,
                "Against training from scratch, the worst cell is %s with %d images: %+.1f points",
                worst.row().task(),
                worst.samples(),
                100 * worst.overScratch());
        List<Double> auto = worst.row().of(Auto.NAME, worst.samples());
        if (auto.size() > 1) {
            Difference difference =
                    Differences.overSeeds(values(auto), values(worst.row().of(FromScratch.NAME, worst.samples())));
            line(
                    text,
                    " (95%% interval %+.1f to %+.1f)",
                    100 * difference.interval().lower(),
                    100 * difference.interval().upper());
        }
        line(text, ".%n");
    }

    private static void row(StringBuilder text, Cell cell) {
        line(text, "| %s | %s | %d | %.3f |", cell.row().task(), cell.row().backbone(), cell.samples(), cell.auto());
        FIXED.forEach(name -> {
            double mean = cell.row().mean(name, cell.samples());
            line(text, mean == cell.best() ? " **%.3f** |" : " %.3f |", mean);
        });
        line(text, " %.1f |%n", 100 * cell.regret());
    }

    private static double mean(List<Cell> cells, String strategy) {
        return cells.stream()
                .mapToDouble(cell -> cell.row().mean(strategy, cell.samples()))
                .average()
                .orElseThrow();
    }

    private static double[] values(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
