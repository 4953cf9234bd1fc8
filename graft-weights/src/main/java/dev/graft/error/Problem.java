package dev.graft.error;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, told so that the reader can mend it: what, where, expected, found, how to fix it.
 *
 * <p>Immutable: each method returns a longer problem. {@link #toString()} renders one headline and one indented line a
 * detail. Names from elsewhere may be in it as they are: what a terminal would act on is written out, as
 * {@link VisibleText} does, and addresses lose their secrets, as with {@link Redacted}.
 */
public final class Problem {
    private static final int LABEL_WIDTH = 10;

    private final String what;
    private final List<String> lines;

    private Problem(String what, List<String> lines) {
        this.what = what;
        this.lines = List.copyOf(lines);
    }

    /** Starts a problem with its headline, a full sentence. */
    public static Problem of(String what) {
        return new Problem(VisibleText.line(Redacted.text(what)), List.of());
    }

    /**
     * Adds a line with any label, such as {@code tensor} or {@code likely}. Of an exception, the {@linkplain Reason reason}
     * in words. Line breaks in a text are kept, each further line under the first; those in the name of a file are written
     * out.
     */
    public Problem with(String label, @Nullable Object value) {
        List<String> longer = new ArrayList<>(lines);
        String indent = " ".repeat(LABEL_WIDTH + 2);
        String text = shown(value).replace("\n", "\n" + indent);
        longer.add(String.format(Locale.ROOT, "  %-" + (LABEL_WIDTH - 1) + "s %s", label, text));
        return new Problem(what, longer);
    }

    private static String shown(@Nullable Object value) {
        String text = Redacted.text(value instanceof Throwable failure ? Reason.of(failure) : String.valueOf(value));
        return value instanceof Path ? VisibleText.line(text) : Excerpt.lines(VisibleText.lines(text.strip()));
    }

    /** Adds where it happened: a file, a tensor, a row, a byte. */
    public Problem where(@Nullable Object place) {
        return with("where", place);
    }

    /** Adds what was expected there. */
    public Problem expected(@Nullable Object value) {
        return with("expected", value);
    }

    /** Adds what was found instead. */
    public Problem found(@Nullable Object value) {
        return with("found", value);
    }

    /** Adds how the reader mends it. */
    public Problem fix(@Nullable Object value) {
        return with("to fix", value);
    }

    /** The headline alone. */
    public String what() {
        return what;
    }

    @Override
    public String toString() {
        return lines.isEmpty() ? what : what + "\n" + String.join("\n", lines);
    }
}
