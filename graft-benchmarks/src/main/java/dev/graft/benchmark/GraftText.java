package dev.graft.benchmark;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledTexts;
import dev.graft.engine.Examples;
import dev.graft.engine.FrozenNetwork;
import dev.graft.engine.StepSettings;
import dev.graft.engine.Tap;
import dev.graft.engine.TrainableNetwork;
import dev.graft.engine.TrainingPlan;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.feature.TokenRows;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.optimization.Optimizer;
import dev.graft.prediction.Classifier;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.FeatureExtractor;
import dev.graft.training.NetworkTraining;
import dev.graft.weights.WeightSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What Graft does with texts. */
final class GraftText {
    /** What pretrained transformers are usually tuned with. */
    static final double LEARNING_RATE = 2e-5;

    static final int CLASSES = 2;
    private static final long SEED = 42;

    private GraftText() {}

    private static TokenRows rows(Task task, LabeledTexts texts) {
        return TokenRows.of(texts, task.backbone().architecture().tokenization());
    }

    /** The head that every peer's fine-tuning starts from. */
    static Layer.Linear head(Task task) {
        return new Layer.Linear(
                "head", task.backbone().architecture().outputShape(task.cut()).elements(), CLASSES);
    }

    /** The weights that every peer's fine-tuning starts from, the head's included. */
    static WeightSet initial(Task task) {
        Backbone backbone = task.backbone();
        List<ParameterSpec> specs = head(task).parameters();
        return backbone.weights()
                .plus(backbone.architecture().weightInitialization().initialize(specs, SEED));
    }

    /** The frozen network, kept ready, on prepared tokens. */
    static final class Features implements Work {
        private final TextBatches batches;
        private final Rows rows;
        private final FrozenNetwork network;
        private float[] last = new float[0];

        Features(Task task) {
            Architecture architecture = task.backbone().architecture();
            batches = TextBatches.of(task);
            rows = rows(task, Sentences.of(task.images()));
            network = new FrozenNetwork(
                    architecture.inputShape(),
                    architecture.stagesThrough(task.cut()),
                    List.of(new Tap(task.cut(), Pooling.NONE)),
                    task.backbone().weights());
        }

        @Override
        public void run() {
            for (int[] batch : batches.indexes()) {
                last = network.run(rows, batch, false).tapped().get(0);
            }
        }

        @Override
        public float[] outcome() {
            return Statistics.ofFeatures(last);
        }

        @Override
        public void close() {
            network.close();
        }
    }

    /** What a network with a new head says of some sentences, one after the other. */
    static final class Prediction implements Work {
        private final List<String> texts;
        private final Classifier classifier;

        Prediction(Task task) {
            LabeledTexts sentences = Sentences.of(task.images());
            texts = IntStream.range(0, sentences.size())
                    .mapToObj(sentences::text)
                    .toList();
            classifier = new Classifier(NetworkTraining.on(sentences)
                    .backbone(task.backbone())
                    .strategy(FeatureExtraction.at(Cut.at(task.cut())))
                    .run()
                    .model());
        }

        @Override
        public int units() {
            return texts.size();
        }

        @Override
        public void run() {
            texts.forEach(text -> classifier.predictTexts(List.of(text), 1));
        }

        @Override
        public void close() {
            classifier.close();
        }
    }

    /** All features through the public extractor, from texts, into a cache that is empty each time. */
    static final class Extraction implements Work {
        private final Backbone backbone;
        private final Cut cut;
        private final LabeledTexts texts;

        Extraction(Task task) {
            backbone = task.backbone();
            cut = Cut.at(task.cut());
            texts = Sentences.of(task.images());
        }

        @Override
        public void run() {
            try (FeatureCache cache = FeatureCache.withDefaults()) {
                FeatureExtractor.extract(backbone, cut, texts, cache);
            }
        }

        @Override
        public void close() {}
    }

    /** Bare steps of the whole network, one for each batch. */
    static final class Steps implements Work {
        private final TextBatches batches;
        private final Examples examples;
        private final TrainableNetwork network;
        private long steps;
        private double loss;

        Steps(Task task) {
            Architecture architecture = task.backbone().architecture();
            LabeledTexts texts = Sentences.of(task.images());
            batches = TextBatches.of(task);
            TokenRows rows = rows(task, texts);
            examples = new Examples(rows, List.of(), batches.labels(), rows.lengths());
            TrainingPlan plan = new TrainingPlan(
                    architecture.inputShape(),
                    architecture.stagesThrough(task.cut()),
                    List.of(new Tap(task.cut(), Pooling.NONE)),
                    List.of(head(task)),
                    CLASSES);
            Map<String, Double> rates = new HashMap<>();
            WeightSet weights = initial(task);
            weights.names().forEach(name -> rates.put(name, LEARNING_RATE));
            network = new TrainableNetwork(
                    plan, weights, new StepSettings(Optimizer.adam(), rates, Double.POSITIVE_INFINITY));
        }

        @Override
        public int units() {
            return batches.count();
        }

        @Override
        public void run() {
            for (int[] batch : batches.indexes()) {
                loss = network.step(examples, batch, steps++, 1).lossSum() / batch.length;
            }
        }

        @Override
        public float[] outcome() {
            return new float[] {(float) loss};
        }

        @Override
        public void close() {
            network.close();
            examples.close();
        }
    }
}
