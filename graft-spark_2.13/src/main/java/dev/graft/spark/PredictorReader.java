package dev.graft.spark;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Reads what {@link PredictorWriter} saved. */
final class PredictorReader extends MLReader<GraftPredictor> {
    @Override
    public GraftPredictor load(String path) {
        DefaultParamsReader.Metadata metadata =
                DefaultParamsReader.loadMetadata(path, sparkSession(), GraftPredictor.class.getName());
        NetworkFiles files =
                new BundleFolder(path, sparkSession().sparkContext().hadoopConfiguration()).read();
        GraftPredictor predictor = new GraftPredictor(metadata.uid(), files.model());
        metadata.getAndSetParams(predictor, metadata.getAndSetParams$default$2());
        return predictor;
    }
}
