package dev.graft.reading;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which columns of a file hold what.
 *
 * @param images columns of image files' paths, relative to the file's own folder
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

    List<String> all() {
        return Stream.of(images, texts, numbers, categories)
                .flatMap(List::stream)
                .toList();
    }
}
