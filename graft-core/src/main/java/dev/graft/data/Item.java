package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One example with several parts: pictures, texts, numbers and categories, each under its column's name. Immutable.
 *
 * @param images decoded pictures
 * @param texts texts
 * @param numbers numbers; NaN where the value is missing
 * @param categories names out of a few; empty where the value is missing
 */
public record Item(
        Map<String, Image> images,
        Map<String, String> texts,
        Map<String, Double> numbers,
        Map<String, String> categories) {
    /**
     * Copies the maps.
     *
     * @throws DataException if a part is null, or a number is infinite
     */
    public Item {
        requireParts(images);
        requireParts(texts);
        requireParts(numbers);
        requireParts(categories);
        numbers.forEach(Item::requireFinite);
        images = Map.copyOf(images);
        texts = Map.copyOf(texts);
        numbers = Map.copyOf(numbers);
        categories = Map.copyOf(categories);
    }

    /** An item without any parts yet. */
    public static Item empty() {
        return new Item(Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** Returns a copy with a picture in a column. */
    public Item withImage(String column, Image image) {
        return new Item(with(images, column, image), texts, numbers, categories);
    }

    /** Returns a copy with a text in a column. */
    public Item withText(String column, String text) {
        return new Item(images, with(texts, column, text), numbers, categories);
    }

    /** Returns a copy with a number in a column; NaN if it is missing. */
    public Item withNumber(String column, double number) {
        return new Item(images, texts, with(numbers, column, number), categories);
    }

    /** Returns a copy with a category in a column; empty if it is missing. */
    public Item withCategory(String column, String category) {
        return new Item(images, texts, numbers, with(categories, column, category));
    }

    /**
     * The picture of a column.
     *
     * @throws DataException if the item has none
     */
    public Image image(String column) {
        return part(images.get(column), "image", column, images);
    }

    /**
     * The text of a column.
     *
     * @throws DataException if the item has none
     */
    public String text(String column) {
        return part(texts.get(column), "text", column, texts);
    }

    /**
     * The number of a column, NaN if it is missing.
     *
     * @throws DataException if the item has no such column
     */
    public double number(String column) {
        return part(numbers.get(column), "number", column, numbers);
    }

    /**
     * The category of a column, empty if it is missing.
     *
     * @throws DataException if the item has no such column
     */
    public String category(String column) {
        return part(categories.get(column), "category", column, categories);
    }

    private static <T> T part(@Nullable T value, String kind, String column, Map<String, ?> found) {
        if (value == null) {
            throw new DataException(Problem.of("An item lacks a part that the network takes.")
                    .where("column " + column)
                    .expected("a value of the kind " + kind)
                    .found(found.isEmpty() ? "no column of this kind" : String.join(", ", found.keySet()))
                    .fix("give every item the columns that the network was trained with"));
        }
        return value;
    }

    private static void requireParts(Map<String, ?> parts) {
        Required.setting(parts, "parts of an item").forEach((column, value) -> {
            if (value == null) {
                throw new DataException(Problem.of("A part of an item is null.")
                        .where("column " + column)
                        .expected("a value; NaN for a number and an empty text for a category that is missing")
                        .found("null"));
            }
        });
    }

    private static void requireFinite(String column, double number) {
        if (Double.isInfinite(number)) {
            throw new DataException(Problem.of("A number is not finite.")
                    .where("column " + column)
                    .expected("a finite number, or NaN for none")
                    .found(number));
        }
    }

    private static <T> Map<String, T> with(Map<String, T> all, String column, T value) {
        Map<String, T> more = new LinkedHashMap<>(all);
        more.put(column, value);
        return more;
    }
}
