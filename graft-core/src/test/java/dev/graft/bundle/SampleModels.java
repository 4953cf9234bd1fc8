package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.backbone.Initialization;
import dev.graft.backbone.Tabular;
import dev.graft.data.ColumnKind;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Standardization;
import dev.graft.model.ClassRecord;
import dev.graft.model.Confidence;
import dev.graft.model.HeldOut;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.preparation.BagOfWords;
import dev.graft.preparation.NumberScaling;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.ClassStatistics;
import dev.graft.statistics.UnknownRule;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import dev.graft.update.ClassRecords;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small networks with pinned weights, a few kilobytes each. */
public final class SampleModels {
    public static final Cut CUT = Cut.pooled(Pooling.MEAN_MAX_STD, "conv1");

    private static final Lineage LINEAGE =
            new Lineage("digits-cnn", "embedded", "ab12", "feature-extraction", "shapes", "cd34", 500, 7, "0.1.0");

    private SampleModels() {}

    public static TransferModel transfer(List<String> classNames) {
        return transfer(CUT, new Head.Classifier(0.25f), classNames);
    }

    /** A network of three classes with a record of them. */
    public static TransferModel recorded() {
        TransferModel model = transfer(List.of("a", "b", "c"));
        Cut cut = Cut.pooled(Pooling.MEAN, "conv1");
        int width = 32;
        Random random = new Random(6);
        float[] rows = new float[30 * width];
        int[] labels = new int[30];
        for (int i = 0; i < rows.length; i++) {
            labels[i / width] = i / width % 3;
            rows[i] = (float) (labels[i / width] + random.nextGaussian());
        }
        ClassStatistics statistics = ClassStatistics.of(rows, width, labels, 3);
        float[][] probabilities = new float[20][];
        List<Distance> distances = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            probabilities[i] = new float[] {0.5f, 0.3f, 0.2f};
            distances.add(new Distance(i % 3, 30 + i, i / 8.0));
        }
        HeldOut heldOut = new HeldOut(
                Targets.ofClasses(List.of("a", "b", "c"), Arrays.copyOf(labels, 20)),
                probabilities,
                distances,
                new HeldOut.KeptFeatures(new int[] {3, 7}, Arrays.copyOf(rows, 2 * width)));
        UnknownRule rule =
                new UnknownRule(List.of(0.6, 0.3, 0.1), List.of(1.0, 2.0, 3.0), List.of(0.5, 0.25, 0.125), 1.5);
        return model.withRecord(new ClassRecord(List.of(cut), statistics, 0.4, 2.5, heldOut, rule));
    }

    /** A network of two labels or numbers with a record of them. */
    public static TransferModel recorded(TargetKind kind) {
        Cut cut = Cut.pooled(Pooling.MEAN, "conv1");
        Architecture architecture = Architectures.named("digits-cnn");
        List<Layer> layers = Head.LogisticRegression.defaults().layers(cut.features(architecture), kind);
        List<ParameterSpec> specs = Stream.concat(
                        architecture.stagesThrough(cut.last(architecture)).stream()
                                .flatMap(stage -> stage.parameters().stream()),
                        layers.stream().flatMap(layer -> layer.parameters().stream()))
                .toList();
        int width = cut.features(architecture);
        Random random = new Random(6);
        float[] rows = new float[30 * width];
        double[] values = new double[60];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(2);
        }
        Targets targets = Targets.of(kind, values);
        Targets some = targets.subset(IntStream.range(0, 20).toArray());
        List<Distance> distances = new ArrayList<>();
        float[][] answers = new float[20][];
        for (int i = 0; i < 20; i++) {
            answers[i] = new float[] {i / 20f, 0.25f};
            distances.add(new Distance(0, 30 + i, 0));
        }
        HeldOut heldOut = new HeldOut(
                some, answers, distances, new HeldOut.KeptFeatures(new int[] {3, 7}, Arrays.copyOf(rows, 2 * width)));
        return new TransferModel(
                        List.of(ModelBranch.only(architecture, cut)),
                        Fusion.concatenation().name(),
                        "linear",
                        layers,
                        kind,
                        Initialization.HE_UNIFORM.initialize(specs, 11),
                        LINEAGE,
                        Confidence.RAW,
                        null)
                .withRecord(new ClassRecord(
                        List.of(cut), ClassRecords.statistics(rows, width, targets), 2, 0.2, 1, heldOut, null));
    }

    public static TransferModel transfer(Cut cut, Head head, List<String> classNames) {
        Architecture architecture = Architectures.named("digits-cnn");
        List<Layer> layers = head.layers(cut.features(architecture), classNames.size());
        List<ParameterSpec> specs = Stream.concat(
                        architecture.stagesThrough(cut.last(architecture)).stream()
                                .flatMap(stage -> stage.parameters().stream()),
                        layers.stream().flatMap(layer -> layer.parameters().stream()))
                .toList();
        return new TransferModel(
                architecture,
                cut,
                head.name(),
                layers,
                classNames,
                Initialization.HE_UNIFORM.initialize(specs, 11),
                LINEAGE);
    }

    /** Two classes of texts, by counted words. */
    public static TransferModel ofWords(BagOfWords words) {
        return new TransferModel(
                Tabular.architecture("bag-of-words", words),
                Cut.at(Tabular.VALUES),
                "linear",
                List.of(new Layer.Linear("head.logits", words.width(), 2)),
                List.of("a", "b"),
                WeightSet.of(Map.of(
                        "head.logits.weight", FloatTensor.of(new float[2 * words.width()], 2, words.width()),
                        "head.logits.bias", FloatTensor.of(new float[] {1, -1}, 2))),
                LINEAGE);
    }

    /** Two classes of texts by two words, whose counts are standardised by these variances. */
    public static TransferModel standardised(float variance) {
        BagOfWords words = BagOfWords.of(Map.of("good", 1.0, "bad", 1.0));
        return new TransferModel(
                Tabular.architecture("bag-of-words", words),
                Cut.at(Tabular.VALUES),
                "linear",
                List.of(new Standardization("head.scale", 2), new Layer.Linear("head.logits", 2, 2)),
                List.of("a", "b"),
                WeightSet.of(Map.of(
                        "head.scale.running_mean", FloatTensor.of(new float[2], 2),
                        "head.scale.running_var", FloatTensor.of(new float[] {variance, variance}, 2),
                        "head.logits.weight", FloatTensor.of(new float[] {1, -1, -1, 1}, 2, 2),
                        "head.logits.bias", FloatTensor.of(new float[2], 2))),
                LINEAGE);
    }

    /** Two classes of items, by one number. */
    public static TransferModel ofNumbers() {
        NumberScaling scaling = new NumberScaling(List.of("size"), List.of(2.0), List.of(4.0));
        return new TransferModel(
                List.of(new ModelBranch(
                        "size",
                        ColumnKind.NUMBER,
                        List.of("size"),
                        Tabular.architecture("size", scaling),
                        Cut.at(Tabular.VALUES))),
                "concat",
                "linear",
                List.of(new Layer.Linear("head.logits", 2, 2)),
                List.of("small", "large"),
                WeightSet.of(Map.of(
                        "head.logits.weight", FloatTensor.of(new float[] {-1, 0, 1, 0}, 2, 2),
                        "head.logits.bias", FloatTensor.of(new float[] {0, 0}, 2))),
                LINEAGE,
                Confidence.RAW);
    }

    public static Backbone backbone(List<String> classNames) {
        Architecture architecture = Architectures.named("digits-cnn").withClasses(classNames.size());
        return new Backbone(
                architecture,
                Initialization.GLOROT_UNIFORM.initialize(architecture.parameters(), 5),
                BackboneCard.of("here", "mnist")
                        .withDataDigest("00ff")
                        .withClassNames(classNames)
                        .withTestAccuracy(0.99)
                        .withTraining(3, 61.5, 42)
                        .withCommand("graft pretrain --data mnist")
                        .withLicense("CC0-1.0"));
    }
}
