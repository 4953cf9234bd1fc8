package dev.graft.cli;

import dev.graft.reading.ItemColumns;
import java.util.List;
import picocli.CommandLine.Option;

/** Which columns of a CSV file make an item of several parts; texts have their option already. */
final class ItemOptions {
    @Option(
            names = "--image-column",
            split = ",",
            paramLabel = "NAME",
            description = "Items of several parts: the columns of image files, relative to the CSV file's folder.")
    private List<String> images = List.of();

    @Option(
            names = "--number-columns",
            split = ",",
            paramLabel = "NAME",
            description = "Items of several parts: the columns of numbers; an empty field is a missing number.")
    private List<String> numbers = List.of();

    @Option(
            names = "--category-columns",
            split = ",",
            paramLabel = "NAME",
            description = "Items of several parts: the columns of categories.")
    private List<String> categories = List.of();

    /** Whether the data is items of several parts. */
    boolean given() {
        return !images.isEmpty() || !numbers.isEmpty() || !categories.isEmpty();
    }

    /** All columns, with those of texts. */
    ItemColumns columns(List<String> texts) {
        return new ItemColumns(images, texts, numbers, categories);
    }
}
