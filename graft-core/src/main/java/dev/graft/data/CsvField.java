package dev.graft.data;

/**
 * Text as a field of a CSV file, after RFC 4180, that no spreadsheet takes for a formula.
 *
 * <p>A text that begins with {@code =}, {@code +}, {@code -}, {@code @}, a tab or a carriage return, and is no number, gets
 * an apostrophe in front, as a user of a spreadsheet would type it. So does one where apostrophes come before such a
 * character: whoever takes one apostrophe away there has the text back. Thread-safe.
 */
public final class CsvField {
    private static final String FORMULA_STARTS = "=+-@\t\r";
    private static final String NUMBER = "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?";

    private CsvField() {}

    /** The field with its quotes, where it needs any. */
    public static String of(String text) {
        String plain = isFormula(text) ? "'" + text : text;
        boolean quoted = plain.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }

    private static boolean isFormula(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) == '\'') {
            first++;
        }
        return first < text.length()
                && FORMULA_STARTS.indexOf(text.charAt(first)) >= 0
                && !(first == 0 && text.matches(NUMBER));
    }
}
