package dev.graft.benchmark;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.engine.FrozenNetwork;
import dev.graft.engine.Tap;
import dev.graft.feature.ImageRows;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.image.Preprocessing;
import java.util.List;

/**
 * The frozen part of a {@link FrozenPhase} as frameworks without a cache run it: forward in every step, on the step's own
 * few images, each operation on all cores.
 */
final class FrozenSteps implements Work {
    private final Task task;
    private final Backbone backbone;
    private final SyntheticImages data;
    private float sum;

    FrozenSteps(Task task) {
        this.task = task;
        this.backbone = task.backbone();
        this.data = task.data();
    }

    @Override
    public void run() {
        Architecture architecture = backbone.architecture();
        Rows rows = new ImageRows(data, (Preprocessing) architecture.preparation()).byOneThread();
        try (FrozenNetwork frozen = new FrozenNetwork(
                architecture.inputShape(),
                architecture.stagesThrough(task.cut()),
                List.of(new Tap(task.cut(), Pooling.NONE)),
                backbone.weights())) {
            for (int epoch = 0; epoch < Task.PHASE_EPOCHS; epoch++) {
                Batches batches = new Batches(rows.count(), task.batch());
                for (int step = 0; step < rows.count() / task.batch(); step++) {
                    sum += frozen.run(rows, batches.next(), false).tapped().get(0)[0];
                }
            }
        }
    }

    @Override
    public float[] outcome() {
        return new float[] {sum};
    }

    @Override
    public void close() {}
}
