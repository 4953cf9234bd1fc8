package dev.graft.cli;

import dev.graft.bundle.Bundle;
import dev.graft.bundle.MultimodalBundle;
import dev.graft.bundle.MultimodalClassifier;
import dev.graft.bundle.MultimodalModel;
import dev.graft.data.ColumnKind;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.reading.ItemColumns;
import dev.graft.reading.LabeledTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bundle of several branches, and the files of items that it reads. */
final class ItemBundle {
    private ItemBundle() {}

    /** Whether an argument means a bundle of several branches. */
    static boolean is(Path given) {
        Path directory = BundleDirectory.find(given);
        return Files.isRegularFile(directory.resolve("config.json"))
                && Bundle.kind(directory) == Bundle.Kind.MULTIMODAL;
    }

    static MultimodalClassifier open(Path given) {
        return new MultimodalClassifier(MultimodalBundle.read(BundleDirectory.find(given)));
    }

    /** The table with the columns that the bundle was trained on. */
    static LabeledTable table(MultimodalModel model, @Nullable Path data, TextOptions options) {
        if (data == null) {
            throw new SettingsException(Problem.of("A bundle of several branches takes a file of items.")
                    .expected("--data FILE.csv with the columns that it was trained on")
                    .found("no --data")
                    .fix("add --data FILE.csv"));
        }
        ItemColumns columns = new ItemColumns(
                columns(model, ColumnKind.IMAGE),
                columns(model, ColumnKind.TEXT),
                columns(model, ColumnKind.NUMBER),
                columns(model, ColumnKind.CATEGORY));
        return options.table(data).withColumns(columns);
    }

    private static List<String> columns(MultimodalModel model, ColumnKind kind) {
        return model.branches().stream()
                .filter(branch -> branch.kind() == kind)
                .flatMap(branch -> branch.columns().stream())
                .distinct()
                .toList();
    }
}
