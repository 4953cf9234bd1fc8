package dev.graft.text;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledTexts;
import dev.graft.engine.FrozenNetwork;
import dev.graft.engine.Tap;
import dev.graft.feature.Pooling;
import dev.graft.feature.TokenRows;
import dev.graft.layer.ActivationShape;
import dev.graft.preparation.Tokenization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What a backbone makes of texts, in batches of a given size, in the texts' order. */
final class Outputs {
    private Outputs() {}

    static TokenRows rows(Backbone backbone, List<String> texts) {
        LabeledTexts data = LabeledTexts.of("texts", List.of("any"), texts, new int[texts.size()]);
        return TokenRows.of(data, (Tokenization) backbone.architecture().preparation());
    }

    /** The vectors of all tokens of each text behind a stage, one after the other, without padding. */
    static List<float[]> tokens(Backbone backbone, String stage, List<String> texts, int batch) {
        Architecture architecture = backbone.architecture();
        ActivationShape shape = architecture.outputShape(stage);
        TokenRows rows = rows(backbone, texts);
        List<float[]> all = new ArrayList<>();
        try (FrozenNetwork network = new FrozenNetwork(
                architecture.inputShape(), architecture.stagesThrough(stage), List.of(), backbone.weights())) {
            for (int from = 0; from < texts.size(); from += batch) {
                int to = Math.min(texts.size(), from + batch);
                float[] last = network.run(rows, from, to, true).last();
                int start = 0;
                for (int i = 0; i < to - from; i++) {
                    int tokens = (int) last[start];
                    int end = start + 1 + tokens * shape.channels();
                    all.add(Arrays.copyOfRange(last, start + 1, end));
                    start = end;
                }
            }
        }
        return all;
    }

    /** The one vector of each text behind a stage. */
    static List<float[]> vectors(Backbone backbone, String stage, Pooling pooling, List<String> texts, int batch) {
        Architecture architecture = backbone.architecture();
        int width = pooling.features(architecture.outputShape(stage));
        TokenRows rows = rows(backbone, texts);
        List<float[]> all = new ArrayList<>();
        try (FrozenNetwork network = new FrozenNetwork(
                architecture.inputShape(),
                architecture.stagesThrough(stage),
                List.of(new Tap(stage, pooling)),
                backbone.weights())) {
            for (int from = 0; from < texts.size(); from += batch) {
                int[] indexes = IntStream.range(from, Math.min(texts.size(), from + batch))
                        .toArray();
                float[] values = network.run(rows, indexes, false).tapped().get(0);
                for (int i = 0; i < indexes.length; i++) {
                    all.add(Arrays.copyOfRange(values, i * width, (i + 1) * width));
                }
            }
        }
        return all;
    }

    /** The largest difference between numbers at the same place. */
    static double largestDifference(float[] one, float[] other) {
        if (one.length != other.length) {
            throw new AssertionError(one.length + " values against " + other.length);
        }
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs((double) one[i] - other[i]));
        }
        return largest;
    }
}
