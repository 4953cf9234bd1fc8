package dev.graft.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, told so that the reader can mend it: what, where, expected, found, how to fix it.
 *
 * <p>Immutable: each method returns a longer problem. {@link #toString()} renders one headline and one indented line a
 * detail.
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
        return new Problem(what, List.of());
    }

    /**
     * Adds a line with any label, such as {@code tensor} or {@code likely}. Of an exception, the {@linkplain Reason reason}
     * in words.
     */
    public Problem with(String label, @Nullable Object value) {
        List<String> longer = new ArrayList<>(lines);
        String indent = " ".repeat(LABEL_WIDTH + 2);
        String text = (value instanceof Throwable failure ? Reason.of(failure) : String.valueOf(value))
                .strip()
                .replace("\n", "\n" + indent);
        longer.add(String.format(Locale.ROOT, "  %-" + (LABEL_WIDTH - 1) + "s %s", label, Excerpt.lines(text)));
        return new Problem(what, longer);
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
