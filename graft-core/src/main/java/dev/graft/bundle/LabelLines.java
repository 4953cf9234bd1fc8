package dev.graft.bundle;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The content of {@code labels.txt}: a class name a line. It is for other tools; Graft itself reads the names in
 * {@code config.json}. A backslash, a line break or another control character inside a name is written with a backslash:
 * {@code \\}, {@code \n}, {@code \t}, so that a line stays a class.
 */
final class LabelLines {
    private LabelLines() {}

    static String of(List<String> names) {
        return names.stream().map(LabelLines::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String name) {
        StringBuilder escaped = new StringBuilder();
        name.codePoints().forEach(point -> {
            if (point == '\\') {
                escaped.append("\\\\");
            } else if (point == '\n') {
                escaped.append("\\n");
            } else if (point == '\r') {
                escaped.append("\\r");
            } else if (point == '\t') {
                escaped.append("\\t");
            } else if (Character.isISOControl(point) || point == 0x2028 || point == 0x2029) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }
}
