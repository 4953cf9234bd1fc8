package dev.graft.spark;

import dev.graft.data.Image;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.prediction.PredictionSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * What a trained network says, as columns.
 *
 * @param columnsWanted which columns are wanted
 * @param coverage how often a set of classes shall hold the true one; null for no sets
 */
record PredictionUse(
        PredictionColumns columnsWanted, @Nullable Double coverage) implements NetworkUse<Classifier> {
    private static final long serialVersionUID = 1L;
    // The last bits of a probability depend on how many pictures go through the network together: always so many.
    private static final int TOGETHER = 8;

    @Override
    public String kind() {
        return "predictions";
    }

    @Override
    public Classifier load(TransferModel model) {
        return new Classifier(model);
    }

    @Override
    public int batchSize(Classifier network) {
        return network.takesTexts() ? 1 : Math.min(TOGETHER, network.batchSize());
    }

    @Override
    public int columns() {
        return columnsWanted.count();
    }

    @Override
    public Object[][] compute(Classifier network, List<Example> examples) {
        List<String> names = network.classNames();
        PredictionSettings settings = PredictionSettings.top(names.size());
        if (coverage != null) {
            settings = settings.withCoverage(coverage);
        }
        List<Prediction> predictions = predictions(network, examples, settings);
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        Object[][] values = new Object[examples.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = values(predictions.get(i), places);
        }
        return values;
    }

    private List<Prediction> predictions(Classifier network, List<Example> examples, PredictionSettings settings) {
        if (network.takesTexts()) {
            List<String> texts = examples.stream().map(Example::requireText).toList();
            return network.predictTexts(texts, settings);
        }
        List<Image> pictures = new ArrayList<>();
        for (int i = 0; i < batchSize(network); i++) {
            pictures.add(examples.get(Math.min(i, examples.size() - 1)).requirePicture());
        }
        return network.predict(pictures, settings);
    }

    private Object[] values(Prediction prediction, Map<String, Integer> places) {
        List<Object> values = new ArrayList<>();
        if (columnsWanted.prediction()) {
            values.add(
                    prediction.numbers().isEmpty()
                            ? (double) places.getOrDefault(prediction.label(), -1)
                            : prediction.numbers().get(0).value());
        }
        if (columnsWanted.label()) {
            values.add(prediction.label());
        }
        if (columnsWanted.confidence()) {
            values.add(prediction.confidence());
        }
        if (columnsWanted.probability()) {
            double[] all = new double[places.size()];
            prediction
                    .top()
                    .forEach(candidate -> all[places.getOrDefault(candidate.label(), 0)] = candidate.confidence());
            values.add(Vectors.dense(all));
        }
        if (columnsWanted.noneOfThese()) {
            values.add(prediction.noneOfThese() || prediction.isUnlike());
        }
        if (columnsWanted.set()) {
            List<String> set = prediction.set();
            values.add(set == null ? new String[0] : set.toArray(String[]::new));
        }
        return values.toArray();
    }
}
