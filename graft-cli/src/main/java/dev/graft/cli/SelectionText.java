package dev.graft.cli;

import dev.graft.result.CandidateResult;
import dev.graft.result.SelectionResult;
import dev.graft.result.StageNames;
import java.util.List;
import java.util.function.Function;

/** How a strategy was chosen, for a terminal. */
final class SelectionText {
    private static final int SHOWN = 6;

    private SelectionText() {}

    static String of(SelectionResult selection, String measure) {
        StringBuilder text = new StringBuilder(ResultText.format(
                "Chosen: %s from %s, in %.1f s.%n%s",
                selection.strategy(), selection.backbone(), selection.seconds(), selection.because()));
        if (selection.promised() != null && selection.interval() != null) {
            text.append(ResultText.format(
                    "%nPromised %s %.3f (95%% interval %.3f to %.3f).",
                    measure,
                    selection.promised(),
                    selection.interval().lower(),
                    selection.interval().upper()));
        }
        List<CandidateResult> shown =
                selection.candidates().stream().limit(SHOWN).toList();
        if (!shown.isEmpty()) {
            String format = "%n%s %-" + width(shown, CandidateResult::strategy, 18) + "s %-"
                    + width(shown, CandidateResult::backbone, 22) + "s %-" + width(shown, SelectionText::cut, 38)
                    + "s %" + Math.max(8, measure.length()) + "s";
            text.append(System.lineSeparator());
            text.append(ResultText.format(format, " ", "tried", "backbone", "cut", measure));
            shown.forEach(one -> text.append(ResultText.format(
                    format,
                    one.chosen() ? "*" : " ",
                    one.strategy(),
                    one.backbone(),
                    cut(one),
                    ResultText.format("%.3f", one.accuracy()))));
        }
        selection.skipped().forEach(line -> text.append("\n  left out: ").append(ResultText.name(line)));
        return text.toString();
    }

    private static String cut(CandidateResult one) {
        String pooling = one.pooling().contains(", ") ? "pooled in several ways" : one.pooling();
        return StageNames.shown(one.cut())
                + (pooling.equals("none") ? "" : " (" + pooling + ")")
                + (one.head() == null ? "" : ", " + one.head());
    }

    private static int width(List<CandidateResult> shown, Function<CandidateResult, String> column, int least) {
        return shown.stream().map(column).mapToInt(String::length).reduce(least, Math::max);
    }
}
