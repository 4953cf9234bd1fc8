package dev.graft.cli;

import dev.graft.reading.ItemColumns;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TableFile;
import dev.graft.reading.TableKind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a table is written, which of its columns hold texts and labels, and whether it is one of texts at all. */
final class TextOptions {
    private final Map<Path, LabeledTable> tables = new HashMap<>();

    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            description =
                    "The column of a CSV or TSV file, or the key of JSON, that holds the text (text, or another usual"
                            + " name such as sentence or review; without a header the columns are 1, 2 and so on);"
                            + " several, separated by commas, make items of several parts.")
    private @Nullable String text;

    @Option(
            names = {"--label-column", "--target-column"},
            paramLabel = "NAME",
            description = "The column or the key that holds the label (label, or another usual name such as class or"
                    + " category; without a header 2). Several, separated by commas, hold a number or a label each.")
    private @Nullable String label;

    @Option(
            names = "--no-header",
            description = "The first line of a file holds no column names: the columns are called 1, 2 and so on.")
    private boolean noHeader;

    @Option(names = "--charset", defaultValue = "UTF-8", paramLabel = "NAME", description = "The encoding of the file.")
    private Charset charset = StandardCharsets.UTF_8;

    Charset charset() {
        return charset;
    }

    /** Whether an option says how a table is to be read, besides its encoding. */
    boolean given() {
        return text != null || label != null || noHeader;
    }

    /** The columns of texts that were named, separated by commas; none if none was. */
    List<String> namedColumns() {
        return text == null ? List.of() : List.of(text.split(",", -1));
    }

    /**
     * Whether a path means texts: an option for texts says so, or the file's columns and content.
     *
     * @throws dev.graft.error.DataException if it is not plain what the columns hold
     */
    boolean meant(Path path) {
        return kind(path) == TableKind.TEXTS;
    }

    /** What a path means; a folder means images, unless an option for texts asks for a file. */
    private TableKind kind(Path path) {
        boolean file = text != null || noHeader || (!Files.isDirectory(path) && Files.exists(path));
        return file ? table(path).kind() : TableKind.IMAGES;
    }

    /** A table as the options describe it, looked at once. */
    LabeledTable table(Path path) {
        return tables.computeIfAbsent(path, this::open);
    }

    private LabeledTable open(Path path) {
        ItemColumns columns = text == null ? null : new ItemColumns(List.of(), namedColumns(), List.of(), List.of());
        return LabeledTable.of(new TableFile(path, charset, !noHeader))
                .withColumns(columns)
                .withLabels(label == null ? List.of() : List.of(label.split(",", -1)));
    }
}
