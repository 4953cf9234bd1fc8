package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.graft.layer.ActivationShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the trunks of a network get of one batch, or of a share of it.
 *
 * @param trunks the rows of each trunk, in order
 */
record BatchInputs(List<OfTrunk> trunks) {
    /**
     * The rows of one trunk, (examples, values).
     *
     * @param activations what enters its stages; null if there are none
     * @param features what the head receives besides, one array for each frozen tap
     */
    record OfTrunk(@Nullable NDArray activations, List<NDArray> features) {
        private OfTrunk map(UnaryOperator<NDArray> change) {
            return new OfTrunk(
                    activations == null ? null : change.apply(activations),
                    features.stream().map(change).toList());
        }
    }

    /** Gathers a batch in the given scope. */
    static BatchInputs gather(NDManager scope, Examples examples, int[] indexes) {
        List<OfTrunk> trunks = new ArrayList<>();
        for (Examples.Feeds feeds : examples.parts()) {
            RowFeed activations = feeds.activations();
            List<NDArray> features = new ArrayList<>();
            for (RowFeed feed : feeds.features()) {
                features.add(feed.batch(scope, indexes));
            }
            trunks.add(new OfTrunk(activations == null ? null : activations.batch(scope, indexes), features));
        }
        return new BatchInputs(trunks);
    }

    /** Blends each example with another. */
    BatchInputs blended(Blend blend, List<Trunk> shapes) {
        List<OfTrunk> blended = new ArrayList<>();
        for (int i = 0; i < trunks.size(); i++) {
            OfTrunk trunk = trunks.get(i);
            ActivationShape shape = shapes.get(i).input();
            NDArray rows = trunk.activations();
            blended.add(new OfTrunk(
                    rows == null ? null : blended(blend, rows, shape),
                    trunk.features().stream().map(blend::features).toList()));
        }
        return new BatchInputs(blended);
    }

    private static NDArray blended(Blend blend, NDArray rows, ActivationShape shape) {
        return shape.isMap() ? blend.maps(rows, shape.height(), shape.width(), shape.channels()) : blend.features(rows);
    }

    /**
     * Examples {@code from} (inclusive) to {@code to} (exclusive) of a batch of so many, as views that belong to the scope;
     * the batch itself if that is all of it.
     */
    BatchInputs share(NDManager scope, int from, int to, int count) {
        if (to - from == count) {
            return this;
        }
        return new BatchInputs(trunks.stream()
                .map(trunk -> trunk.map(rows -> {
                    NDArray view = rows.get(new NDIndex().addSliceDim(from, to));
                    view.attach(scope);
                    return view;
                }))
                .toList());
    }
}
