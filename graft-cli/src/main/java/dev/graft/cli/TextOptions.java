package dev.graft.cli;

import dev.graft.text.TextFile;
import dev.graft.weights.InputFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a file of texts is laid out, and whether a file is one at all. */
final class TextOptions {
    private static final List<String> ENDINGS = List.of(".tsv", ".tab", ".jsonl", ".ndjson");
    private static final int HEADER_CHARACTERS = 1 << 16;

    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            description =
                    "The column of a CSV or TSV file, or the key of JSON lines, that holds the text (text; without"
                            + " a header the columns are 1, 2 and so on).")
    private @Nullable String text;

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description = "The column or the key that holds the label (label; without a header 2).")
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

    /** Whether a path means texts: an option for texts says so, or the file's name, or its column names. */
    boolean meant(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return text != null
                || label != null
                || noHeader
                || ENDINGS.stream().anyMatch(name::endsWith)
                || (name.endsWith(".csv") && hasTextColumn(path));
    }

    /** A list of images has the columns path and label instead. */
    private boolean hasTextColumn(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (Reader reader = new BufferedReader(new InputStreamReader(InputFiles.open(path), charset))) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0 && c != '\n' && line.length() < HEADER_CHARACTERS; c = reader.read()) {
                line.append((char) c);
            }
            List<String> columns = new ArrayList<>();
            for (String field : line.toString().split(",", -1)) {
                columns.add(field.replace("\uFEFF", "").replace("\"", "").strip());
            }
            return columns.contains("text") && !columns.contains("path");
        } catch (IOException e) {
            // Whoever reads it next says what is wrong.
            return false;
        }
    }

    /** The file as the options describe it. */
    TextFile file(Path path) {
        TextFile file = TextFile.of(path).withCharset(charset);
        if (noHeader) {
            file = file.withoutHeader();
        }
        return file.withColumns(text == null ? file.textColumn() : text, label == null ? file.labelColumn() : label);
    }
}
