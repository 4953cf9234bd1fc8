package dev.graft.report;

/** Estimates how wide text is in the page's font, and shortens what does not fit. */
final class TextFit {
    private static final double NARROW = 0.6;
    private static final double WIDE = 1.0;
    private static final int FIRST_WIDE = 0x2E80;

    private TextFit() {}

    /** The estimated width, in units of the font's size; CJK characters are a full unit wide. */
    static double width(String text) {
        return text.codePoints().mapToDouble(TextFit::width).sum();
    }

    /** The text, cut short with an ellipsis if it is wider than so many units of the font's size. */
    static String shorten(String text, double width) {
        if (width(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        double used = WIDE;
        for (int codePoint : text.codePoints().toArray()) {
            used += width(codePoint);
            if (used > width) {
                break;
            }
            kept.appendCodePoint(codePoint);
        }
        return kept + "…";
    }

    private static double width(int codePoint) {
        return codePoint >= FIRST_WIDE ? WIDE : NARROW;
    }
}
