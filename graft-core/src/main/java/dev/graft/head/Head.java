package dev.graft.head;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.Relu;
import dev.graft.optimization.DiscriminantSolver;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The new last part of a network: from the features at the cut to logits for the target's classes. Its tensors are
 * named {@code head.<layer>.weight} and {@code head.<layer>.bias}.
 *
 * <p>Two classes take one logit, whose sigmoid is the second class's probability; more take one logit each, with a
 * softmax.
 */
public sealed interface Head {
    /** The prefix of the names of all heads' tensors. */
    String PREFIX = "head.";

    /** The head's name in options and results. */
    String name();

    /** Its layers, for so many features and outputs. */
    List<Layer> layersOf(int features, int outputs);

    /** Its layers, for so many features and classes. */
    default List<Layer> layers(int features, int classes) {
        return layersOf(features, logits(classes));
    }

    /** Its layers, for so many features and a kind of target. */
    default List<Layer> layers(int features, TargetKind kind) {
        return kind.isOneOfNames() ? layers(features, kind.names().size()) : layersOf(features, kind.outputs());
    }

    /**
     * The head as it can be for a kind of target: of numbers a linear head is a ridge regression, of classes and labels a logistic one.
     *
     * @throws SettingsException if it tells classes apart, and there are none
     */
    default Head forTargets(TargetKind kind) {
        return this;
    }

    /** The number of logits for so many classes. */
    static int logits(int classes) {
        if (classes < 2) {
            throw new SettingsException(
                    Problem.of("A classifier needs at least two classes.").found(classes));
        }
        return classes == 2 ? 1 : classes;
    }

    /**
     * One hidden layer: dense, relu, dropout, dense.
     *
     * @param hidden width of the hidden layer
     * @param dropout dropout rate before the last layer, 0 to below 1
     */
    record Mlp(int hidden, float dropout) implements Head {
        /** Checks the ranges. */
        public Mlp {
            if (hidden < 1) {
                throw new SettingsException(Problem.of("A head's hidden layer must have at least one unit.")
                        .found(hidden));
            }
            checkDropout(dropout);
        }

        /** The worked example's head: 32 units, dropout 0.3. */
        public static Mlp defaults() {
            return new Mlp(32, 0.3f);
        }

        @Override
        public String name() {
            return "mlp";
        }

        @Override
        public List<Layer> layersOf(int features, int outputs) {
            return List.of(
                    new Linear(PREFIX + "hidden", features, hidden),
                    new Relu(),
                    new Dropout(dropout),
                    new Linear(PREFIX + "logits", hidden, outputs));
        }
    }

    /**
     * Dropout and one dense layer, trained with the rest by gradient steps: the shape of most networks' own classifier.
     *
     * @param dropout dropout rate before the layer, 0 to below 1
     */
    record Classifier(float dropout) implements Head {
        /** Checks the range. */
        public Classifier {
            checkDropout(dropout);
        }

        @Override
        public String name() {
            return "linear";
        }

        @Override
        public List<Layer> layersOf(int features, int outputs) {
            Linear logits = new Linear(PREFIX + "logits", features, outputs);
            return dropout == 0 ? List.of(logits) : List.of(new Dropout(dropout), logits);
        }
    }

    /**
     * One dense layer that is solved on standardised features while the whole backbone is frozen, rather than trained for some
     * epochs; the standardisation is folded into the layer afterwards, so that it is an ordinary dense layer from then on.
     */
    sealed interface Solved extends Head {
        @Override
        default List<Layer> layersOf(int features, int outputs) {
            return List.of(new Linear(PREFIX + "logits", features, outputs));
        }

        @Override
        Solved forTargets(TargetKind kind);
    }

    /** A linear model whose coefficients are held small by a penalty on their squares. */
    sealed interface Regression extends Solved {
        /** Weight of the squared norm of the coefficients; null if cross-validation on the training examples chooses it. */
        @Nullable
        Double penalty();

        /** Whether each stage of the cut counts the same, however many features it has, and a row's expected squared length is 1. */
        boolean stagesEqual();

        @Override
        default Solved forTargets(TargetKind kind) {
            return kind instanceof Numbers
                    ? new Ridge(penalty(), stagesEqual())
                    : new LogisticRegression(penalty(), stagesEqual());
        }
    }

    private static void checkPenalty(@Nullable Double penalty) {
        if (penalty != null && (!(penalty > 0) || Double.isInfinite(penalty))) {
            throw new SettingsException(Problem.of("A regression's penalty must be a positive number.")
                    .found(penalty));
        }
    }

    /**
     * Multinomial logistic regression; of several labels one logistic regression each.
     *
     * @param penalty weight of the squared norm of the coefficients, in the sum over the examples of the
     *     cross-entropy: {@code sum(crossEntropy) + penalty / 2 * |w|²}; positive. If it is null, cross-validation on the
     *     training examples chooses it
     * @param stagesEqual whether each stage of the cut counts the same, however many features it has, and a row's expected squared
     *     length is 1
     */
    record LogisticRegression(@Nullable Double penalty, boolean stagesEqual) implements Regression {
        /** Checks the range. */
        public LogisticRegression {
            checkPenalty(penalty);
        }

