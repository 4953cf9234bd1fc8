package dev.graft.teaching;

import dev.graft.data.LabeledExamples;
import dev.graft.model.ClassRecord;
import dev.graft.model.TransferModel;
import dev.graft.result.Interval;
import dev.graft.result.SelectionResult;
import dev.graft.statistics.UnknownRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was learned from the examples that were there at a moment.
 *
 * @param revision the number of changes that it has seen
 * @param model the network, calibrated where enough examples could be held out
 * @param examples the examples that it learned from, batch after batch; of pictures only the features are left
 * @param counts how many examples of each class it learned from, in the order of the model's classes
 * @param accuracy the share of examples that the choice of the head gets right when it has not learned from them, 0 to 1; null if
 *     there were too few to hold any back
 * @param interval the 95% (Wilson) interval of that; null with it
 * @param guessing the share that naming the largest class for everything gets right
 * @param verdict what the accuracy is worth
 * @param doubts examples that are taken for another class when they are not learned from, the surest first
 * @param selection how cut and head were chosen
 * @param seconds how long it took
 */
@SuppressWarnings("ArrayRecordComponent")
public record Lesson(
        long revision,
        TransferModel model,
        LabeledExamples examples,
        int[] counts,
        @Nullable Double accuracy,
        @Nullable Interval interval,
        double guessing,
        Verdict verdict,
        List<Doubt> doubts,
        SelectionResult selection,
        double seconds) {
    /** Fewer examples in all say too little about what is like none of them. */
    public static final int FEWEST_KNOWN = UnknownRule.FEWEST_EXAMPLES;

    /** So few of a class say too little about what is like none of it. */
    public static final int FEWEST_OF_CLASS = 5;

    /** Copies the list. */
    public Lesson {
        doubts = List.copyOf(doubts);
    }

    /**
     * Whether the network tells pictures and texts that are like none of the classes by their distance to these, and not by how sure it
     * is alone. This takes {@link #FEWEST_KNOWN} examples, and {@link #FEWEST_OF_CLASS} of each class. The limit is chosen so that at most
     * one in twenty of the examples themselves is refused when neither the head nor the classes have seen it.
     */
    public boolean tellsUnknown() {
        ClassRecord record = model.record();
        return record != null && record.unknown() != null;
    }

    /** What an accuracy is worth. */
    public enum Verdict {
        /** No example could be held back. */
        UNKNOWN("There are too few examples to hold any back: what the network is worth is not known yet."),
        /** The interval includes what naming the largest class gets right. */
        NO_BETTER_THAN_GUESSING("It cannot be told from guessing yet: more examples, or clearer ones, are needed."),
        /** Better than guessing, and wrong about one example in ten or more often. */
        LEARNING("It has learned something, and is still often wrong."),
        /** Right nine times in ten or more, as far as so few examples tell. */
        LIKELY_GOOD("It looks good, but there are too few examples to be sure."),
        /** Right nine times in ten or more, at the lower end of the interval. */
        GOOD("It tells the classes apart.");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** In a sentence. */
        public String words() {
            return words;
        }

        static Verdict of(@Nullable Double accuracy, @Nullable Interval interval, double guessing) {
            if (accuracy == null || interval == null) {
                return UNKNOWN;
            }
            if (interval.lower() <= guessing) {
                return NO_BETTER_THAN_GUESSING;
            }
            if (accuracy < RELIABLE) {
                return LEARNING;
            }
            return interval.lower() < RELIABLE ? LIKELY_GOOD : GOOD;
        }
    }

    private static final double RELIABLE = 0.9;

    /**
     * An example that looks like another class: its label may be wrong, or it is a hard one.
     *
     * @param example its number
     * @param className the class that it was given
     * @param takenFor the class that it is taken for
     * @param probability of that class, 0 to 1
     */
    public record Doubt(long example, String className, String takenFor, double probability) {}
}
