package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognises by their first bytes the files that people hand over in place of a table, and says what to do with each. */
final class ForeignFile {
    private static final String SAVE_AS_CSV = "save it as CSV in UTF-8 where it comes from";
    private static final String PANDAS = "in Python: pandas.read_%s(path).to_csv('data.csv', index=False)";

    /** Signatures at the beginning of a file, the special before the general. */
    private static final List<Signature> SIGNATURES = List.of(
            new Signature("\u001f\u008b", "compressed with gzip", "decompress it first: gunzip -k FILE"),
            new Signature("BZh", "compressed with bzip2", "decompress it first: bunzip2 -k FILE"),
            new Signature("\u00fd7zXZ", "compressed with xz", "decompress it first: unxz -k FILE"),
            new Signature("(\u00b5/\u00fd", "compressed with Zstandard", "decompress it first: unzstd FILE"),
            new Signature("7z\u00bc\u00af", "a 7-Zip archive", "unpack it, and name the folder or the table inside"),
            new Signature("Rar!", "a RAR archive", "unpack it, and name the folder or the table inside"),
            new Signature(
                    "PAR1", "a Parquet file", "convert it to CSV, " + String.format(Locale.ROOT, PANDAS, "parquet")),
            new Signature(
                    "ARROW1", "an Arrow file", "convert it to CSV, " + String.format(Locale.ROOT, PANDAS, "feather")),
            new Signature(
                    "FEA1", "a Feather file", "convert it to CSV, " + String.format(Locale.ROOT, PANDAS, "feather")),
            new Signature("Obj\u0001", "an Avro file", "convert it to CSV or JSON lines"),
            new Signature("ORC", "an ORC file", "convert it to CSV, " + String.format(Locale.ROOT, PANDAS, "orc")),
            new Signature(
                    "SQLite format 3", "an SQLite database", "export the table: sqlite3 -header -csv FILE 'select …'"),
            new Signature("%PDF", "a PDF document", "copy its texts and labels into a CSV file"),
            new Signature("\u0093NUMPY", "a NumPy array", "save images as PNG files, or a table as CSV"),
            new Signature("\u0089HDF\r\n", "an HDF5 file", "save images as PNG files, or a table as CSV"),
            new Signature("\u00d0\u00cf\u0011\u00e0", "an old Office document (.xls or .doc)", SAVE_AS_CSV),
            new Signature("{\\rtf", "an RTF document", SAVE_AS_CSV),
            new Signature("\u0089PNG", "a single image (PNG)", ""),
            new Signature("\u00ff\u00d8\u00ff", "a single image (JPEG)", ""),
            new Signature("GIF8", "a single image (GIF)", ""),
            new Signature("RIFF", "a single image (WebP) or a sound", ""),
            new Signature(
                    "version https://git-lfs", "a Git LFS pointer, not the data itself", "run 'git lfs pull' there"));

    private static final String ONE_IMAGE =
            "for images name a folder with one folder a class, or a table that lists them; for texts a table of texts";

    private ForeignFile() {}

    private record Signature(String start, String kind, String fix) {}

    /**
     * Refuses what is no table.
     *
     * @param start the file's first bytes
     */
    static void refuse(Path file, byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        Signature found = archive(text);
        for (Signature signature : SIGNATURES) {
            if (found == null && text.startsWith(signature.start())) {
                found = signature;
            }
        }
        if (found == null) {
            found = other(start, text);
        }
        if (found != null) {
            throw new DataException(Problem.of("This file is no table that can be read.")
                    .where(file.toAbsolutePath())
                    .expected("CSV, tab-separated lines, JSON lines or a JSON array of objects")
                    .found(found.kind())
                    .fix(found.fix().isEmpty() ? ONE_IMAGE : found.fix()));
        }
    }

    /** A zip archive is told by the names of its first entries. */
    private static @Nullable Signature archive(String text) {
        if (!text.startsWith("PK\u0003\u0004") && !text.startsWith("PK\u0005\u0006")) {
            return null;
        }
        if (text.contains("xl/") || text.contains("spreadsheet")) {
            return new Signature("", "an Excel or OpenDocument spreadsheet", SAVE_AS_CSV);
        }
        if (text.contains("word/") || text.contains("opendocument.text")) {
            return new Signature("", "a Word or OpenDocument text", "copy its texts and labels into a CSV file");
        }
        if (text.contains("[Content_Types].xml")) {
            return new Signature("", "an Office document", SAVE_AS_CSV);
        }
        if (text.contains("data.pkl")) {
            return new Signature(
                    "", "a PyTorch file, which holds a Python pickle", "save the data as CSV or JSON lines");
        }
        return text.contains(".npy")
                ? new Signature("", "NumPy arrays (.npz)", "save images as PNG files, or a table as CSV")
                : new Signature("", "a zip archive", "unpack it, and name the folder or the table inside");
    }

    private static @Nullable Signature other(byte[] start, String text) {
        if (start.length > 1 && (start[0] & 0xff) == 0x80 && start[1] >= 2 && start[1] <= 5) {
            return new Signature(
                    "",
                    "a Python pickle, which can run any code when it is loaded, so it is never loaded",
                    "save the data as CSV or JSON lines where it comes from");
        }
        if (text.length() > 262 && text.startsWith("ustar", 257)) {
            return new Signature("", "a tar archive", "unpack it, and name the folder or the table inside");
        }
        String lower = text.stripLeading().toLowerCase(Locale.ROOT);
        if (lower.startsWith("<!doctype") || lower.startsWith("<html") || lower.startsWith("<?xml")) {
            return new Signature("", "a web page or XML", "download the file itself, or save the table as CSV");
        }
        return null;
    }
}
