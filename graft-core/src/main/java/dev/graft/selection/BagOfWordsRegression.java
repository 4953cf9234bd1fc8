package dev.graft.selection;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.backbone.Tabular;
import dev.graft.data.Folds;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.feature.SparseRows;
import dev.graft.head.Head;
import dev.graft.optimization.LogisticSolver;
import dev.graft.optimization.NumberLoss;
import dev.graft.optimization.RowLosses;
import dev.graft.optimization.SparseMatrix;
import dev.graft.optimization.TargetLoss;
import dev.graft.optimization.TrainingSettings;
import dev.graft.preparation.BagOfWords;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.targets.TargetScale;
import dev.graft.targets.Targets;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.Map;

/**
 * No transfer at all: logistic regression on the counted words of the target's own texts. What a pretrained network must beat
 * to be worth its size. The penalty is chosen by cross-validation on the training texts.
 */
public record BagOfWordsRegression() implements Approach {
    /** The name in options and results. */
    public static final String NAME = "bag-of-words";

    private static final int FOLDS = 5;
    private static final double[] PENALTIES = {3, 1, 0.3, 0.1, 0.03, 0.01};

    /** For so few texts that they cannot be divided. */
    private static final double USUAL_PENALTY = 0.1;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBackbones() {
        return false;
    }

    @Override
    public void requireUsable(LabeledExamples train) {
        texts(train);
    }

    private static LabeledTexts texts(LabeledExamples train) {
        if (train instanceof LabeledTexts texts) {
            return texts;
        }
        throw new SettingsException(Problem.of("Only texts have words to count.")
                .where(NAME)
                .expected("labelled texts")
                .found("'" + train.name() + "', which holds none")
                .fix("leave " + NAME + " out"));
    }

    @Override
    public Transferred run(TransferTask task) {
        LabeledTexts train = texts(task.train());
        BagOfWords words = BagOfWords.of(train);
        Architecture architecture = Tabular.architecture(NAME, words);
        Backbone counted = new Backbone(architecture, WeightSet.of(Map.of()), card(train));
        double penalty =
                penalty(SparseRows.of(train, words), train, task.settings().seed());
        FeatureExtraction strategy =
                new FeatureExtraction(NAME, Cut.at(Tabular.VALUES), new Head.LogisticRegression(penalty, false));
        TrainingSettings settings =
                TrainingSettings.defaults().withSeed(task.settings().seed());
        NetworkTraining learning = Trials.learning(task, train, counted, strategy, settings);
        if (task.validation() != null) {
            learning.validation(task.validation());
        }
        return new Transferred(task.last().apply(learning).run(), List.of(Branch.only(counted)), null);
    }

    private static BackboneCard card(LabeledTexts train) {
        return BackboneCard.of("here", train.name()).withDataDigest(train.digest());
    }

    /** The one whose held-out loss is lowest. */
    private static double penalty(SparseRows rows, LabeledExamples train, long seed) {
        if (train.size() < 2 * FOLDS) {
            return USUAL_PENALTY;
        }
        Targets targets = TargetScale.of(train.targets()).standardised(train.targets());
        List<int[]> folds = Folds.of(targets, FOLDS, seed);
        double best = USUAL_PENALTY;
        double lowest = Double.POSITIVE_INFINITY;
        for (double penalty : PENALTIES) {
            double loss = 0;
            for (int[] held : folds) {
                int[] others = Partition.others(targets.size(), held);
                LogisticSolver.Solution solution = LogisticSolver.solveAsIs(
                        matrix(rows.subset(others)), RowLosses.of(targets.subset(others), new float[0]), penalty);
                loss += TargetLoss.measure(
                                solution.logits(matrix(rows.subset(held))),
                                targets.kind().outputs(),
                                targets.subset(held),
                                NumberLoss.SQUARED)
                        .lossSum();
            }
            if (loss < lowest) {
                lowest = loss;
                best = penalty;
            }
        }
        return best;
    }

    private static SparseMatrix matrix(SparseRows rows) {
        return new SparseMatrix(rows.places(), rows.values(), rows.width());
    }
}
