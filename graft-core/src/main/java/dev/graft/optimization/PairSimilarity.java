package dev.graft.optimization;

import java.util.Arrays;

/**
 * The squared error of the cosine similarity of pairs, with its gradient: two examples of one class should have similarity 1, two
 * of different classes 0. This is the loss with which SetFit trains a sentence encoder (Tunstall et al. 2022, arXiv 2209.11055),
 * after the regression objective of Sentence-BERT (Reimers and Gurevych 2019, arXiv 1908.10084, section 3).
 *
 * <p>SetFit draws pairs and encodes both texts of each. Here each example of a batch is encoded once and all pairs of the batch
 * are compared, as is usual for losses on a batch's similarities (Khosla et al. 2020, arXiv 2004.11362): n encodings give
 * n (n - 1) / 2 pairs instead of n / 2. As SetFit draws as many pairs of one kind as of the other, the pairs of one class count
 * as much together as the pairs of two classes; if a batch has only one kind, that kind is all.
 *
 * <p>Computed in float64 from the engine's float32 features.
 */
public final class PairSimilarity {
    // As in PyTorch's cosine_similarity.
    private static final double LEAST_NORM = 1e-8;

    private final double[][] units;
    private final double[] norms;
    private final int[] labels;
    private final float[] classWeights;
    private double sameWeight;
    private double otherWeight;

    private PairSimilarity(float[] features, int width, int[] labels, float[] classWeights) {
        this.labels = labels;
        this.classWeights = classWeights;
        this.units = new double[labels.length][width];
        this.norms = new double[labels.length];
        for (int row = 0; row < labels.length; row++) {
            double[] unit = units[row];
            for (int k = 0; k < width; k++) {
                unit[k] = features[row * width + k];
            }
            norms[row] = Math.max(Math.sqrt(product(unit, unit)), LEAST_NORM);
            for (int k = 0; k < width; k++) {
                unit[k] /= norms[row];
            }
        }
        weighPairs();
    }

    /**
     * Measures a batch, and writes the gradient of its loss if asked for.
     *
     * @param features (batch, width), row after row
     * @param width values of one example
     * @param labels the label of each row
     * @param classWeights how much an example of each class counts, a pair as the product of both; empty if all count 1. Only the
     *     gradient depends on them
     * @param gradient receives (batch, width) values; empty if no gradient is wanted
     * @return the loss, 0 for a single example, times the number of examples, so that epochs can be averaged over examples; and
     *     how many examples have one of their own class as the most similar of the batch
     */
    public static CrossEntropy.Outcome measure(
            float[] features, int width, int[] labels, float[] classWeights, float[] gradient) {
        PairSimilarity plain = new PairSimilarity(features, width, labels, new float[0]);
        if (gradient.length > 0) {
            PairSimilarity weighted =
                    classWeights.length == 0 ? plain : new PairSimilarity(features, width, labels, classWeights);
            weighted.writeGradient(gradient, width);
        }
        return plain.outcome();
    }

    /** Makes the weights of the pairs of one class add up to a half, and those of two classes. */
    private void weighPairs() {
        double same = 0;
        double other = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < i; j++) {
                if (labels[i] == labels[j]) {
                    same += ofClasses(i, j);
                } else {
                    other += ofClasses(i, j);
                }
            }
        }
        double share = same > 0 && other > 0 ? 0.5 : 1;
        sameWeight = same > 0 ? share / same : 0;
        otherWeight = other > 0 ? share / other : 0;
    }

    private double ofClasses(int i, int j) {
        return classWeights.length == 0 ? 1 : (double) classWeights[labels[i]] * classWeights[labels[j]];
    }

    private double weight(int i, int j) {
        return ofClasses(i, j) * (labels[i] == labels[j] ? sameWeight : otherWeight);
    }

    private double error(int i, int j) {
        return product(units[i], units[j]) - (labels[i] == labels[j] ? 1 : 0);
    }

    private CrossEntropy.Outcome outcome() {
        double loss = 0;
        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            double most = Double.NEGATIVE_INFINITY;
            boolean own = false;
            for (int j = 0; j < labels.length; j++) {
                if (j == i) {
                    continue;
                }
                double error = error(i, j);
                double similarity = error + (labels[i] == labels[j] ? 1 : 0);
                if (similarity > most) {
                    most = similarity;
                    own = labels[i] == labels[j];
                }
                if (j < i) {
                    loss += weight(i, j) * error * error;
                }
            }
            correct += own ? 1 : 0;
        }
        return new CrossEntropy.Outcome(loss * labels.length, correct);
    }

    private void writeGradient(float[] gradient, int width) {
        double[] atUnit = new double[width];
        for (int i = 0; i < labels.length; i++) {
            Arrays.fill(atUnit, 0);
            for (int j = 0; j < labels.length; j++) {
                if (j != i) {
                    double slope = 2 * weight(i, j) * error(i, j);
                    for (int k = 0; k < width; k++) {
                        atUnit[k] += slope * units[j][k];
                    }
                }
            }
            // The length of a vector does not matter: what points along it has no effect.
            double along = product(atUnit, units[i]);
            for (int k = 0; k < width; k++) {
                gradient[i * width + k] = (float) ((atUnit[k] - along * units[i][k]) / norms[i]);
            }
        }
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
