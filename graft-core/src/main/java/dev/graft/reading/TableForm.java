package dev.graft.reading;

/** How a file writes a table. */
enum TableForm {
    /** Comma-separated. */
    COMMA(','),
    /** Semicolon-separated, as spreadsheets write it where the comma is for decimals. */
    SEMICOLON(';'),
    /** Tab-separated, with quotes as in CSV. */
    TAB('\t'),
    /** Separated by vertical bars. */
    BAR('|'),
    /** Tab-separated lines, in which quotes are ordinary characters. */
    TAB_LINES('\t'),
    /** A JSON object in each line. */
    JSON_LINES(' '),
    /** A JSON array of objects. */
    JSON_ARRAY(' ');

    private final char separator;

    TableForm(char separator) {
        this.separator = separator;
    }

    char separator() {
        return separator;
    }

    /** Whether rows are JSON objects. */
    boolean json() {
        return this == JSON_LINES || this == JSON_ARRAY;
    }
}
