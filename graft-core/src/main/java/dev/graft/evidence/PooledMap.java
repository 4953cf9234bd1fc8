package dev.graft.evidence;

import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Layer;
import dev.graft.backbone.Stage;
import dev.graft.engine.Tap;
import dev.graft.feature.Pooling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A feature map and the features that a pooling makes of it, seen place by place: each feature is a sum over the places.
 *
 * <p>A mean is that by itself. A maximum belongs to the place that has it, in equal parts if several do. Of a standard deviation
 * {@code s} a place has {@code (x - mean)² / (places * s)}, its share of the variance: these sum to {@code s}.
 *
 * @param stage the stage whose output the map is
 * @param shape the map's shape
 * @param pooling how it becomes features
 */
record PooledMap(String stage, ActivationShape shape, Pooling pooling) {
    /** What a tap takes, if that is a pooled map; also where a stage of its own does the pooling. */
    static Optional<PooledMap> of(Architecture architecture, Tap tap) {
        ActivationShape shape = architecture.outputShape(tap.stage());
        if (shape.isMap()) {
            return Optional.of(new PooledMap(tap.stage(), shape, tap.pooling()));
        }
        int position = architecture.position(tap.stage());
        if (position == 0) {
            return Optional.empty();
        }
        Stage before = architecture.stages().get(position - 1);
        ActivationShape map = architecture.outputShape(before.name());
        return map.isMap()
                ? pooling(architecture.stages().get(position).layers())
                        .map(pooling -> new PooledMap(before.name(), map, pooling))
                : Optional.empty();
    }

    /** The pooling that some layers do, if they do nothing else. */
    private static Optional<Pooling> pooling(List<Layer> layers) {
        boolean alone = !layers.isEmpty() && layers.stream().skip(1).allMatch(layer -> layer instanceof Layer.Dropout);
        if (alone && layers.get(0) instanceof Layer.GlobalAveragePool) {
            return Optional.of(Pooling.MEAN);
        }
        return alone && layers.get(0) instanceof Layer.Flatten ? Optional.of(Pooling.NONE) : Optional.empty();
    }

    int features() {
        return pooling.features(shape);
    }

    private int places() {
        return shape.height() * shape.width();
    }

    /**
     * Divides a weighted sum of the features among the places.
     *
     * @param map (channels, height, width)
     * @param weights of the features of several maps
     * @param offset where this map's begin
     * @return (height, width)
     */
    double[] divide(float[] map, double[] weights, int offset) {
        double[] places = new double[places()];
        for (int channel = 0; channel < shape.channels(); channel++) {
            float[] values = Arrays.copyOfRange(map, channel * places.length, (channel + 1) * places.length);
            divide(channel, values, weights, offset, places);
        }
        return places;
    }

    private void divide(int channel, float[] values, double[] weights, int offset, double[] places) {
        int channels = shape.channels();
        int own = offset + channel;
        switch (pooling) {
            case NONE -> {
                for (int i = 0; i < places.length; i++) {
                    places[i] += weights[offset + channel * places.length + i] * values[i];
                }
            }
            case MEAN -> mean(values, weights[own], places);
            case MAX -> max(values, weights[own], places);
            case MEAN_MAX -> {
                mean(values, weights[own], places);
                max(values, weights[own + channels], places);
            }
            case MEAN_MAX_STD -> {
                mean(values, weights[own], places);
                max(values, weights[own + channels], places);
                deviation(values, weights[own + 2 * channels], places);
            }
            case QUADRANTS -> quadrants(values, weights, own, places);
        }
    }

    private static void mean(float[] values, double weight, double[] places) {
        for (int i = 0; i < places.length; i++) {
            places[i] += weight * values[i] / places.length;
        }
    }

    private static void max(float[] values, double weight, double[] places) {
        float highest = values[0];
        int times = 0;
        for (float value : values) {
            times = value > highest ? 1 : value == highest ? times + 1 : times;
            highest = Math.max(highest, value);
        }
        for (int i = 0; i < places.length; i++) {
            places[i] += values[i] == highest ? weight * highest / times : 0;
        }
    }

    private static void deviation(float[] values, double weight, double[] places) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        if (squares > 0) {
            double scale = weight / (values.length * Math.sqrt(squares / values.length));
            for (int i = 0; i < places.length; i++) {
                places[i] += scale * (values[i] - mean) * (values[i] - mean);
            }
        }
    }

    private void quadrants(float[] values, double[] weights, int own, double[] places) {
        int high = (shape.height() + 1) / 2;
        int wide = (shape.width() + 1) / 2;
        for (int quadrant = 0; quadrant < 4; quadrant++) {
            int top = quadrant < 2 ? 0 : shape.height() / 2;
            int left = quadrant % 2 == 0 ? 0 : shape.width() / 2;
            double weight = weights[own + quadrant * shape.channels()] / (high * wide);
            for (int row = top; row < top + high; row++) {
                for (int column = left; column < left + wide; column++) {
                    int place = row * shape.width() + column;
                    places[place] += weight * values[place];
                }
            }
        }
    }
}
