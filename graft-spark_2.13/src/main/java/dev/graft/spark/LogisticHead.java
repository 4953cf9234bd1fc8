package dev.graft.spark;

import dev.graft.model.TransferModel;
import dev.graft.storage.FileRecord;
import java.nio.ByteBuffer;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Logistic regression of Spark ML on the features of any number of rows, as the head of a network. */
final class LogisticHead {
    private static final String LABEL = "label";
    private static final String FEATURES = "features";
    private static final String NAME = "logistic-regression";

    private LogisticHead() {}

    /**
     * Fits. The features are computed once and kept on the executors, in memory or on disk, as long as that lasts.
     *
     * @param features rows of features and a label
     * @param featuresAt the place of the features
     * @param labelAt the place of the label
     * @param penalty the regularisation of Spark's logistic regression
     */
    static TransferModel fit(
            SampledChoice choice,
            Dataset<Row> features,
            int featuresAt,
            int labelAt,
            LabelColumn labels,
            double penalty,
            int iterations) {
        int classes = labels.names().size();
        Metadata classesKnown = NominalAttribute.defaultAttr()
                .withName(LABEL)
                .withNumValues(classes)
                .toMetadata();
        StructType schema = new StructType()
                .add(LABEL, DataTypes.DoubleType, false, classesKnown)
                .add(FEATURES, SQLDataTypes.VectorType(), true);
        MapFunction<Row, Row> labelled =
                row -> RowFactory.create((double) labels.label(row, labelAt), row.get(featuresAt));
        Dataset<Row> rows = features.map(labelled, Encoders.row(schema))
                .filter(functions
                        .col(FEATURES)
                        .isNotNull()
                        .and(functions.col(LABEL).geq(0)))
                .select(functions.col(LABEL).as(LABEL, classesKnown), functions.col(FEATURES))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            long count = rows.count();
            LogisticRegressionModel fitted = new LogisticRegression()
                    .setRegParam(penalty)
                    .setMaxIter(iterations)
                    .fit(rows);
            return network(choice, fitted, count);
        } finally {
            rows.unpersist();
        }
    }

    private static TransferModel network(SampledChoice choice, LogisticRegressionModel fitted, long count) {
        Matrix coefficients = fitted.coefficientMatrix();
        int width = choice.width();
        float[] weights = new float[coefficients.numRows() * width];
        float[] biases = new float[coefficients.numRows()];
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * (weights.length + biases.length));
        for (int k = 0; k < biases.length; k++) {
            for (int f = 0; f < width; f++) {
                weights[k * width + f] = (float) coefficients.apply(k, f);
                bytes.putFloat(weights[k * width + f]);
            }
            biases[k] = (float) fitted.interceptVector().apply(k);
            bytes.putFloat(biases[k]);
        }
        TransferModel network = choice.network();
        return CutNetwork.withHead(
                network.branches().get(0),
                network.weights(),
                network.classNames(),
                weights,
                biases,
                NAME,
                CutNetwork.lineage(
                        network.lineage(), FileRecord.of(bytes.array()).sha256(), count));
    }
}
