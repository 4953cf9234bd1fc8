package dev.graft.data;

import dev.graft.error.VisibleText;

/** Text from elsewhere, such as names of classes, in a page of Markdown that shows it as it is. Thread-safe. */
public final class MarkdownText {
    private static final String MARKUP = "\\`*_{}[]<>#|~&!@";

    private MarkdownText() {}

    /** One line, in a cell of a table as well: a line break is a space, and no markup, link or HTML of its own acts. */
    public static String of(String any) {
        StringBuilder escaped = new StringBuilder();
        String text = VisibleText.line(any.replaceAll("[\\n\\r\\t]", " "));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (MARKUP.indexOf(c) >= 0 || startsLink(text, i)) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /** Between backticks, in a cell of a table as well; a backtick becomes an apostrophe. */
    public static String code(String any) {
        return "`" + VisibleText.line(any).replace('`', '\'').replace("|", "\\|") + "`";
    }

    /** Many readers make links of bare addresses: the colon of a scheme, and the dot after www. */
    private static boolean startsLink(String text, int at) {
        return text.startsWith("://", at)
                || (text.charAt(at) == '.' && at >= 3 && text.regionMatches(true, at - 3, "www", 0, 3));
    }
}
