package dev.graft.cli;

import dev.graft.prediction.Prediction.Candidate;
import dev.graft.prediction.TextEvidence;
import dev.graft.targets.LabelSet;
import dev.graft.targets.TargetKind;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of an example, in a line. */
final class PredictionText {
    private static final int SHOWN_WORDS = 6;

    private final TargetKind kind;
    private final @Nullable Double threshold;
    private final @Nullable Double coverage;

    /**
     * What the lines are made by.
     *
     * @param kind what is told
     * @param threshold the confidence below which an example is none of the classes, where confidence decides
     * @param coverage of sets of classes; null without any
     */
    PredictionText(TargetKind kind, @Nullable Double threshold, @Nullable Double coverage) {
        this.kind = kind;
        this.threshold = threshold;
        this.coverage = coverage;
    }

    /**
     * The line.
     *
     * @param what the example
     * @param label null for none of the classes
     */
    String of(
            String what,
            @Nullable String label,
            @Nullable Double unknownScore,
            @Nullable List<String> set,
            List<Candidate> top) {
        if (kind.isOneOfNames()) {
            return ofClasses(what, label, unknownScore, set, top);
        }
        String line = ResultText.format("%s: %s", what, label);
        if (kind instanceof LabelSet) {
            line += "; probabilities: " + listed(top);
        }
        return unknownScore == null || unknownScore <= 1
                ? line
                : line
                        + ResultText.format(
                                "; not to be trusted: unlike the examples learned from (%.2f, limit 1)", unknownScore);
    }

    private static String listed(List<Candidate> candidates) {
        return candidates.stream()
                .map(one -> ResultText.format("%s %.4f", one.label(), one.confidence()))
                .collect(Collectors.joining(", "));
    }

    private String ofClasses(
            String what,
            @Nullable String label,
            @Nullable Double unknownScore,
            @Nullable List<String> set,
            List<Candidate> top) {
        // Of grades the median, which need not be the most probable.
        String said = label == null ? top.get(0).label() : label;
        String rest =
                listed(top.stream().filter(one -> !one.label().equals(said)).toList());
        return ResultText.format(
                        "%s: %s, confidence %.4f",
                        what,
                        label == null ? none(unknownScore, top.get(0).label()) : label,
                        top.stream()
                                .filter(one -> one.label().equals(said))
                                .findFirst()
                                .orElse(top.get(0))
                                .confidence())
                + (set == null ? "" : "; " + coverage + " set: " + (set.isEmpty() ? "none" : String.join(", ", set)))
                + (rest.isEmpty() ? "" : "; then " + rest);
    }

    private String none(@Nullable Double unknownScore, String nearest) {
        return unknownScore == null
                ? ResultText.format("none of these (under %.4f), nearest %s", threshold, nearest)
                : ResultText.format("none of these (unlike them: %.2f, limit 1), nearest %s", unknownScore, nearest);
    }

    /** The words that carried an answer; nothing without any. */
    static String explained(@Nullable TextEvidence evidence, boolean numbers) {
        if (evidence == null) {
            return "";
        }
        String words = evidence.weightiest(SHOWN_WORDS).stream()
                .map(word -> ResultText.format("%s %+.2f", word.text(), word.weight()))
                .collect(Collectors.joining(", "));
        return ResultText.format(
                "%n  for %s, %s lost without the word: %s%s",
                evidence.className(),
                numbers ? "as much" : "log-odds",
                words.isEmpty() ? "there are no words" : words,
                evidence.passedOver() == 0 ? "" : "; the last " + evidence.passedOver() + " words were not looked at");
    }
}
