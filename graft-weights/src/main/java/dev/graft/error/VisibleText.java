package dev.graft.error;

import java.util.Locale;

/**
 * Text from elsewhere, such as names of files and classes, as it may be shown: in a terminal, a page, a table or a log.
 * What a terminal would act on, what turns the direction of writing, and what cannot be seen is written out, the escape
 * character as {@code \}{@code u001b}, a line break as {@code \n}. All other text, in any script, stays as it is.
 *
 * <p>For reading only: a backslash that was there before is not marked, so the text cannot be turned back. Thread-safe.
 */
public final class VisibleText {
    private static final int FIRST_BEYOND_ASCII = 0x80;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int SOFT_HYPHEN = 0xAD;

    private VisibleText() {}

    /** One line, whatever the text holds: line breaks and tabs are written out too. */
    public static String line(String text) {
        return shown(text, false);
    }

    /** Text that may have several lines: line breaks and tabs stay, those of Windows as plain ones. */
    public static String lines(String text) {
        return shown(text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n"), true);
    }

    private static String shown(String text, boolean lines) {
        int plain = plainUntil(text, 0, lines);
        if (plain == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        shown.append(text, 0, plain);
        for (int i = plain; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (isPlain(text, i, point, lines)) {
                shown.appendCodePoint(point);
            } else {
                shown.append(written(point));
            }
            i += Character.charCount(point);
        }
        return shown.toString();
    }

    private static int plainUntil(String text, int from, boolean lines) {
        int i = from;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (!isPlain(text, i, point, lines)) {
                return i;
            }
            i += Character.charCount(point);
        }
        return i;
    }

    private static boolean isPlain(String text, int at, int point, boolean lines) {
        if (point == '\n' || point == '\t') {
            return lines;
        }
        if (point >= ' ' && point < 0x7F) {
            return true;
        }
        if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER) {
            // Persian, the scripts of India and emoji are written with them; between Latin letters they only hide.
            return at > 0
                    && text.charAt(at - 1) >= FIRST_BEYOND_ASCII
                    && at + 1 < text.length()
                    && text.charAt(at + 1) >= FIRST_BEYOND_ASCII;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> point == SOFT_HYPHEN || isArabicOrIndicMark(point);
            case Character.UNASSIGNED -> (point & 0xFFFE) != 0xFFFE;
            default -> true;
        };
    }

    /** Signs around numbers and verses, which Unicode counts among the formats though they are seen. */
    private static boolean isArabicOrIndicMark(int point) {
        return (point >= 0x600 && point <= 0x605)
                || point == 0x6DD
                || point == 0x70F
                || (point >= 0x890 && point <= 0x8E2)
                || point == 0x110BD
                || point == 0x110CD;
    }

    private static String written(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                point > 0xFFFF
                        ? String.format(Locale.ROOT, "\\u%04x\\u%04x", (int) Character.highSurrogate(point), (int)
                                Character.lowSurrogate(point))
                        : String.format(Locale.ROOT, "\\u%04x", point);
        };
    }
}
