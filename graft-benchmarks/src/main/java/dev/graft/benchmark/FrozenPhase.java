package dev.graft.benchmark;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.engine.Examples;
import dev.graft.engine.TrainableNetwork;
import dev.graft.engine.TrainingPlan;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.head.Head;
import dev.graft.training.FeatureExtractor;
import java.util.List;

/**
 * A phase with everything frozen but the head, as in the tutorial that the worked example comes from: cut at the dense
 * layer, one hidden layer of 32, batches of 16, ten epochs. With the cache the frozen part runs once; without it, in each
 * epoch, over all images at once, which is the best that a program without a cache can do.
 */
final class FrozenPhase implements Work {
    private final Task task;
    private final boolean cached;
    private final boolean withHead;
    private final Backbone backbone;
    private final SyntheticImages data;
    private final TrainingPlan plan;
    private float sum;

    FrozenPhase(Task task, boolean cached, boolean withHead) {
        this.task = task;
        this.cached = cached;
        this.withHead = withHead;
        this.backbone = task.backbone();
        this.data = task.data();
        Architecture architecture = backbone.architecture();
        int features = Cut.at(task.cut()).features(architecture);
        this.plan = new TrainingPlan(
                architecture.inputShape(),
                List.of(),
                List.of(),
                new Head.Mlp(32, 0.3f).layers(features, SyntheticImages.CLASSES),
                SyntheticImages.CLASSES);
    }

    @Override
    public void run() {
        if (!withHead) {
            readTenTimes();
            return;
        }
        try (TrainableNetwork head = GraftStep.head(plan, backbone.architecture())) {
            if (cached) {
                try (FeatureCache cache = FeatureCache.withDefaults();
                        Examples examples = new Examples(null, List.of(features(cache)), data.labels())) {
                    for (int epoch = 0; epoch < Task.PHASE_EPOCHS; epoch++) {
                        train(head, examples, epoch);
                    }
                }
            } else {
                for (int epoch = 0; epoch < Task.PHASE_EPOCHS; epoch++) {
                    try (FeatureCache fresh = FeatureCache.withDefaults();
                            Examples examples = new Examples(null, List.of(features(fresh)), data.labels())) {
                        train(head, examples, epoch);
                    }
                }
            }
        }
    }

    private void readTenTimes() {
        FeatureCache kept = FeatureCache.withDefaults();
        for (int epoch = 0; epoch < Task.PHASE_EPOCHS; epoch++) {
            FeatureCache cache = cached ? kept : FeatureCache.withDefaults();
            Rows rows = features(cache);
            float[] row = new float[rows.width()];
            for (int i = 0; i < rows.count(); i++) {
                rows.read(i, row, 0);
                sum += row[0];
            }
            if (!cached) {
                cache.close();
            }
        }
        kept.close();
    }

    private Rows features(FeatureCache cache) {
        return FeatureExtractor.extract(backbone, Cut.at(task.cut()), data, cache)
                .get(0);
    }

    private void train(TrainableNetwork head, Examples examples, int epoch) {
        Batches batches = new Batches(examples.count(), task.batch());
        for (int step = 0; step < examples.count() / task.batch(); step++) {
            sum += (float)
                    head.step(examples, batches.next(), epoch * 1000L + step, 1).lossSum();
        }
    }

    @Override
    public float[] outcome() {
        return new float[] {sum};
    }

    @Override
    public void close() {}
}
