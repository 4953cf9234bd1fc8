package dev.graft.spark;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task does with its rows: takes the network of its executor, computes the new columns batch by batch, and lets go of the network
 * when it ends, however it ends.
 */
final class PartitionWork<N extends AutoCloseable> implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWork.class);

    private final Broadcast<NetworkFiles> files;
    private final String digest;
    private final InputColumn input;
    private final NetworkUse<N> use;
    private final Class<N> type;
    private final boolean keepsBroken;
    private final boolean saysReason;
    private final LongAccumulator broken;

    /**
     * The work of every task of a transformation.
     *
     * @param digest of the files, so that a task whose executor has the network need not ask for them
     * @param keepsBroken whether a row that cannot be read becomes nulls; else it ends the job
     * @param saysReason whether the last new column says why
     * @param broken counts such rows
     */
    PartitionWork(
            Broadcast<NetworkFiles> files,
            String digest,
            InputColumn input,
            NetworkUse<N> use,
            Class<N> type,
            boolean keepsBroken,
            boolean saysReason,
            LongAccumulator broken) {
        this.files = files;
        this.digest = digest;
        this.input = input;
        this.use = use;
        this.type = type;
        this.keepsBroken = keepsBroken;
        this.saysReason = saysReason;
        this.broken = broken;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Collections.emptyIterator();
        }
        TaskContext context = Objects.requireNonNull(TaskContext.get());
        ExecutorMemory memory = ExecutorMemory.ofTask();
        SharedNetworks.Lease<N> lease =
                memory.during(() -> SharedNetworks.ofProcess().lease(use.kind() + " " + digest, type, () -> {
                    memory.requireRoom(files.value().bytes());
                    return use.load(files.value().model());
                }));
        TaskThreads threads = new TaskThreads(context.cpus());
        AtomicLong unread = new AtomicLong();
        context.addTaskCompletionListener(ended -> {
            threads.close();
            lease.close();
            if (unread.get() > 0) {
                broken.add(unread.get());
                LOG.warn("{} rows of partition {} could not be read", unread.get(), ended.partitionId());
            }
        });
        return new BatchedRows(
                rows,
                use.batchSize(lease.network()),
                threads,
                some -> memory.during(() -> computed(lease.network(), some, unread)));
    }

    private List<Row> computed(N network, List<Row> rows, AtomicLong unread) {
        List<Example> examples = new ArrayList<>();
        List<Example> readable = new ArrayList<>();
        for (Row row : rows) {
            Example example = input.read(row);
            examples.add(example);
            if (!example.isBroken()) {
                readable.add(example);
            } else if (keepsBroken) {
                unread.incrementAndGet();
            } else {
                throw new DataException(Problem.of("A row cannot be read.")
                        .where("column " + input.name())
                        .found(example.reason())
                        .fix("set handleInvalid to \"keep\" to have nulls and a reason instead"));
            }
        }
        Object[][] values = readable.isEmpty() ? new Object[0][] : use.compute(network, readable);
        List<Row> results = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            results.add(extended(rows.get(i), example.isBroken() ? null : values[next++], example.reason()));
        }
        return results;
    }

    private Row extended(Row row, Object @Nullable [] added, @Nullable String reason) {
        int width = row.size();
        @Nullable Object[] values = new @Nullable Object[width + use.columns() + (saysReason ? 1 : 0)];
        for (int i = 0; i < width; i++) {
            values[i] = row.get(i);
        }
        if (added != null) {
            System.arraycopy(added, 0, values, width, added.length);
        }
        if (saysReason) {
            values[values.length - 1] = reason;
        }
        return RowFactory.create(values);
    }
}
