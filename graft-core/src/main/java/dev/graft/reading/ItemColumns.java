package dev.graft.reading;

import dev.graft.data.ColumnKind;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which columns of a table hold what.
 *
 * @param images columns of image files' paths, relative to the table's folder
 * @param texts columns of texts
 * @param numbers columns of numbers; an empty field is a missing number
 * @param categories columns of categories; an empty field is a missing category
 */
public record ItemColumns(List<String> images, List<String> texts, List<String> numbers, List<String> categories) {
    /**
     * Copies the lists.
     *
     * @throws SettingsException if there is no column, or one is named twice
     */
    public ItemColumns {
        images = List.copyOf(images);
        texts = List.copyOf(texts);
        numbers = List.copyOf(numbers);
        categories = List.copyOf(categories);
        List<String> all = Stream.of(images, texts, numbers, categories)
                .flatMap(List::stream)
                .toList();
        if (all.isEmpty() || all.stream().distinct().count() != all.size()) {
            throw new SettingsException(Problem.of("Items need columns, each of one kind.")
                    .expected("at least one column, and none twice")
                    .found(all));
        }
    }

    /** One column of image files. */
    public static ItemColumns image(String column) {
        return new ItemColumns(List.of(column), List.of(), List.of(), List.of());
    }

    /** One column of texts. */
    public static ItemColumns text(String column) {
        return new ItemColumns(List.of(), List.of(column), List.of(), List.of());
    }

    /** All columns, in the order of pictures, texts, numbers and categories. */
    public List<String> all() {
        return Stream.of(images, texts, numbers, categories)
                .flatMap(List::stream)
                .toList();
    }

    List<String> of(ColumnKind kind) {
        return switch (kind) {
            case IMAGE -> images;
            case TEXT -> texts;
            case NUMBER -> numbers;
            case CATEGORY -> categories;
        };
    }
}
