package dev.graft.reading;

import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a table of images or texts whose labels may be missing. */
final class PartlyLabeledRows {
    private PartlyLabeledRows() {}

    private static boolean isOpen(String cell) {
        return cell.isEmpty() || cell.equals(PartlyLabeled.OPEN);
    }

    static PartlyLabeled<? extends LabeledExamples> read(Table table, ColumnPlan plan, int[] labelPlaces) {
        TableKind kind = plan.kind();
        if (kind == TableKind.ITEMS) {
            throw new DataException(Problem.of("A table holds items of several parts.")
                    .where(table.name())
                    .expected("one column of pictures, or one of texts")
                    .found(String.join(", ", plan.names()))
                    .fix("name one column (LabeledTable.withColumns)"));
        }
        ColumnPlan.Column column = plan.columns().get(0);
        Cells cells = new Cells(table);
        List<String> values = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        int[] blank = {0};
        int[] places = IntStream.concat(IntStream.of(column.place()), IntStream.of(labelPlaces))
                .toArray();
        table.each(places, (row, fields) -> {
            if (fields.get(0).isBlank()) {
                blank[0]++;
                return;
            }
            List<String> given =
                    fields.subList(1, fields.size()).stream().map(String::strip).toList();
            given.forEach(cell -> cells.requireOneLine(row, cell));
            values.add(kind == TableKind.IMAGES ? cells.path(column, row, fields.get(0)) : fields.get(0));
            labels.add(given.stream().allMatch(PartlyLabeledRows::isOpen) ? "" : String.join(", ", given));
        });
        cells.say();
        if (values.isEmpty()) {
            throw new DataException(Problem.of("A table has no row to use.")
                    .where(table.name())
                    .expected(kind == TableKind.IMAGES ? "paths of image files" : "texts")
                    .found(blank[0] == 0 ? "no row" : blank[0] + " empty rows")
                    .fix("check the file"));
        }
        List<String> notes =
                blank[0] == 0 ? List.of() : List.of(table.name() + ": " + blank[0] + " empty rows were left out");
        int[] one = new int[values.size()];
        return kind == TableKind.IMAGES
                ? new PartlyLabeled<LabeledFiles>(
                        FileImages.all(new FileList(
                                table.title(),
                                PartlyLabeled.NO_CLASSES,
                                List.of(table.folder()),
                                values.toArray(String[]::new),
                                one,
                                new Listing(values.size() + blank[0], blank[0], 0, notes))),
                        labels,
                        notes)
                : new PartlyLabeled<>(
                        LabeledTexts.of(table.title(), PartlyLabeled.NO_CLASSES, values, one), labels, notes);
    }
}
