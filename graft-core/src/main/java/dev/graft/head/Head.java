package dev.graft.head;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.Relu;
import java.util.List;

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

    /** Its layers, for so many features and classes. */
    List<Layer> layers(int features, int classes);

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
        public List<Layer> layers(int features, int classes) {
            return List.of(
                    new Linear(PREFIX + "hidden", features, hidden),
                    new Relu(),
                    new Dropout(dropout),
                    new Linear(PREFIX + "logits", hidden, logits(classes)));
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
        public List<Layer> layers(int features, int classes) {
            Linear logits = new Linear(PREFIX + "logits", features, logits(classes));
            return dropout == 0 ? List.of(logits) : List.of(new Dropout(dropout), logits);
        }
    }

    /**
     * Multinomial logistic regression on standardised features. While the whole backbone is frozen it is solved to
     * convergence rather than trained for some epochs; the standardisation is folded into the layer afterwards, so
     * that it is an ordinary dense layer from then on.
     *
     * @param penalty weight of the squared norm of the coefficients, in the sum over the examples of the
     *     cross-entropy: {@code sum(crossEntropy) + penalty / 2 * |w|²}; positive
     * @param stagesEqual whether each stage of the cut counts the same, however many features it has
     */
    record LogisticRegression(double penalty, boolean stagesEqual) implements Head {
        /** Checks the range. */
        public LogisticRegression {
            if (!(penalty > 0) || Double.isInfinite(penalty)) {
                throw new SettingsException(Problem.of("A logistic regression's penalty must be a positive number.")
                        .found(penalty));
            }
        }

        /** Penalty 1, the default of the common libraries. */
        public static LogisticRegression defaults() {
            return new LogisticRegression(1.0, false);
        }

        @Override
        public String name() {
            return "logistic-regression";
        }

        @Override
        public List<Layer> layers(int features, int classes) {
            return List.of(new Linear(PREFIX + "logits", features, logits(classes)));
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
