package dev.graft.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The job of the tests on a cluster: features of pictures, a head, and predictions, from files to Parquet. */
public final class ClusterJob {
    private ClusterJob() {}

    /**
     * Runs.
     *
     * @param arguments the folder of pictures, the folder for results, the number of partitions
     */
    public static void main(String[] arguments) throws Exception {
        SparkSession spark = SparkSession.builder().getOrCreate();
        try {
            run(spark, arguments[0], arguments[1], Integer.parseInt(arguments[2]));
        } finally {
            spark.stop();
        }
    }

    static void run(SparkSession spark, String pictures, String results, int partitions) throws Exception {
        Dataset<Row> rows = rows(spark, pictures).repartition(partitions);
        GraftPredictor predictor = classifier().fit(rows);
        predictor.write().overwrite().save(results + "/model");
        featurizer()
                .transform(rows)
                .select("name", "features", "reason")
                .write()
                .parquet(results + "/features");
        predictor
                .transform(rows)
                .select("name", "label", "predictedLabel", "confidence", "probability", "noneOfThese")
                .write()
                .parquet(results + "/predictions");
    }

    static GraftClassifier classifier() {
        return new GraftClassifier()
                .setBackbone("cifar-resnet")
                .setStages("stage2", "stage3")
                .setSampleSize(300);
    }

    static GraftFeaturizer featurizer() {
        return new GraftFeaturizer()
                .setBackbone("cifar-resnet")
                .setStages("stage2", "stage3")
                .setPooling("mean+max+std");
    }

    /** The pictures with their names and, by their folders, their classes. */
    static Dataset<Row> rows(SparkSession spark, String pictures) {
        return spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", true)
                .load(pictures)
                .select(
                        functions
                                .regexp_extract(functions.col("path"), "([^/]+/[^/]+)$", 1)
                                .as("name"),
                        functions
                                .regexp_extract(functions.col("path"), "([^/]+)/[^/]+$", 1)
                                .as("label"),
                        functions.col("content"));
    }
}
