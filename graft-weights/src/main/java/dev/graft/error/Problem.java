package dev.graft.error;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final String FIX = "to fix";

    private final String what;
    private final List<Detail> details;

    private record Detail(String label, String text) {
        String line() {
            String indented = text.replace("\n", "\n" + " ".repeat(LABEL_WIDTH + 2));
            return String.format(Locale.ROOT, "  %-" + (LABEL_WIDTH - 1) + "s %s", label, indented);
        }
    }

    private Problem(String what, List<Detail> details) {
        this.what = what;
        this.details = List.copyOf(details);
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
        List<Detail> longer = new ArrayList<>(details);
        longer.add(new Detail(label, shown(value)));
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
        return with(FIX, value);
    }

    /** The headline alone. */
    public String what() {
        return what;
    }

    /** How the reader mends it; null if that was not said. */
    public @Nullable String fix() {
        return detail(FIX);
    }

    /** What was said under a label, such as {@code where} or {@code expected}; null if nothing was. */
    public @Nullable String detail(String label) {
        return details.stream()
                .filter(detail -> detail.label().equals(label))
                .map(Detail::text)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return Stream.concat(Stream.of(what), details.stream().map(Detail::line))
                .collect(Collectors.joining("\n"));
    }
}
