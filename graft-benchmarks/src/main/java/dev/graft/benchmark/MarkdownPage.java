package dev.graft.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Rewrites the part of a page between two marks, so that the words around it stay. */
final class MarkdownPage {
    static final String BEGIN = "<!-- measured: begin -->";
    static final String END = "<!-- measured: end -->";

    private MarkdownPage() {}

    /** Puts the table into the page and draws the picture beside it. */
    static void rewrite(Path page, BenchmarkResult result) throws IOException {
        String before = Files.exists(page) ? Files.readString(page) : BEGIN + "\n" + END + "\n";
        Path picture = page.resolveSibling("benchmarks.png");
        RatioChart.draw(picture, result);
        Files.writeString(page, replaced(before, result, String.valueOf(picture.getFileName())));
    }

    static String replaced(String page, BenchmarkResult result, String picture) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no line '" + BEGIN + "' before a line '" + END + "'");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + table(result, picture) + page.substring(end);
    }

    private static String table(BenchmarkResult result, String picture) {
        Set<String> columns = new LinkedHashSet<>(List.of("tensorflow", "djl", "dl4j", "onnxruntime"));
        StringBuilder text = new StringBuilder();
        text.append("Measured on ").append(LocalDate.now(ZoneOffset.UTC)).append(": ");
        result.hardware()
                .forEach((key, value) ->
                        text.append(key).append(' ').append(value).append(", "));
        text.setLength(text.length() - 2);
        text.append(".\n\n![Graft's time divided by each peer's](")
                .append(picture)
                .append(")\n\n");
        text.append("| work | graft |");
        columns.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append(" other | share of the limit |\n|---|---|")
                .append("---|".repeat(columns.size() + 2))
                .append('\n');
        for (Row row : result.rows()) {
            text.append("| `").append(row.work()).append("` | ").append(TextTable.time(row.graft()));
            for (String column : columns) {
                text.append(" | ").append(row.peers().containsKey(column) ? cell(row, column) : "-");
            }
            String others = row.peers().keySet().stream()
                    .filter(peer -> !columns.contains(peer))
                    .map(peer -> peer + " " + cell(row, peer))
                    .collect(Collectors.joining(", "));
            text.append(" | ")
                    .append(others.isEmpty() ? "-" : others)
                    .append(" | ")
                    .append(TextTable.share(row))
                    .append(" |\n");
        }
        result.rows().stream().filter(row -> !row.tokensPerSecond().isEmpty()).forEach(row -> text.append("\n`")
                .append(row.work())
                .append("`, ")
                .append(TextTable.rates(row))
                .append(".\n"));
        return text.toString();
    }

    private static String cell(Row row, String peer) {
        return String.format(
                Locale.ROOT,
                "%s (**%.2f**)",
                TextTable.time(row.peers().getOrDefault(peer, Double.NaN)),
                row.ratio().getOrDefault(peer, Double.NaN));
    }
}
