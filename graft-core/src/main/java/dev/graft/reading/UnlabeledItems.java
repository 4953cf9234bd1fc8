package dev.graft.reading;

import dev.graft.data.Item;
import dev.graft.error.DataException;
import dev.graft.image.DecodedImage;
import dev.graft.image.ImageFiles;
import dev.graft.image.ImageWarnings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a table as items without labels, batch by batch: the pictures of a batch alone are in memory, decoded on all
 * cores. A row that cannot be used is given with its fault, in its place; what is broken so that no row after it can be told
 * ends the reading. For one thread; closed by whoever opened it.
 */
public final class UnlabeledItems implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnlabeledItems.class);

    private final Table table;
    private final ColumnPlan plan;
    private final int batch;
    private final Cells cells;
    private final ImageWarnings oddities = new ImageWarnings();
    private final RowCursor rows;
    private boolean ended;
    private boolean said;

    UnlabeledItems(Table table, ColumnPlan plan, int batch) {
        this.table = table;
        this.plan = plan;
        this.batch = Math.max(1, batch);
        this.cells = new Cells(table);
        this.rows = table.rows(
                plan.columns().stream().mapToInt(ColumnPlan.Column::place).toArray());
    }

    /**
     * A row.
     *
     * @param number which row it is; of a file the line where it begins, from 1
     * @param where where it stands, for messages
     * @param item the item with its pictures decoded; null if the row cannot be used
     * @param fault why it cannot be used; null if it can
     */
    public record Row(
            long number,
            String where,
            @Nullable Item item,
            @Nullable DataException fault) {}

    /**
     * The next rows, as many as a batch has, fewer at the end; none after the last.
     *
     * @throws DataException if the table can no longer be read
     */
    public List<Row> next() {
        List<RowCursor.Row> read = new ArrayList<>();
        while (!ended && read.size() < batch) {
            RowCursor.Row row = rows.next();
            if (row == null) {
                ended = true;
            } else {
                read.add(row);
            }
        }
        List<Draft> drafts = read.stream().map(this::draft).toList();
        List<Row> finished = IntStream.range(0, drafts.size())
                .parallel()
                .mapToObj(i -> drafts.get(i).finished())
                .toList();
        drafts.forEach(draft -> draft.decoded.forEach(
                one -> oddities.add(one.file(), one.image().warnings(one.file()))));
        if (ended) {
            say();
        }
        return finished;
    }

    /** What is to be said of all rows together, once. */
    private void say() {
        if (!said) {
            said = true;
            cells.say();
            oddities.lines().forEach(line -> LOG.warn("{}", line));
        }
    }

    private record Decoded(Path file, DecodedImage image) {}

    /** An item whose pictures are not decoded yet. */
    private final class Draft {
        private final long number;
        private final List<Decoded> decoded = new ArrayList<>();
        private final List<ColumnPlan.Column> pictures = new ArrayList<>();
        private final List<Path> files = new ArrayList<>();
        private Item item = Item.empty();
        private @Nullable DataException fault;

        Draft(long number) {
            this.number = number;
        }

        void read(ColumnPlan.Column column, String field) {
            switch (column.kind()) {
                case IMAGE -> {
                    files.add(table.folder().resolve(cells.path(column, number, field)));
                    pictures.add(column);
                }
                case TEXT -> item = item.withText(column.name(), cells.text(column, number, field));
                case NUMBER -> item = item.withNumber(column.name(), cells.number(column, number, field));
                case CATEGORY -> item = item.withCategory(column.name(), field.strip());
            }
        }

        Row finished() {
            try {
                for (int i = 0; fault == null && i < files.size(); i++) {
                    DecodedImage image = ImageFiles.decode(files.get(i));
                    decoded.add(new Decoded(files.get(i), image));
                    item = item.withImage(pictures.get(i).name(), image.image());
                }
            } catch (DataException e) {
                fault = e;
            }
            return new Row(number, table.where(number), fault == null ? item : null, fault);
        }
    }

    private Draft draft(RowCursor.Row row) {
        Draft draft = new Draft(row.number());
        try {
            for (int i = 0; i < plan.columns().size(); i++) {
                draft.read(plan.columns().get(i), row.fields().get(i));
            }
        } catch (DataException e) {
            draft.fault = e;
        }
        return draft;
    }

    @Override
    public void close() {
        rows.close();
    }
}
