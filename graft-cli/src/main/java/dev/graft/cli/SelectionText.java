package dev.graft.cli;

import dev.graft.result.CandidateResult;
import dev.graft.result.SelectionResult;
import dev.graft.result.StageNames;

/** How a strategy was chosen, for a terminal. */
final class SelectionText {
    private static final int SHOWN = 6;

    private SelectionText() {}

    static String of(SelectionResult selection) {
        StringBuilder text = new StringBuilder(ResultText.format(
                "Chosen: %s from %s, in %.1f s.%n%s",
                selection.strategy(), selection.backbone(), selection.seconds(), selection.because()));
        if (selection.promised() != null && selection.interval() != null) {
            text.append(ResultText.format(
                    "%nPromised accuracy %.3f (95%% interval %.3f to %.3f).",
                    selection.promised(),
                    selection.interval().lower(),
                    selection.interval().upper()));
        }
        if (!selection.candidates().isEmpty()) {
            text.append(ResultText.format("%n%n  %-18s %-22s %-38s %8s", "tried", "backbone", "cut", "accuracy"));
        }
        selection.candidates().stream().limit(SHOWN).forEach(one -> text.append(line(one)));
        selection.skipped().forEach(line -> text.append("\n  not tried: ").append(ResultText.name(line)));
        return text.toString();
    }

    private static String line(CandidateResult one) {
        String cut = StageNames.shown(one.cut()) + (one.pooling().equals("none") ? "" : " (" + one.pooling() + ")");
        return ResultText.format(
                "%n%s %-18s %-22s %-38s %8.3f",
                one.chosen() ? "*" : " ", one.strategy(), one.backbone(), cut, one.accuracy());
    }
}
