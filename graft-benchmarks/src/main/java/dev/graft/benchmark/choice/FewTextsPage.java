package dev.graft.benchmark.choice;

import dev.graft.evaluation.Differences;
import dev.graft.result.Difference;
import dev.graft.strategy.Contrastive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The table of few texts: a row for each task and size, and the mean of all. */
public final class FewTextsPage {
    private static final String BEGIN = "<!-- few texts: begin -->";
    private static final String END = "<!-- few texts: end -->";

    private FewTextsPage() {}

    /**
     * Rewrites the part between the page's marks.
     *
     * @throws IOException if the page cannot be read or written
     */
    public static void rewrite(Path page, List<FewTexts.Row> rows) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no line '" + BEGIN + "' before a line '" + END + "'");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + summary(rows) + text.substring(end));
    }

    /** The table, of the cells in which every strategy was measured. */
    public static String summary(List<FewTexts.Row> rows) {
        StringBuilder text = new StringBuilder("| task | source | texts | seeds |");
        FewTexts.STRATEGIES.forEach(name -> text.append(" ").append(name).append(" |"));
        text.append(" lead, points | 95% interval | longest training |\n|---|---|---|---|")
                .append("---|".repeat(FewTexts.STRATEGIES.size()))
                .append("---|---|---|\n");
        List<List<double[]>> cells = new ArrayList<>();
        for (String task : rows.stream().map(FewTexts.Row::task).distinct().toList()) {
            for (int samples : FewTexts.SIZES) {
                List<FewTexts.Row> own = rows.stream()
                        .filter(row -> row.task().equals(task) && row.samples() == samples)
                        .toList();
                List<double[]> cell = FewTexts.STRATEGIES.stream()
                        .map(name -> accuracies(own, name))
                        .toList();
                if (cell.stream().allMatch(values -> values.length > 0 && values.length == cell.get(0).length)) {
                    cells.add(cell);
                    row(text, task, samples, own, cell);
                }
            }
        }
        if (!cells.isEmpty()) {
            mean(text, cells);
        }
        return text.toString();
    }

    private static double[] accuracies(List<FewTexts.Row> rows, String strategy) {
        return rows.stream()
                .filter(row -> row.strategy().equals(strategy))
                .sorted(Comparator.comparingLong(FewTexts.Row::seed))
                .mapToDouble(FewTexts.Row::accuracy)
                .toArray();
    }

    private static void row(
            StringBuilder text, String task, int samples, List<FewTexts.Row> rows, List<double[]> cell) {
        line(text, "| %s | %s | %d | %d |", task, rows.get(0).backbone(), samples, cell.get(0).length);
        cell.forEach(values -> line(text, " %.3f |", mean(values)));
        int contrastive = FewTexts.STRATEGIES.indexOf(Contrastive.NAME);
        int rival = rival(cell.stream().mapToDouble(FewTextsPage::mean).toArray());
        line(text, " %+.1f |", 100 * (mean(cell.get(contrastive)) - mean(cell.get(rival))));
        if (cell.get(0).length > 1) {
            Difference difference = Differences.overSeeds(cell.get(contrastive), cell.get(rival));
            line(
                    text,
                    " %+.1f to %+.1f |",
                    100 * difference.interval().lower(),
                    100 * difference.interval().upper());
        } else {
            text.append(" |");
        }
        line(
                text,
                " %.0f s |%n",
                rows.stream()
                        .filter(one -> one.strategy().equals(Contrastive.NAME))
                        .mapToDouble(FewTexts.Row::seconds)
                        .max()
                        .orElse(0));
    }

    private static void mean(StringBuilder text, List<List<double[]>> cells) {
        double[] means = new double[FewTexts.STRATEGIES.size()];
        for (int i = 0; i < means.length; i++) {
            int strategy = i;
            means[i] = cells.stream()
                    .mapToDouble(cell -> mean(cell.get(strategy)))
                    .average()
                    .orElseThrow();
        }
        text.append("| **mean** | | | |");
        for (double mean : means) {
            line(text, " **%.3f** |", mean);
        }
        double own = means[FewTexts.STRATEGIES.indexOf(Contrastive.NAME)];
        line(text, " **%+.1f** | | |%n", 100 * (own - means[rival(means)]));
    }

    /** The best of the others. */
    private static int rival(double[] means) {
        int best = -1;
        for (int i = 0; i < means.length; i++) {
            boolean other = !FewTexts.STRATEGIES.get(i).equals(Contrastive.NAME);
            if (other && (best < 0 || means[i] > means[best])) {
                best = i;
            }
        }
        return best;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
