package dev.graft.reading;

import dev.graft.data.ColumnKind;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.image.ImageKeeper;
import dev.graft.targets.OneClass;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes examples of the rows of a table, whose classes are known. */
final class TableExamples {
    private static final Logger LOG = LoggerFactory.getLogger(TableExamples.class);

    private final LabeledRows rows;
    private final Table table;
    private final List<ColumnPlan.Column> columns;
    private final Targets targets;
    /** The pictures of two tables may be held at once: what is learned from, and what judges. */
    private long memoryLeft = ImageKeeper.usualMemory() / 2;

    /** Makes a maker of examples with targets, one for each row. */
    TableExamples(LabeledRows rows, Targets targets) {
        this.rows = rows;
        this.table = rows.columns().table();
        this.columns = rows.columns().plan().columns();
        this.targets = targets;
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

    /** What is odd about the sizes of the classes to learn. */
    List<String> imbalance(String words) {
        List<String> names = targets.kind().names();
        return targets.kind().isOneOfNames()
                ? ClassCounts.warnings(names, rows.trainingCounts(targets.labels(), names.size()), words)
                : List.of();
    }

    Made<LabeledTexts> texts() {
        return all(LabeledTexts.of(table.title(), rows.texts(0), targets));
    }

    Made<LabeledFiles> images(Listing listing) {
        return all(files(0, listing));
    }

    private LabeledFiles files(int column, Listing listing) {
        String[] names = rows.texts(column).toArray(String[]::new);
        return FileImages.all(
                targets.kind() instanceof OneClass classes
                        ? new FileList(
                                table.title(),
                                classes.names(),
                                List.of(table.folder()),
                                names,
                                targets.labels(),
                                listing)
                        : FileList.of(table.title(), table.folder(), names, targets, listing));
    }

    /**
     * Items, every picture of which was decoded.
     *
     * @param withoutBad whether those with one that cannot be are left out
     * @throws DataException if there is such a picture, and it is not to be left out
     */
    Made<LabeledItems> items(boolean withoutBad) {
        LabeledItems items = LabeledItems.of(table.title(), targets);
        Map<Integer, Bad> bad = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            items = switch (columns.get(i).kind()) {
                case NUMBER -> items.withNumbers(name, numbers(i));
                case CATEGORY -> items.withCategories(name, rows.texts(i));
                case TEXT -> items.withTexts(name, rows.texts(i));
                // What costs nothing to check comes first.
                case IMAGE -> items;
            };
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).kind() == ColumnKind.IMAGE) {
                items = items.withImages(columns.get(i).name(), decoded(i, bad));
            }
        }
        return bad.isEmpty() ? all(items) : without(items, bad, withoutBad);
    }

    private double[] numbers(int column) {
        double[] numbers = rows.values(column);
        String far = Outliers.sentence(numbers, row -> where(row, column));
        if (far != null) {
            LOG.warn("{}", far);
        }
        return numbers;
    }

    private String where(int row, int column) {
        return rows.where(row) + ", column " + Excerpt.of(columns.get(column).name());
    }

    private record Bad(int column, ImageScan.Remark remark) {}

    /** Pictures that are kept as they were decoded here, as far as memory allows. */
    private LabeledImages decoded(int column, Map<Integer, Bad> bad) {
        LabeledFiles images = files(column, new Listing(rows.size(), 0, 0, List.of()));
        ImageKeeper keeper = new ImageKeeper(images.size(), null, memoryLeft);
        ImageScan scan = ImageScan.of(images, keeper::keep, () -> {});
        memoryLeft -= keeper.memoryUsed();
        scan.summary().forEach(line -> LOG.warn("{}", line));
        scan.unreadable().forEach(remark -> bad.putIfAbsent(remark.index(), new Bad(column, remark)));
        return keeper.over(images);
    }

    private Made<LabeledItems> without(LabeledItems items, Map<Integer, Bad> bad, boolean withoutBad) {
        Map.Entry<Integer, Bad> first = bad.entrySet().iterator().next();
        ImageScan.Remark remark = first.getValue().remark();
        if (!withoutBad) {
            throw new DataException(Problem.of("An item's image cannot be used.")
                    .where(where(first.getKey(), first.getValue().column()))
                    .expected("the path of a whole image file, relative to " + table.folder())
                    .found(remark.file() + ": " + remark.reason()
                            + (bad.size() > 1 ? "; and " + (bad.size() - 1) + " more" : ""))
                    .fix("replace the file, or leave such rows out (LabeledTable.withoutBad)"
                            + (remark.fix().isEmpty() ? "" : "; " + remark.fix())));
        }
        int[] kept =
                IntStream.range(0, rows.size()).filter(i -> !bad.containsKey(i)).toArray();
        List<String> warnings = new ArrayList<>();
        warnings.add(bad.size() + " of " + rows.size()
                + " items with a picture that cannot be decoded were left out, the first in " + table.rowWord() + " "
                + rows.number(first.getKey()) + ": " + remark.file() + ": " + remark.reason());
        return new Made<>(items.subset(kept), kept, warnings);
    }
}
