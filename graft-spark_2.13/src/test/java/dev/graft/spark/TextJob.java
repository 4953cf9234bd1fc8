package dev.graft.spark;

import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Features of a few texts by a network of a hundred megabytes. */
public final class TextJob {
    private TextJob() {}

    /** Runs. */
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        try {
            new GraftFeaturizer()
                    .setBackbone("minilm-l6")
                    .setInputCol("text")
                    .transform(spark.createDataFrame(
                            List.of(RowFactory.create("a joy"), RowFactory.create("a bore")),
                            new StructType().add("text", DataTypes.StringType)))
                    .collectAsList();
        } finally {
            spark.stop();
        }
    }
}
