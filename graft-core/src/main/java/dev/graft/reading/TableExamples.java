package dev.graft.reading;

import dev.graft.data.ColumnKind;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledItems;
import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes examples of the rows of a table, whose classes are known. */
final class TableExamples {
    private static final Logger LOG = LoggerFactory.getLogger(TableExamples.class);

    private final LabeledRows.Read rows;
    private final List<String> classNames;
    private final int[] labels;

    TableExamples(LabeledRows.Read rows, List<String> classNames) {
        rows.requireKnown(classNames);
        this.rows = rows;
        this.classNames = classNames;
        this.labels = rows.labels(classNames);
    }

    /**
     * What was made.
     *
     * @param examples one for each of the rows that can be used
     * @param kept which rows these are
     * @param warnings what the user should know of the others, in sentences
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Made<T extends LabeledExamples>(T examples, int[] kept, List<String> warnings) {}

    private <T extends LabeledExamples> Made<T> all(T examples) {
        return new Made<>(examples, IntStream.range(0, rows.size()).toArray(), List.of());
    }

    Made<LabeledTexts> texts() {
        return all(LabeledTexts.of(
                rows.table().title(), classNames, fields(rows.plan().columns().get(0)), labels));
    }

    Made<LabeledFiles> images(Listing listing) {
        return all(files(rows.plan().columns().get(0), listing));
    }

    private List<String> fields(ColumnPlan.Column column) {
        return Objects.requireNonNull(rows.texts().get(column));
    }

    private LabeledFiles files(ColumnPlan.Column column, Listing listing) {
        return FileImages.all(new FileList(
                rows.table().title(),
                classNames,
                List.of(rows.table().folder()),
                fields(column).toArray(String[]::new),
                labels.clone(),
                listing));
    }

    /**
     * Items, every picture of which was decoded.
     *
     * @param withoutBad whether those with one that cannot be are left out
     * @throws DataException if there is such a picture, and it is not to be left out
     */
    Made<LabeledItems> items(boolean withoutBad) {
        LabeledItems items = LabeledItems.of(rows.table().title(), classNames, labels);
        // What costs nothing to check comes first.
        for (ColumnPlan.Column column : of(ColumnKind.NUMBER)) {
            double[] numbers = Objects.requireNonNull(rows.values().get(column));
            String far = Outliers.sentence(numbers, i -> rows.where(i) + ", column " + Excerpt.of(column.name()));
            if (far != null) {
                LOG.warn("{}", far);
            }
            items = items.withNumbers(column.name(), numbers);
        }
        for (ColumnPlan.Column column : of(ColumnKind.CATEGORY)) {
            items = items.withCategories(column.name(), fields(column));
        }
        for (ColumnPlan.Column column : of(ColumnKind.TEXT)) {
            items = items.withTexts(column.name(), fields(column));
        }
        Map<Integer, Bad> bad = new TreeMap<>();
        for (ColumnPlan.Column column : of(ColumnKind.IMAGE)) {
            LabeledFiles images = files(column, new Listing(rows.size(), 0, 0, List.of()));
            ImageScan scan = ImageScan.of(images);
            scan.summary().forEach(line -> LOG.warn("{}", line));
            scan.unreadable().forEach(remark -> bad.putIfAbsent(remark.index(), new Bad(column, remark)));
            items = items.withImages(column.name(), images);
        }
        return bad.isEmpty() ? all(items) : without(items, bad, withoutBad);
    }

    private record Bad(ColumnPlan.Column column, ImageScan.Remark remark) {}

    private List<ColumnPlan.Column> of(ColumnKind kind) {
        return rows.plan().columns().stream()
                .filter(column -> column.kind() == kind)
                .toList();
    }

    private Made<LabeledItems> without(LabeledItems items, Map<Integer, Bad> bad, boolean withoutBad) {
        int row = bad.keySet().iterator().next();
        Bad first = Objects.requireNonNull(bad.get(row));
        Path file = first.remark().file();
        if (!withoutBad) {
            String conversion = first.remark().fix();
            throw new DataException(Problem.of("An item's image cannot be used.")
                    .where(rows.where(row) + ", column "
                            + Excerpt.of(first.column().name()))
                    .expected("the path of a whole image file, relative to "
                            + rows.table().folder())
                    .found(file + ": " + first.remark().reason()
                            + (bad.size() > 1 ? "; and " + (bad.size() - 1) + " more" : ""))
                    .fix("replace the file, or leave such rows out (LabeledTable.withoutBad)"
                            + (conversion.isEmpty() ? "" : "; " + conversion)));
        }
        Set<Integer> left = bad.keySet();
        int[] kept =
                IntStream.range(0, rows.size()).filter(i -> !left.contains(i)).toArray();
        List<String> warnings = new ArrayList<>();
        warnings.add(bad.size() + " of " + rows.size()
                + " items with a picture that cannot be decoded were left out, the first in "
                + rows.table().rowWord() + " " + rows.numbers()[row] + ": " + file + ": "
                + first.remark().reason());
        return new Made<>(items.subset(kept), kept, warnings);
    }
}
