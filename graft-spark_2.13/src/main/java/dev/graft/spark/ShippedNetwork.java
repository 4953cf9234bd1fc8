package dev.graft.spark;

import dev.graft.model.TransferModel;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/** A network on the driver, broadcast at first use and then once for all transformations of a Spark application. */
final class ShippedNetwork {
    private final TransferModel model;
    private @Nullable NetworkFiles files;
    private @Nullable Broadcast<NetworkFiles> broadcast;
    private @Nullable String application;

    ShippedNetwork(TransferModel model) {
        this.model = model;
    }

    TransferModel model() {
        return model;
    }

    /** Its files. */
    synchronized NetworkFiles files() {
        NetworkFiles known = files;
        if (known == null) {
            known = NetworkFiles.of(model);
            files = known;
        }
        return known;
    }

    private synchronized Broadcast<NetworkFiles> broadcast(SparkSession session) {
        Broadcast<NetworkFiles> known = broadcast;
        String here = session.sparkContext().applicationId();
        if (known == null || !here.equals(application)) {
            known = JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(files());
            broadcast = known;
            application = here;
        }
        return known;
    }

    /**
     * Adds columns to a data set, when it is computed.
     *
     * @param schema of the result
     * @param uid of the transformer, which names the counter of what could not be read
     */
    <N extends AutoCloseable> Dataset<Row> transform(
            Dataset<?> data,
            StructType schema,
            InputColumn input,
            NetworkUse<N> use,
            Class<N> type,
            boolean keepsBroken,
            boolean saysReason,
            String uid) {
        SparkSession session = data.sparkSession();
        LongAccumulator broken = session.sparkContext().longAccumulator(uid + ": rows that could not be read");
        PartitionWork<N> work = new PartitionWork<>(
                broadcast(session), files().digest(), input, use, type, keepsBroken, saysReason, broken);
        return data.toDF().mapPartitions(work, Encoders.row(schema));
    }
}
