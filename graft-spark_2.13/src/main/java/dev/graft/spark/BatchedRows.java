package dev.graft.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;

/** Rows that are computed batch by batch, one batch for each thread at a time, and given in the order in which they came. */
final class BatchedRows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final int batch;
    private final TaskThreads threads;
    private final UnaryOperator<List<Row>> work;
    private final ArrayDeque<Row> ready = new ArrayDeque<>();

    BatchedRows(Iterator<Row> rows, int batch, TaskThreads threads, UnaryOperator<List<Row>> work) {
        this.rows = rows;
        this.batch = batch;
        this.threads = threads;
        this.work = work;
    }

    @Override
    public boolean hasNext() {
        if (ready.isEmpty() && rows.hasNext()) {
            fill();
        }
        return !ready.isEmpty();
    }

    private void fill() {
        List<Supplier<List<Row>>> batches = new ArrayList<>();
        for (int i = 0; i < threads.count() && rows.hasNext(); i++) {
            List<Row> some = new ArrayList<>(batch);
            while (some.size() < batch && rows.hasNext()) {
                some.add(rows.next());
            }
            batches.add(() -> work.apply(some));
        }
        threads.all(batches).forEach(ready::addAll);
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }
}
