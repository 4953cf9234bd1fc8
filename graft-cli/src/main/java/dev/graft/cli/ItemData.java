package dev.graft.cli;

import dev.graft.data.ColumnKind;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.model.ModelBranch;
import dev.graft.reading.ItemColumns;
import dev.graft.reading.LabeledTable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of items that a network takes. */
final class ItemData {
    private ItemData() {}

    /** The table, with the columns that the network was trained on. */
    static LabeledTable table(List<ModelBranch> branches, @Nullable Path data, TextOptions options) {
        if (data == null) {
            throw new SettingsException(Problem.of("A bundle of several branches takes a file of items.")
                    .expected("--data FILE.csv with the columns that it was trained on")
                    .found("no --data")
                    .fix("add --data FILE.csv"));
        }
        ItemColumns columns = new ItemColumns(
                columns(branches, ColumnKind.IMAGE),
                columns(branches, ColumnKind.TEXT),
                columns(branches, ColumnKind.NUMBER),
                columns(branches, ColumnKind.CATEGORY));
        return options.table(data).withColumns(columns);
    }

    private static List<String> columns(List<ModelBranch> branches, ColumnKind kind) {
        return branches.stream()
                .filter(branch -> branch.kind() == kind)
                .flatMap(branch -> branch.columns().stream())
                .distinct()
                .toList();
    }
}
