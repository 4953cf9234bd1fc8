package dev.graft.cli;

import dev.graft.reading.TableFile;
import dev.graft.reading.TableKind;
import dev.graft.text.TextFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How a file of texts is laid out, and whether a file is one at all. */
final class TextOptions {
    private static final Logger LOG = LoggerFactory.getLogger(TextOptions.class);

    private final Map<Path, TableKind> kinds = new HashMap<>();

    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            description =
                    "The column of a CSV or TSV file, or the key of JSON, that holds the text (text, or another usual"
                            + " name such as sentence or review; without a header the columns are 1, 2 and so on).")
    private @Nullable String text;

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description = "The column or the key that holds the label (label, or another usual name such as class or"
                    + " category; without a header 2).")
    private @Nullable String label;

    @Option(names = "--no-header", description = "The first line of a file of texts is a text, no column names.")
    private boolean noHeader;

    @Option(names = "--charset", defaultValue = "UTF-8", paramLabel = "NAME", description = "The encoding of the file.")
    private Charset charset = StandardCharsets.UTF_8;

    Charset charset() {
        return charset;
    }

    /** The columns of texts that were named, separated by commas; none if none was. */
    List<String> namedColumns() {
        return text == null ? List.of() : List.of(text.split(",", -1));
    }

    /** The column of the labels. */
    String labelColumn() {
        return label == null ? "label" : label;
    }

    /**
     * Whether a path means texts: an option for texts says so, or the file's columns and content.
     *
     * @throws dev.graft.error.DataException if the columns could mean texts as well as images, or neither
     */
    boolean meant(Path path) {
        if (text != null || noHeader) {
            return true;
        }
        return !Files.isDirectory(path) && Files.exists(path) && kind(path) == TableKind.TEXTS;
    }

    private TableKind kind(Path path) {
        TableKind kind = kinds.get(path);
        if (kind == null) {
            TableKind.Guess guess = TableKind.of(new TableFile(path, charset, true).head());
            guess.notes().forEach(note -> LOG.warn("{}: {}", path, note));
            kind = guess.kind();
            kinds.put(path, kind);
        }
        return kind;
    }

    /** The column of the labels that was named, if one was. */
    @Nullable
    String namedLabel() {
        return label;
    }

    /** The file as the options describe it. */
    TextFile file(Path path) {
        TextFile file = TextFile.of(path).withCharset(charset);
        if (noHeader) {
            file = file.withoutHeader();
        }
        return file.withColumns(text, label);
    }
}
