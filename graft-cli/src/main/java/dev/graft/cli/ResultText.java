package dev.graft.cli;

import dev.graft.error.VisibleText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results in words: the same in every locale, and the names in them, whatever they hold, without breaking a line. */
final class ResultText {
    private ResultText() {}

    /** As {@link String#format(String, Object...)}; line breaks are those of the format, never those of an argument. */
    static String format(String format, @Nullable Object... arguments) {
        return String.format(
                Locale.ROOT,
                format,
                Arrays.stream(arguments).map(ResultText::visible).toArray());
    }

    /** A text in one line, not longer than so many characters. */
    static String beginning(String text, int characters) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= characters
                ? line
                : line.substring(0, line.offsetByCodePoints(0, characters - 1)) + "…";
    }

    /** A name in one line. */
    static String name(Object name) {
        return VisibleText.line(name.toString());
    }

    private static @Nullable Object visible(@Nullable Object argument) {
        return argument instanceof CharSequence || argument instanceof Path ? name(argument) : argument;
    }
}
