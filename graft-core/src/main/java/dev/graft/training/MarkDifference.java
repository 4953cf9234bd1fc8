package dev.graft.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In what two states of a run's setting differ. Settings of several values are kept in checkpoints as {@code Name[first=1,
 * second=2]}, lists of them as {@code [Name[…], Name[…]]}: only the values that differ are told, by their names.
 */
final class MarkDifference {
    private static final Pattern RECORD = Pattern.compile("([A-Za-z][A-Za-z0-9]*)\\[(.*)]", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("([a-z][A-Za-z0-9]*)=(.*)", Pattern.DOTALL);
    private static final String NOTHING = "nothing";

    private MarkDifference() {}

    /** A line for each value that differs; none if the texts are equal. */
    static List<String> of(String name, String then, String now) {
        Map<String, String> before = flat(name, then);
        Map<String, String> after = flat(name, now);
        Map<String, String> all = new LinkedHashMap<>(before);
        after.forEach(all::putIfAbsent);
        List<String> lines = new ArrayList<>();
        for (String value : all.keySet()) {
            String one = before.getOrDefault(value, NOTHING);
            String other = after.getOrDefault(value, NOTHING);
            if (!one.equals(other)) {
                lines.add(value + ": " + one + " then, " + other + " now");
            }
        }
        // Two texts that differ in something that has no name are told whole.
        return lines.isEmpty() && !then.equals(now) ? List.of(name + ": " + then + " then, " + now + " now") : lines;
    }

    private static Map<String, String> flat(String name, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        add(name, text, values);
        return values;
    }

    private static void add(String name, String text, Map<String, String> values) {
        Matcher record = RECORD.matcher(text);
        List<String> parts = record.matches() ? parts(record.group(2)) : List.of();
        if (!parts.isEmpty()
                && parts.stream().allMatch(part -> FIELD.matcher(part).matches())) {
            values.put(name + " (kind)", words(record.group(1)));
            for (String part : parts) {
                Matcher field = FIELD.matcher(part);
                if (field.matches()) {
                    add(name + ", " + words(field.group(1)), field.group(2), values);
                }
            }
            return;
        }
        List<String> members = text.startsWith("[") && text.endsWith("]") && text.length() > 2
                ? parts(text.substring(1, text.length() - 1))
                : List.of();
        if (!members.isEmpty()
                && members.stream().allMatch(one -> RECORD.matcher(one).matches())) {
            for (int i = 0; i < members.size(); i++) {
                add(name + " " + (i + 1), members.get(i), values);
            }
            return;
        }
        values.put(name, text);
    }

    /** The parts between commas that stand in no inner bracket; none if the brackets do not match. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length() && depth >= 0; i++) {
            char at = text.charAt(i);
            if (at == '[' || at == '{') {
                depth++;
            } else if (at == ']' || at == '}') {
                depth--;
            } else if (at == ',' && depth == 0 && text.startsWith(", ", i)) {
                parts.add(text.substring(from, i));
                from = i + 2;
            }
        }
        parts.add(text.substring(from));
        return depth == 0 ? parts : List.of();
    }

    /** {@code learningRate} as "learning rate". */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
