package dev.graft.transferability;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

/**
 * The eigenvalues of a symmetric matrix, and how its eigenvectors lie to some vectors. The eigenvectors themselves are never
 * made: every rotation is applied to the vectors instead, which are few, so that the matrix is paid for once, to bring it to
 * three diagonals. From there by QL with implicit shifts (Bowdler, Martin, Reinsch and Wilkinson 1968; Golub and Van Loan,
 * section 8.3).
 */
final class SymmetricSpectrum {
    private static final int MOST_SWEEPS = 60;
    /** A value takes two or three; more are in vain where all around is rounding, as in a matrix of low rank. */
    private static final int PATIENT_SWEEPS = 30;

    private final double[] values;
    private final double[][] projections;
    /** Beside the diagonal: {@code beside[i]} couples {@code i} and {@code i + 1}. */
    private final double[] beside;

    /** Lets the factors of its reflections be seen. */
    private static final class Reflections extends TridiagonalDecompositionHouseholder_DDRM {
        double factor(int index) {
            return gammas[index];
        }
    }

    /**
     * Decomposes.
     *
     * @param matrix (size, size), symmetric; overwritten
     * @param vectors each (size)
     */
    SymmetricSpectrum(double[] matrix, int size, double[][] vectors) {
        projections = new double[vectors.length][];
        for (int k = 0; k < vectors.length; k++) {
            projections[k] = vectors[k].clone();
        }
        values = new double[size];
        beside = new double[size];
        if (size == 1) {
            values[0] = matrix[0];
            return;
        }
        Reflections reflections = new Reflections();
        if (!reflections.decompose(DMatrixRMaj.wrap(size, size, matrix))) {
            throw new AssertionError("a symmetric matrix of finite numbers has three diagonals");
        }
        reflections.getDiagonal(values, beside);
        beside[size - 1] = 0;
        DMatrixRMaj rows = reflections.getQT();
        double[] mirror = new double[size];
        for (int j = 0; j + 1 < size; j++) {
            Arrays.fill(mirror, 0, j + 1, 0);
            mirror[j + 1] = 1;
            for (int i = j + 2; i < size; i++) {
                mirror[i] = rows.get(j, i);
            }
            for (double[] vector : projections) {
                reflect(vector, mirror, reflections.factor(j + 1), j + 1);
            }
        }
        double rounding = Math.ulp(largest());
        for (int first = 0; first < size; first++) {
            isolate(first, rounding);
        }
    }

    /** The largest entry of the three diagonals, in absolute terms. */
    private double largest() {
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            largest = Math.max(largest, Math.max(Math.abs(values[i]), Math.abs(beside[i])));
        }
        return largest;
    }

    /** The eigenvalues, in no order. */
    double[] values() {
        return values;
    }

    /** For each vector its products with the eigenvectors, in the order of the values: (vectors, size). */
    double[][] projections() {
        return projections;
    }

    private static void reflect(double[] vector, double[] mirror, double factor, int from) {
        double product = 0;
        for (int i = from; i < vector.length; i++) {
            product += mirror[i] * vector[i];
        }
        for (int i = from; i < vector.length; i++) {
            vector[i] -= factor * product * mirror[i];
        }
    }

    /** Rotates until nothing couples the value at {@code first} to those behind it. */
    private void isolate(int first, double rounding) {
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            double least = sweep < PATIENT_SWEEPS ? 0 : rounding;
            int last = first;
            while (last + 1 < values.length && !negligible(last, least)) {
                last++;
            }
            if (last == first) {
                return;
            }
            sweep(first, last);
        }
        throw new AssertionError("a symmetric matrix of finite numbers has eigenvalues");
    }

    private boolean negligible(int index, double least) {
        double around = Math.abs(values[index]) + Math.abs(values[index + 1]);
        return Math.abs(beside[index]) <= Math.max(least, Math.ulp(around));
    }

    /** One sweep of rotations over the block from {@code first} to {@code last}, shifted by an eigenvalue near its corner. */
    private void sweep(int first, int last) {
        double half = (values[first + 1] - values[first]) / (2 * beside[first]);
        double shift = values[first] - beside[first] / (half + Math.copySign(Math.hypot(half, 1), half));
        double lead = values[last] - shift;
        double sine = 1;
        double cosine = 1;
        double moved = 0;
        for (int i = last - 1; i >= first; i--) {
            double bulge = sine * beside[i];
            double kept = cosine * beside[i];
            double length = Math.hypot(bulge, lead);
            beside[i + 1] = length;
            if (length == 0) {
                // The block falls apart here by itself.
                values[i + 1] -= moved;
                beside[last] = 0;
                return;
            }
            sine = bulge / length;
            cosine = lead / length;
            double value = values[i + 1] - moved;
            double mixed = (values[i] - value) * sine + 2 * cosine * kept;
            moved = sine * mixed;
            values[i + 1] = value + moved;
            lead = cosine * mixed - kept;
            for (double[] vector : projections) {
                double upper = vector[i + 1];
                vector[i + 1] = sine * vector[i] + cosine * upper;
                vector[i] = cosine * vector[i] - sine * upper;
            }
        }
        values[first] -= moved;
        beside[first] = lead;
        beside[last] = 0;
    }
}
