package dev.graft.benchmark;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table on the screen. */
final class TextTable {
    private TextTable() {}

    static String of(BenchmarkResult result) {
        StringBuilder text = new StringBuilder();
        result.hardware()
                .forEach((key, value) ->
                        text.append(key).append(' ').append(value).append("   "));
        text.append("\n\n")
                .append(String.format(Locale.ROOT, "%-20s %11s %8s  %s%n", "work", "graft", "limit", "peers"));
        for (Row row : result.rows()) {
            text.append(String.format(Locale.ROOT, "%-20s %11s %8s ", row.work(), time(row.graft()), share(row)));
            for (Map.Entry<String, Double> peer : row.peers().entrySet()) {
                text.append(String.format(
                        Locale.ROOT,
                        " %s %s (%.2f)",
                        peer.getKey(),
                        time(peer.getValue()),
                        row.ratio().get(peer.getKey())));
            }
            text.append('\n');
            if (!row.tokensPerSecond().isEmpty()) {
                text.append(String.format(Locale.ROOT, "%-20s %s%n", "", rates(row)));
            }
        }
        return text.append(
                        "\nIn brackets: graft's time divided by the peer's. limit: the share of the engine's own rate"
                                + " that graft reaches.\n")
                .toString();
    }

    /** Such as {@code tokens a second: graft 9,000, djl 5,000}. */
    static String rates(Row row) {
        return row.tokensPerSecond().entrySet().stream()
                .map(rate -> String.format(Locale.ROOT, "%s %,.0f", rate.getKey(), rate.getValue()))
                .collect(Collectors.joining(", ", "tokens a second: ", ""));
    }

    static String time(double milliseconds) {
        return milliseconds < 100
                ? String.format(Locale.ROOT, "%.2f ms", milliseconds)
                : milliseconds < 10_000
                        ? String.format(Locale.ROOT, "%.0f ms", milliseconds)
                        : String.format(Locale.ROOT, "%.1f s", milliseconds / 1000);
    }

    static String share(Row row) {
        double share = row.shareOfLimit();
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
