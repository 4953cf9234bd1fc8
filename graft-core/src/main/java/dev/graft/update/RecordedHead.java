package dev.graft.update;

import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.UnknownInputs;
import dev.graft.feature.Cut;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.model.ClassRecord;
import dev.graft.model.Confidence;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.optimization.CrossEntropy;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.LinearDiscriminants;
import dev.graft.statistics.ClassStatistics;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A network whose head is made of the record of its classes alone: linear discriminants on its features. */
final class RecordedHead {
    /** The head's name. */
    static final String NAME = "discriminants of the record";

    private final TransferModel model;
    private final List<String> classNames;
    private final ClassStatistics statistics;
    private final RecordedDiscriminants discriminants;
    private final ClassRecord record;
    private final float[][] heldOut;

    private RecordedHead(
            TransferModel model,
            List<String> classNames,
            ClassStatistics chosenBy,
            ClassStatistics all,
            HeldRows held) {
        this.model = model;
        this.classNames = classNames;
        this.statistics = all;
        ClassRecord old = Objects.requireNonNull(model.record());
        List<Integer> blocks = old.blocks(model.branches());
        this.discriminants = RecordedDiscriminants.choose(chosenBy, blocks, held);
        this.heldOut = CrossEntropy.probabilities(
                DiscriminantStrength.logits(discriminants.on(chosenBy), all.width(), held.rows(), 1),
                classNames.size());
        this.record = ClassRecords.of(
                old.cuts(),
                all,
                ClassDistances.of(chosenBy, blocks, ClassDistances.SHRINKAGE),
                discriminants.strength(),
                new ClassRecords.Held(held.labels(), heldOut, held.rows()));
    }

    /**
     * Chooses the discriminants by one set of statistics, and makes the head of all.
     *
     * @param chosenBy statistics that held-out examples are no part of
     * @param all the statistics with them
     */
    static RecordedHead of(
            TransferModel model,
            List<String> classNames,
            ClassStatistics chosenBy,
            ClassStatistics all,
            HeldRows held) {
        return new RecordedHead(model, classNames, chosenBy, all, held);
    }

    /** What it says of the held-out examples, (examples, classes). */
    float[][] heldOut() {
        return heldOut;
    }

    /** The network. */
    TransferModel model(Lineage lineage) {
        List<ModelBranch> branches = new ArrayList<>();
        List<Cut> cuts = record.cuts();
        for (int i = 0; i < cuts.size(); i++) {
            ModelBranch branch = model.branches().get(i);
            branches.add(new ModelBranch(
                    branch.name(), branch.kind(), branch.columns(), branch.architecture(), cuts.get(i)));
        }
        List<Layer> head = Head.LogisticRegression.defaults().layers(statistics.width(), classNames.size());
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(tensors(head));
        branches.forEach(branch -> branch.parameters()
                .forEach(spec -> tensors.put(spec.name(), model.weights().get(spec.name()))));
        Double threshold = record.heldOut() == null
                ? null
                : UnknownInputs.choose(
                        new Evaluation(
                                heldOut,
                                Objects.requireNonNull(record.heldOut()).labels(),
                                classNames),
                        UnknownInputs.ALLOWED_SHARE);
        return new TransferModel(
                branches,
                Fusion.concatenation().name(),
                NAME,
                head,
                classNames,
                WeightSet.of(tensors),
                lineage,
                new Confidence(1, threshold),
                record);
    }

    /** The discriminants as a dense layer; of two classes the difference. */
    private Map<String, FloatTensor> tensors(List<Layer> head) {
        LinearDiscriminants chosen = discriminants.on(statistics);
        int width = statistics.width();
        int logits = Head.logits(classNames.size());
        float[] weights = new float[logits * width];
        float[] biases = new float[logits];
        for (int k = 0; k < logits; k++) {
            int label = logits == 1 ? 1 : k;
            for (int f = 0; f < width; f++) {
                weights[k * width + f] = chosen.weights()[label * width + f] - (logits == 1 ? chosen.weights()[f] : 0);
            }
            biases[k] = chosen.biases()[label] - (logits == 1 ? chosen.biases()[0] : 0);
        }
        List<ParameterSpec> specs = head.get(0).parameters();
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (ParameterSpec spec : specs) {
            tensors.put(
                    spec.name(),
                    spec.name().endsWith("weight")
                            ? FloatTensor.of(weights, logits, width)
                            : FloatTensor.of(biases, logits));
        }
        return tensors;
    }
}
