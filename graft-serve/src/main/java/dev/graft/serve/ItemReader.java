package dev.graft.serve;

import dev.graft.data.ColumnKind;
import dev.graft.data.Image;
import dev.graft.data.Item;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.model.ModelBranch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes items out of a request's objects, with the columns that a network takes. For one request. */
final class ItemReader {
    private final Map<String, ColumnKind> columns = new LinkedHashMap<>();
    private final BiFunction<String, byte[], Image> decoder;
    private int count;

    /**
     * Makes a reader.
     *
     * @param decoder decodes a picture's file, which is said to be at a place
     */
    ItemReader(List<ModelBranch> branches, BiFunction<String, byte[], Image> decoder) {
        branches.forEach(branch -> branch.columns().forEach(column -> columns.put(column, branch.kind())));
        this.decoder = decoder;
    }

    /**
     * The next item. Columns that the network does not take are left alone.
     *
     * @throws Refusal if a column is not there, or holds something of another kind
     */
    Item item(Map<String, Object> values) {
        Item item = Item.empty();
        for (Map.Entry<String, ColumnKind> column : columns.entrySet()) {
            String name = column.getKey();
            String where = "items[" + count + "]." + Excerpt.of(name);
            Object value = values.get(name);
            item = switch (column.getValue()) {
                case IMAGE ->
                    item.withImage(
                            name,
                            decoder.apply(
                                    "picture " + (count + 1), JsonBody.base64(string(value, where, "Base64"), where)));
                case TEXT -> item.withText(name, string(value, where, "a text"));
                case NUMBER -> item.withNumber(name, number(value, where));
                case CATEGORY ->
                    item.withCategory(
                            name,
                            value == Examples.Missing.VALUE
                                    ? ""
                                    : string(value, where, "a name or null").strip());
            };
        }
        count++;
        return item;
    }

    private String string(@Nullable Object value, String where, String expected) {
        if (value instanceof String text) {
            return text;
        }
        throw refused(value, where, expected);
    }

    private double number(@Nullable Object value, String where) {
        if (value == Examples.Missing.VALUE) {
            return Double.NaN;
        }
        if (value instanceof Double number) {
            return number;
        }
        throw refused(value, where, "a number or null");
    }

    private Refusal refused(@Nullable Object value, String where, String expected) {
        String found = value == null
                ? "no such column"
                : value instanceof String ? "a string" : value instanceof Double ? "a number" : "null";
        return new Refusal(
                400,
                Problem.of("An item lacks what the model takes.")
                        .where(where)
                        .expected(expected + "; the columns are " + String.join(", ", columns.keySet()))
                        .found(found)
                        .fix("give every item the columns that the network was trained with"));
    }
}