        /** The penalty is chosen, each stage counts the same. */
        public static LogisticRegression defaults() {
            return new LogisticRegression(null, true);
        }

        @Override
        public String name() {
            return "logistic-regression";
        }
    }

    /**
     * Ridge regression on standardised numbers, or, where another loss than the squared one is asked for, a linear model of that loss with the
     * penalty of ridge regression.
     *
     * @param penalty weight of the squared norm of the coefficients, in the sum over the examples of half the squared error: {@code
     *     sum(error²) / 2 + penalty / 2 * |w|²}; positive. If it is null, cross-validation on the training examples chooses it
     * @param stagesEqual whether each stage of the cut counts the same, however many features it has, and a row's expected squared
     *     length is 1
     */
    record Ridge(@Nullable Double penalty, boolean stagesEqual) implements Regression {
        /** Checks the range. */
        public Ridge {
            checkPenalty(penalty);
        }

        @Override
        public String name() {
            return "ridge-regression";
        }
    }

    /**
     * Linear discriminant analysis with a shrunken covariance ({@link dev.graft.optimization.DiscriminantSolver}), each stage of the cut
     * counting the same: strong with few examples of many classes.
     *
     * @param strength shrinkage and temperature; null if cross-validation on the training examples chooses them
     */
    record Discriminant(@Nullable Strength strength) implements Solved {
        /**
         * How strongly the covariance is shrunken, and what the logits are multiplied by.
         *
         * @param shrinkage above 0, at most 1
         * @param temperature positive
         */
        public record Strength(double shrinkage, double temperature) {
            /** Checks the ranges. */
            public Strength {
                DiscriminantSolver.requireShrinkage(shrinkage);
                if (!(temperature > 0) || Double.isInfinite(temperature)) {
                    throw new SettingsException(Problem.of("A temperature must be a positive number.")
                            .found(temperature));
                }
            }
        }

        /** Shrinkage and temperature are chosen. */
        public static Discriminant defaults() {
            return new Discriminant(null);
        }

        @Override
        public String name() {
            return "discriminant-analysis";
        }

        @Override
        public Solved forTargets(TargetKind kind) {
            if (!kind.isOneOfNames()) {
                throw new SettingsException(Problem.of("Discriminant analysis tells classes apart.")
                        .expected("one class or grade for each example")
                        .found("the task " + kind.task())
                        .fix("use another head, such as a regression"));
            }
            return this;
        }
    }

    /**
     * Several solved heads on parts of the features, whose logits are averaged; since all of them are linear, the average is one dense
     * layer again.
     *
     * @param members at least one
     */
    record Ensemble(List<Member> members) implements Solved {
        /**
         * One head.
         *
         * @param blocks the places of the cut that it takes its features of, counted in the network's order, from 0
         * @param head the head
         * @param weight its share in the average, positive; all members' add up to 1
         */
        public record Member(List<Integer> blocks, Solved head, double weight) {
            /** Copies the list. */
            public Member {
                blocks = List.copyOf(blocks);
            }
        }

        /** Copies and checks. */
        public Ensemble {
            members = List.copyOf(members);
            double sum = members.stream().mapToDouble(Member::weight).sum();
            if (Math.abs(sum - 1) > 1e-6 || members.stream().anyMatch(member -> !(member.weight() > 0))) {
                throw new SettingsException(Problem.of("The members of an ensemble have other weights.")
                        .expected("positive weights that add up to 1")
                        .found(members.stream().map(Member::weight).toList()));
            }
        }

        @Override
        public String name() {
            return "ensemble of " + members.size();
        }

        @Override
        public Solved forTargets(TargetKind kind) {
            return new Ensemble(members.stream()
                    .map(one -> new Member(one.blocks(), one.head().forTargets(kind), one.weight()))
                    .toList());
        }
    }

    /**
     * The architecture's own classifier, under its own names: what pretraining trains.
     *
     * @param own its layers; the last one makes a logit for each class
     */
    record Own(List<Layer> own) implements Head {
        /** Copies the list. */
        public Own {
            own = List.copyOf(own);
        }

        @Override
        public String name() {
            return "own";
        }

        @Override
        public List<Layer> layersOf(int features, int outputs) {
            return layers(features, outputs);
        }

        @Override
        public List<Layer> layers(int features, int classes) {
            int made = Layer.outputShape(own, ActivationShape.vector(features)).elements();
            if (made != classes) {
                throw new SettingsException(Problem.of("A network's own classifier has another number of classes.")
                        .expected(classes)
                        .found(made));
            }
            return own;
        }
    }

    private static void checkDropout(float dropout) {
        if (!(dropout >= 0 && dropout < 1)) {
            throw new SettingsException(
                    Problem.of("A dropout rate must be at least 0 and below 1.").found(dropout));
        }
    }
}
