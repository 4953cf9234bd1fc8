package dev.graft.training;

import dev.graft.feature.Rows;
import dev.graft.feature.SparseRows;
import dev.graft.optimization.LogisticSolver.Solution;
import dev.graft.optimization.SparseMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Features and labels that a head is solved for, or measured on. */
sealed interface SolvedTable {
    /** The label of each row. */
    int[] labels();

    /** The logits of all rows, (rows, logits). */
    float[] logits(Solution solution);

    /** The features of all taps, joined row by row; those of one tap that are nearly all zeros stay sparse. */
    static SolvedTable of(List<Rows> parts, int[] labels) {
        return parts.size() == 1 && parts.get(0) instanceof SparseRows rows
                ? new Sparse(new SparseMatrix(rows.places(), rows.values(), rows.width()), labels)
                : Dense.of(parts, labels);
    }

    /** Rows with a number for every feature, which the solver standardises. */
    @SuppressWarnings("ArrayRecordComponent")
    record Dense(float[] features, int width, int[] labels, List<Integer> blocks) implements SolvedTable {
        static Dense of(List<Rows> parts, int[] labels) {
            int width = parts.stream().mapToInt(Rows::width).sum();
            float[] features = new float[Math.multiplyExact(labels.length, width)];
            int start = 0;
            for (Rows part : parts) {
                for (int row = 0; row < labels.length; row++) {
                    part.read(row, features, row * width + start);
                }
                start += part.width();
            }
            return new Dense(
                    features, width, labels, parts.stream().map(Rows::width).toList());
        }

        /** The rows of several tables of equal shape, one table after the other. */
        static Dense joined(List<Dense> tables) {
            Dense first = tables.get(0);
            int views = tables.size();
            float[] features = Arrays.copyOf(first.features, Math.multiplyExact(first.features.length, views));
            int[] labels = Arrays.copyOf(first.labels, first.labels.length * views);
            for (int view = 1; view < views; view++) {
                Dense other = tables.get(view);
                System.arraycopy(other.features, 0, features, view * other.features.length, other.features.length);
                System.arraycopy(other.labels, 0, labels, view * other.labels.length, other.labels.length);
            }
            return new Dense(features, first.width, labels, first.blocks);
        }

        /** Where the features of some blocks stand in a row, one block after the other. */
        int[] places(List<Integer> chosen) {
            return chosen.stream()
                    .flatMapToInt(block -> {
                        int start = blocks.subList(0, block).stream()
                                .mapToInt(Integer::intValue)
                                .sum();
                        return IntStream.range(start, start + blocks.get(block));
                    })
                    .toArray();
        }

        /** The rows with the features of some blocks alone. */
        Dense blocks(List<Integer> chosen) {
            int[] places = places(chosen);
            if (places.length == width) {
                return this;
            }
            float[] some = new float[Math.multiplyExact(labels.length, places.length)];
            for (int row = 0; row < labels.length; row++) {
                for (int f = 0; f < places.length; f++) {
                    some[row * places.length + f] = features[row * width + places[f]];
                }
            }
            return new Dense(
                    some,
                    places.length,
                    labels,
                    chosen.stream().map(blocks::get).toList());
        }

        @Override
        public float[] logits(Solution solution) {
            int made = solution.biases().length;
            float[] logits = new float[labels.length * made];
            for (int row = 0; row < labels.length; row++) {
                System.arraycopy(solution.logits(features, row * width), 0, logits, row * made, made);
            }
            return logits;
        }
    }

    /** Rows of which what is not zero is kept, taken as they are. */
    @SuppressWarnings("ArrayRecordComponent")
    record Sparse(SparseMatrix rows, int[] labels) implements SolvedTable {
        @Override
        public float[] logits(Solution solution) {
            return solution.logits(rows);
        }
    }
}
