package dev.graft.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An item's texts, numbers and categories in words. */
final class ItemDescription {
    private ItemDescription() {}

    /** Each after its column's name; without what is missing. */
    static String of(
            int index,
            Map<String, LabeledTexts> texts,
            Map<String, double[]> numbers,
            Map<String, List<String>> categories) {
        List<String> parts = new ArrayList<>();
        texts.forEach((column, values) -> add(parts, column, values.text(index).strip()));
        numbers.forEach(
                (column, values) -> add(parts, column, Double.isNaN(values[index]) ? "" : number(values[index])));
        categories.forEach((column, values) -> add(parts, column, values.get(index)));
        return String.join(" · ", parts);
    }

    private static void add(List<String> parts, String column, String value) {
        if (!value.isEmpty()) {
            parts.add(column + ": " + value);
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
