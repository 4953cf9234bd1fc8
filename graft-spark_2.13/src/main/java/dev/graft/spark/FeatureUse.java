package dev.graft.spark;

import dev.graft.model.TransferModel;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;

/** Features as vectors. */
record FeatureUse() implements NetworkUse<FeatureNetwork> {
    private static final long serialVersionUID = 1L;

    @Override
    public String kind() {
        return "features";
    }

    @Override
    public FeatureNetwork load(TransferModel model) {
        return new FeatureNetwork(model);
    }

    @Override
    public int batchSize(FeatureNetwork network) {
        return network.batchSize();
    }

    @Override
    public int columns() {
        return 1;
    }

    @Override
    public Object[][] compute(FeatureNetwork network, List<Example> examples) {
        float[][] features = examples.get(0).picture() == null
                ? network.ofText(examples.get(0).requireText())
                : network.ofPictures(
                        examples.stream().map(Example::requirePicture).toList());
        Object[][] columns = new Object[features.length][1];
        for (int i = 0; i < features.length; i++) {
            double[] wide = new double[features[i].length];
            for (int f = 0; f < wide.length; f++) {
                wide[f] = features[i][f];
            }
            columns[i][0] = Vectors.dense(wide);
        }
        return columns;
    }
}
