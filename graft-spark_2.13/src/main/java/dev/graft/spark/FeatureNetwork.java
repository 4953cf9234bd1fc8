package dev.graft.spark;

import dev.graft.backbone.Architecture;
import dev.graft.data.Image;
import dev.graft.engine.FrozenNetwork;
import dev.graft.engine.Tap;
import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import dev.graft.feature.Rows;
import dev.graft.feature.TokenRows;
import dev.graft.image.LevelTable;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network as far as its cut. Pictures always go through it in batches of one size, filled up where there are fewer, and texts one by
 * one: the last bits of a number depend on how many go together, and so they never depend on a row's neighbours. Safe for use by several
 * threads.
 */
final class FeatureNetwork implements AutoCloseable {
    private final Architecture architecture;
    private final FrozenNetwork network;
    private final @Nullable LevelTable levels;
    private final int batch;
    private final int width;

    FeatureNetwork(TransferModel model) {
        ModelBranch branch = model.branches().get(0);
        this.architecture = branch.architecture();
        this.width = branch.features();
        this.network = new FrozenNetwork(
                architecture.inputShape(), branch.stages(), Tap.at(architecture, branch.cut()), model.weights());
        boolean texts = architecture.inputShape().isSequence();
        this.levels = texts ? null : new LevelTable(architecture.preprocessing());
        // So many as one thread computes at once, however many there are.
        this.batch = texts ? 1 : network.batch(1, 1, 1);
    }

    /** How many examples go together; fewer take as long. */
    int batchSize() {
        return batch;
    }

    /** The number of features. */
    int width() {
        return width;
    }

    /** The features of at most a batch of pictures. */
    float[][] ofPictures(List<Image> pictures) {
        int values = architecture.preprocessing().elements();
        return features(new Pictures(pictures, batch, Objects.requireNonNull(levels), values), pictures.size());
    }

    /** The features of a text. */
    float[][] ofText(String text) {
        return features(TokenRows.of(1, i -> text, architecture.tokenization()).byOneThread(), 1);
    }

    private float[][] features(Rows rows, int wanted) {
        List<float[]> places = network.run(rows, 0, rows.count(), false).tapped();
        float[][] features = new float[wanted][width];
        int from = 0;
        for (float[] place : places) {
            int length = place.length / rows.count();
            for (int i = 0; i < wanted; i++) {
                System.arraycopy(place, i * length, features[i], from, length);
            }
            from += length;
        }
        requireNumbers(features);
        return features;
    }

    private void requireNumbers(float[][] features) {
        for (float[] row : features) {
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    throw new WeightsMismatchException(Problem.of("Features came out that are no finite numbers.")
                            .where("backbone " + architecture.id())
                            .expected("finite numbers")
                            .found(value)
                            .fix("use weights as they were trained: with these the network computes nothing of use"));
                }
            }
        }
    }

    @Override
    public void close() {
        network.close();
    }

    /** A batch of pictures, prepared by the thread that asks; black ones fill it up. */
    private record Pictures(List<Image> pictures, int count, LevelTable levels, int width) implements Rows {
        @Override
        public void read(int row, float[] target, int offset) {
            if (row < pictures.size()) {
                levels.apply(pictures.get(row), target, offset);
            }
        }
    }
}
