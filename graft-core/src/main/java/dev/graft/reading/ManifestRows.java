package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a manifest, checked one by one.
 *
 * @param rows those that have a path and a label
 * @param rejected how many have not
 * @param firstRejected the line of the first of them, 0 if there is none
 */
record ManifestRows(List<Row> rows, int rejected, long firstRejected) {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestRows.class);
    private static final String FIX =
            "give the columns these names in the first line, or read the table as texts or as items of several parts";

    /**
     * One row.
     *
     * @param line where it begins, from 1
     */
    record Row(long line, String path, String label, Part part) {}

    List<Row> of(Part part) {
        return rows.stream().filter(row -> row.part() == part).toList();
    }

    static ManifestRows read(TableFile table, @Nullable String labelColumn) {
        Reading reading = new Reading(table);
        table.read(head -> reading.choose(head, labelColumn), reading::take);
        reading.paths.notes().forEach(note -> LOG.warn("{}: {}", table.path(), note));
        return new ManifestRows(reading.rows, reading.rejected, reading.firstRejected);
    }

    /** What has been read so far. */
    private static final class Reading {
        private final Path file;
        private final WrittenPaths paths;
        private final List<Row> rows = new ArrayList<>();
        // One text a class, and not one a row.
        private final Map<String, String> labels = new HashMap<>();
        private @Nullable PartColumn parts;
        private int rejected;
        private long firstRejected;

        Reading(TableFile table) {
            file = table.path();
            Path above = file.toAbsolutePath().getParent();
            paths = new WrittenPaths(above == null ? file.toAbsolutePath() : above);
        }

        int[] choose(TableHead head, @Nullable String labelColumn) {
            int path = ColumnRole.IMAGE.require(head, FIX);
            int label = labelColumn == null ? ColumnRole.LABEL.require(head, FIX) : head.place(labelColumn, FIX);
            parts = PartColumn.of(head);
            return parts == null ? new int[] {path, label} : new int[] {path, label, parts.place()};
        }

        void take(long line, List<String> fields) {
            String name = fields.get(0).strip();
            String label = fields.get(1).strip();
            if (name.indexOf('\n') >= 0 || label.indexOf('\n') >= 0) {
                throw new DataException(Problem.of("A value in a list of images goes over several lines.")
                        .where(file + ", line " + line)
                        .expected("a path and a label in one line")
                        .with("likely", "a quote that is opened and never closed")
                        .fix("close the quote"));
            }
            if (name.isEmpty() || label.isEmpty()) {
                firstRejected = rejected == 0 ? line : firstRejected;
                rejected++;
                return;
            }
            Part part = parts == null ? Part.TRAIN : parts.part(line, fields.get(2));
            rows.add(new Row(
                    line,
                    paths.read(name, file + ", line " + line),
                    labels.computeIfAbsent(label, text -> text),
                    part));
        }
    }
}
