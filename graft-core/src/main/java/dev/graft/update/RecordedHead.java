package dev.graft.update;

import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.LabelThresholds;
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
import dev.graft.optimization.Answers;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.LinearFunctions;
import dev.graft.statistics.ClassStatistics;
import dev.graft.targets.LabelSet;
import dev.graft.targets.NumberErrors;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network whose last layer is made of its record alone: linear functions of the recorded features, chosen on held-out examples and
 * solved from the statistics of all.
 */
final class RecordedHead {
    private final TransferModel model;
    private final TargetKind kind;
    private final ClassStatistics statistics;
    private final RecordedFunctions functions;
    private final ClassRecord record;
    private final Evaluation heldOut;

    private RecordedHead(
            TransferModel model, TargetKind kind, ClassStatistics chosenBy, ClassStatistics all, HeldRows held) {
        this.model = model;
        this.kind = kind;
        this.statistics = all;
        ClassRecord old = Objects.requireNonNull(model.record());
        List<Integer> blocks = old.blocks(model.branches());
        this.functions = kind.isOneOfNames()
                ? RecordedDiscriminants.choose(chosenBy, blocks, held)
                : RecordedRegression.choose(chosenBy, blocks, held);
        float[] outputs = functions.on(chosenBy).of(held.rows(), 1);
        Evaluation said = new Evaluation(Answers.of(kind, outputs, kind.names().size()), held.targets());
        this.heldOut = said.withDecision(LabelThresholds.choose(said));
        int targets = ClassRecords.targets(kind);
        this.record = ClassRecords.of(
                old.cuts(),
                all,
                targets,
                ClassDistances.of(chosenBy, blocks, targets, ClassDistances.SHRINKAGE),
                functions.strength(),
                new ClassRecords.Held(held.targets(), heldOut.answers(), held.rows()));
    }

    /**
     * Chooses the functions by one set of statistics, and makes the head of all.
     *
     * @param kind what the network tells from now on
     * @param chosenBy statistics that held-out examples are no part of
     * @param all the statistics with them
     */
    static RecordedHead of(
            TransferModel model, TargetKind kind, ClassStatistics chosenBy, ClassStatistics all, HeldRows held) {
        return new RecordedHead(model, kind, chosenBy, all, held);
    }

    /** What it says of the held-out examples, as far as it was chosen without them. */
    Evaluation heldOut() {
        return heldOut;
    }

    /** Its name. */
    String name() {
        return functions.name();
    }

    /** Whether a network's head was made so. */
    boolean isHeadOf(TransferModel other) {
        return other.headName().equals(functions.name());
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
        List<Layer> head = Head.LogisticRegression.defaults().layers(record.features(), kind);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(tensors(head));
        branches.forEach(branch -> branch.parameters()
                .forEach(spec -> tensors.put(spec.name(), model.weights().get(spec.name()))));
        return new TransferModel(
                branches,
                Fusion.concatenation().name(),
                functions.name(),
                head,
                kind,
                WeightSet.of(tensors),
                lineage,
                confidence(),
                record);
    }

    /** Classes are refused, labels said and numbers given their intervals by what was said of the held-out examples. */
    private Confidence confidence() {
        if (record.heldOut() == null) {
            return Confidence.RAW;
        }
        if (kind instanceof LabelSet) {
            return Confidence.RAW.withDecision(heldOut.decision());
        } else if (kind instanceof Numbers) {
            return Confidence.RAW.withErrors(NumberErrors.of(heldOut.answers(), heldOut.targets()));
        }
        return new Confidence(1, UnknownInputs.choose(heldOut, UnknownInputs.ALLOWED_SHARE));
    }

    /** The functions as a dense layer; of two classes the difference. */
    private Map<String, FloatTensor> tensors(List<Layer> head) {
        LinearFunctions chosen = functions.on(statistics);
        int width = record.features();
        int logits = kind.isOneOfNames() ? Head.logits(kind.names().size()) : kind.outputs();
        boolean difference = kind.isOneOfNames() && logits == 1;
        float[] weights = new float[logits * width];
        float[] biases = new float[logits];
        for (int k = 0; k < logits; k++) {
            int label = difference ? 1 : k;
            for (int f = 0; f < width; f++) {
                weights[k * width + f] = chosen.weights()[label * width + f] - (difference ? chosen.weights()[f] : 0);
            }
            biases[k] = chosen.biases()[label] - (difference ? chosen.biases()[0] : 0);
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
