package dev.graft.result;

import dev.graft.data.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples to be looked at, one by one, with what there is to say of each: a page of them, without the numbers of an experiment.
 *
 * @param title what they are, in a few words
 * @param conclusion what was found, in a sentence
 * @param notes what the reader should know, in sentences
 * @param facts a few figures
 * @param entries the examples, the most important first
 */
public record ExampleSheet(String title, String conclusion, List<String> notes, List<Fact> facts, List<Entry> entries) {
    /** Copies the lists. */
    public ExampleSheet {
        notes = List.copyOf(notes);
        facts = List.copyOf(facts);
        entries = List.copyOf(entries);
    }

    /**
     * A figure.
     *
     * @param name what it says
     * @param value the figure, in words
     */
    public record Fact(String name, String value) {}

    /**
     * An example as it is shown.
     *
     * @param image the picture; null if it is none
     * @param text the text, or its beginning; null if it is none
     * @param caption what stands below it
     */
    public record Shown(@Nullable Image image, @Nullable String text, String caption) {}

    /**
     * An example and what there is to say of it.
     *
     * @param example the example
     * @param heading what it is, in a few words
     * @param lines more about it, a line each
     * @param stressed whether it stands out
     * @param aside what the others beside it are, in a few words; empty if there are none
     * @param others other examples beside it
     */
    public record Entry(
            Shown example, String heading, List<String> lines, boolean stressed, String aside, List<Shown> others) {
        /** Copies the lists. */
        public Entry {
            lines = List.copyOf(lines);
            others = List.copyOf(others);
        }
    }
}
