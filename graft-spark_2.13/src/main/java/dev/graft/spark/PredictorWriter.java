package dev.graft.spark;

import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Saves parameters as Spark does, and the network as a bundle. */
final class PredictorWriter extends MLWriter {
    private final GraftPredictor predictor;

    PredictorWriter(GraftPredictor predictor) {
        this.predictor = predictor;
    }

    @Override
    public void saveImpl(String path) {
        DefaultParamsWriter.saveMetadata(predictor, path, sparkSession());
        new BundleFolder(path, sparkSession().sparkContext().hadoopConfiguration()).write(predictor.files());
    }
}
