package dev.graft.training;

import dev.graft.feature.Rows;
import dev.graft.feature.SparseRows;
import dev.graft.optimization.LogisticSolver.Solution;
import dev.graft.optimization.SparseMatrix;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Features and targets that a head is solved for, or measured on. */
sealed interface SolvedTable {
    /** The target of each row, as it is learned. */
    Targets targets();

    /** The logits of all rows, (rows, logits). */
    float[] logits(Solution solution);

    /** The features of all taps, joined row by row; those of one tap that are nearly all zeros stay sparse. */
    static SolvedTable of(List<Rows> parts, Targets targets) {
        return parts.size() == 1 && parts.get(0) instanceof SparseRows rows
                ? new Sparse(new SparseMatrix(rows.places(), rows.values(), rows.width()), targets)
                : Dense.of(parts, targets);
    }

    /** Rows with a number for every feature, which the solver standardises. */
    @SuppressWarnings("ArrayRecordComponent")
    record Dense(float[] features, int width, Targets targets, List<Integer> blocks) implements SolvedTable {
        static Dense of(List<Rows> parts, Targets targets) {
            int width = parts.stream().mapToInt(Rows::width).sum();
            float[] features = new float[Math.multiplyExact(targets.size(), width)];
            int start = 0;
            for (Rows part : parts) {
                for (int row = 0; row < targets.size(); row++) {
                    part.read(row, features, row * width + start);
                }
                start += part.width();
            }
            return new Dense(
                    features, width, targets, parts.stream().map(Rows::width).toList());
        }

        /** The rows of several tables of equal shape, one table after the other. */
        static Dense joined(List<Dense> tables) {
            Dense first = tables.get(0);
            int views = tables.size();
            float[] features = Arrays.copyOf(first.features, Math.multiplyExact(first.features.length, views));
            int[] repeated = IntStream.range(0, first.targets.size() * views)
                    .map(row -> row % first.targets.size())
                    .toArray();
            for (int view = 1; view < views; view++) {
                Dense other = tables.get(view);
                System.arraycopy(other.features, 0, features, view * other.features.length, other.features.length);
            }
            return new Dense(features, first.width, first.targets.subset(repeated), first.blocks);
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
            float[] some = new float[Math.multiplyExact(targets.size(), places.length)];
            for (int row = 0; row < targets.size(); row++) {
                for (int f = 0; f < places.length; f++) {
                    some[row * places.length + f] = features[row * width + places[f]];
                }
            }
            return new Dense(
                    some,
                    places.length,
                    targets,
                    chosen.stream().map(blocks::get).toList());
        }

        @Override
        public float[] logits(Solution solution) {
            int made = solution.biases().length;
            float[] logits = new float[targets.size() * made];
            for (int row = 0; row < targets.size(); row++) {
                System.arraycopy(solution.logits(features, row * width), 0, logits, row * made, made);
            }
            return logits;
        }
    }

    /** Rows of which what is not zero is kept, taken as they are. */
    @SuppressWarnings("ArrayRecordComponent")
    record Sparse(SparseMatrix rows, Targets targets) implements SolvedTable {
        @Override
        public float[] logits(Solution solution) {
            return solution.logits(rows);
        }
    }
}
