package dev.graft.curation;

import dev.graft.result.LabelReview.Evidence;
import dev.graft.targets.LabelSet;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.List;
import java.util.Locale;

/** What is doubtful in what is told of examples. A kind of target has one implementation. */
sealed interface Doubts permits ClassDoubts, LabelDoubts, NumberDoubts {
    /**
     * A value of an entry that another explains better.
     *
     * @param index the example
     * @param place which value of its entry
     * @param value the likelier value
     * @param words what is told and what is likelier, in a few words
     * @param evidence how suspicious it is
     * @param flagged whether it is likely wrong, and not only doubtful
     */
    record Doubt(int index, int place, double value, String words, Evidence evidence, boolean flagged) {}

    /** Finds what looks for doubts in a kind of target. */
    static Doubts of(TargetKind kind) {
        if (kind.isOneOfNames()) {
            return new ClassDoubts();
        }
        return kind instanceof LabelSet ? new LabelDoubts() : new NumberDoubts();
    }

    /**
     * The doubtful values, the most suspicious first.
     *
     * @param answers out-of-fold, (examples, names)
     * @param targets what is told of the examples
     */
    List<Doubt> find(float[][] answers, Targets targets);

    /** Names of which nothing can be said, for want of examples. */
    default List<String> unchecked(Targets targets) {
        return List.of();
    }

    /** What is said of such a name, in a sentence. */
    default String note(Targets targets, String name) {
        return "There are too few examples of " + name + " to say anything of it.";
    }

    /** Whether another example shows what the likelier value looks like. */
    boolean shows(Targets targets, int example, Doubt doubt);

    /** What one of the values is called where they are counted. */
    String counted();

    /** How many are likely wrong, in a sentence. */
    default String conclusion(int flagged, Targets targets) {
        int all = targets.size() * targets.kind().width();
        return flagged == 0
                ? "No " + counted() + " is likely wrong."
                : String.format(
                        Locale.ROOT,
                        "%,d of %,d %ss %s likely wrong (%.1f %%).",
                        flagged,
                        all,
                        counted(),
                        flagged == 1 ? "is" : "are",
                        100.0 * flagged / all);
    }
}
