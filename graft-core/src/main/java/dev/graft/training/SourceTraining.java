package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.data.ClassNames;
import dev.graft.data.LabeledImages;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.image.Augmentation;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.EpochResult;
import dev.graft.strategy.Pretraining;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Trains a source model and measures it: what {@code graft pretrain} does. */
public final class SourceTraining {
    /** The worked example's settings: 3 epochs of batches of 32, Adam at 1e-3. */
    public static final TrainingSettings WORKED_EXAMPLE =
            TrainingSettings.defaults().withEpochs(3).withBatchSize(32);

    private SourceTraining() {}

    /**
     * What to train.
     *
     * @param architecture the network; its classifier is fitted to the number of classes
     * @param start a model of that architecture and those classes to go on from; null for random weights
     * @param average whether the result is the mean of its weights and those it started from, as in stochastic weight
     *     averaging (Izmailov et al. 2018, arXiv 1803.05407); only with {@code start}
     * @param data the source task's data
     * @param augmentation random changes to the training images
     * @param settings how to train
     * @param command the command that asked for it, for the model card
     * @param license the licence that the weights inherit from the data
     * @param checkpoints where to save checkpoints; null for none
     * @param checkpointEverySteps also save after so many steps; 0 for after each epoch only
     * @param resume whether to go on from the newest checkpoint
     */
    public record Request(
            Architecture architecture,
            @Nullable Backbone start,
            boolean average,
            SourceData data,
            Augmentation augmentation,
            TrainingSettings settings,
            String command,
            String license,
            @Nullable Path checkpoints,
            int checkpointEverySteps,
            boolean resume) {}

    /**
     * What came of it.
     *
     * @param backbone the trained model with its card
     * @param history what each epoch measured
     * @param test the measurements on the test data
     */
    public record Trained(Backbone backbone, List<EpochResult> history, Evaluation test) {
        /** Copies the list. */
        public Trained {
            history = List.copyOf(history);
        }
    }

    /**
     * Trains and measures.
     *
     * @throws SettingsException if the model to go on from is another network, or knows other classes
     */
    public static Trained train(Request request, TrainingListener listener, BooleanSupplier stopRequested) {
        long begin = System.nanoTime();
        Backbone start = request.start();
        LabeledImages data = request.data().all();
        ClassNames.require(data.classNames(), data.name());
        Architecture architecture =
                request.architecture().withClasses(data.classNames().size());
        if (start != null) {
            requireSame(start, architecture, data);
        }
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            NetworkTraining learning = NetworkTraining.on(request.data().train())
                    .augmentation(request.augmentation())
                    .backbone(start == null ? untrained(architecture, data) : start)
                    .strategy(new Pretraining(start != null))
                    .training(request.settings())
                    .listener(listener)
                    .stopWhen(stopRequested)
                    .cache(cache)
                    .resume(request.resume());
            if (request.data().validation() != null) {
                learning.validation(request.data().validation());
            }
            if (request.checkpoints() != null) {
                learning.checkpoints(request.checkpoints(), request.checkpointEverySteps());
            }
            TransferResult result = learning.run();
            WeightSet weights =
                    start != null && request.average() ? mean(start.weights(), result.weights()) : result.weights();
            Evaluation test = measure(architecture, weights, request.data().test(), cache);
            BackboneCard before = start == null ? BackboneCard.of("random", data.name()) : start.card();
            BackboneCard card = BackboneCard.of("here", data.name())
                    .withDataDigest(data.digest())
                    .withClassNames(data.classNames())
                    .withTestAccuracy(test.accuracy())
                    .withTraining(
                            before.epochs() + result.history().size(),
                            before.seconds() + (System.nanoTime() - begin) / 1e9,
                            request.settings().seed())
                    .withCommand(request.command())
                    .withLicense(request.license());
            return new Trained(new Backbone(architecture, weights, card), result.history(), test);
        }
    }

    /** The mean of each tensor, running statistics included: both ends of a cycle lie in one basin. */
    private static WeightSet mean(WeightSet first, WeightSet second) {
        Map<String, FloatTensor> means = new LinkedHashMap<>();
        first.asMap().forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            float[] others = second.get(name).values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (values[i] + others[i]) / 2;
            }
            means.put(name, new FloatTensor(tensor.shape(), values));
        });
        return WeightSet.of(means);
    }

    private static Evaluation measure(
            Architecture architecture, WeightSet weights, LabeledImages test, FeatureCache cache) {
        BackboneCard none = BackboneCard.of("here", test.name()).withClassNames(test.classNames());
        Cut logits = Cut.at(architecture.classifier().name());
        Rows rows = FeatureExtractor.extract(new Backbone(architecture, weights, none), logits, test, cache)
                .get(0);
        float[] values = new float[Math.multiplyExact(rows.count(), rows.width())];
        for (int row = 0; row < rows.count(); row++) {
            rows.read(row, values, row * rows.width());
        }
        return new Evaluation(
                CrossEntropy.probabilities(values, rows.width()), test.targets().labels(), test.classNames());
    }

    private static void requireSame(Backbone start, Architecture architecture, LabeledImages data) {
        if (!start.architecture().id().equals(architecture.id())
                || !start.card().classNames().equals(data.classNames())) {
            throw new SettingsException(Problem.of("The model to go on from does not fit what is to be trained.")
                    .where(start.id())
                    .expected(architecture.id() + " with the classes " + data.classNames())
                    .found(start.architecture().id() + " with the classes "
                            + start.card().classNames())
                    .fix("start from random weights, or use graft fit, which gives it a new classifier"));
        }
    }

    private static Backbone untrained(Architecture architecture, LabeledImages data) {
        BackboneCard none = BackboneCard.of("random", data.name())
                .withClassNames(data.classNames())
                .withLicense("Apache-2.0");
        return new Backbone(
                architecture, architecture.weightInitialization().initialize(architecture.parameters(), 0), none);
    }
}
