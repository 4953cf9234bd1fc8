package dev.graft.evidence;

import dev.graft.backbone.Architecture;
import dev.graft.engine.Tap;
import dev.graft.feature.Pooling;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import java.util.List;
import java.util.Optional;

/**
 * A feature map and the features that a pooling makes of it, where each of them is a weighted sum of the map's values. Means are,
 * of the whole map or of its quarters, and so is the map itself. Maxima and standard deviations are not: what they owe to which place
 * is a matter of choice, and a part of them is there in every picture, such as what the edges of the input cause.
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
            return isSum(tap.pooling())
                    ? Optional.of(new PooledMap(tap.stage(), shape, tap.pooling()))
                    : Optional.empty();
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

    private static boolean isSum(Pooling pooling) {
        return pooling == Pooling.NONE || pooling == Pooling.MEAN || pooling == Pooling.QUADRANTS;
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
            for (int place = 0; place < places.length; place++) {
                places[place] += weight(weights, offset, channel, place) * map[channel * places.length + place];
            }
        }
        return places;
    }

    private double weight(double[] weights, int offset, int channel, int place) {
        return switch (pooling) {
            case NONE -> weights[offset + channel * places() + place];
            case MEAN -> weights[offset + channel] / places();
            case QUADRANTS -> quadrants(weights, offset + channel, place);
            case MAX, MEAN_MAX, MEAN_MAX_STD -> throw new AssertionError("no sum over the places: " + pooling);
        };
    }

    /** Where a side is odd, the middle belongs to both halves. */
    private double quadrants(double[] weights, int own, int place) {
        int high = (shape.height() + 1) / 2;
        int wide = (shape.width() + 1) / 2;
        double sum = 0;
        for (int quadrant = 0; quadrant < 4; quadrant++) {
            int row = place / shape.width() - (quadrant < 2 ? 0 : shape.height() / 2);
            int column = place % shape.width() - (quadrant % 2 == 0 ? 0 : shape.width() / 2);
            if (row >= 0 && row < high && column >= 0 && column < wide) {
                sum += weights[own + quadrant * shape.channels()] / (high * wide);
            }
        }
        return sum;
    }
}
