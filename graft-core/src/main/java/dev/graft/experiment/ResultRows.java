package dev.graft.experiment;

import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.result.CurvePoint;
import dev.graft.result.Difference;
import dev.graft.result.Interval;
import dev.graft.result.PredictionResult;
import dev.graft.result.StrategyResult;
import dev.graft.strategy.FromScratch;
import dev.graft.training.TransferResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Turns measurements into the rows of the results. */
final class ResultRows {
    private ResultRows() {}

    /** The row of one strategy, from its measurements on all training data, one for each seed. */
    static StrategyResult of(List<Measurement> rows, List<Measurement> all, int samples, int galleryImages) {
        Measurement first = rows.get(0);
        TrainedNetwork network = TrainedNetwork.of(result(first))
                .withSeconds(mean(rows, row -> result(row).featureSeconds()), mean(rows, row -> result(row)
                        .trainSeconds()));
        return of(
                        first.strategy(),
                        network,
                        rows.stream().map(row -> test(row)).toList(),
                        againstScratch(rows, Measurement.of(all, FromScratch.NAME, samples)),
                        galleryImages)
                .withSelection(first.selection());
    }

    /**
     * The row of one strategy.
     *
     * @param network the network of the first seed
     * @param tests the measurements on the test data, one for each seed
     */
    static StrategyResult of(
            String strategy,
            TrainedNetwork network,
            List<Evaluation> tests,
            @Nullable Difference againstScratch,
            int galleryImages) {
        Evaluation test = tests.get(0);
        double[] accuracies = tests.stream().mapToDouble(Evaluation::score).toArray();
        StrategyResult.Score score = new StrategyResult.Score(
                Arrays.stream(accuracies).average().orElseThrow(),
                tests.stream().mapToDouble(Evaluation::loss).average().orElseThrow(),
                interval(tests),
                same(accuracies) ? TargetMeasures.intervalMethod(test.kind()) : "student-t over seeds",
                Arrays.stream(accuracies).boxed().toList());
        StrategyResult.Cost cost = new StrategyResult.Cost(
                network.history().size(),
                network.featureSeconds(),
                network.trainSeconds(),
                network.trainableParameters(),
                network.totalParameters());
        return new StrategyResult(
                        new StrategyResult.Description(strategy, network.cut(), network.pooling(), network.head()),
                        score,
                        cost,
                        new StrategyResult.FirstSeed(
                                network.summary(),
                                network.history(),
                                test.classification(),
                                gallery(test, galleryImages),
                                TargetResults.of(test, tests.size() == 1 ? score.interval() : null, null)))
                .withAgainstScratch(againstScratch);
    }

    /** One point for each size and strategy. */
    static List<CurvePoint> curve(List<Measurement> all) {
        Set<String> strategies = new LinkedHashSet<>();
        Set<Integer> sizes = new TreeSet<>();
        all.forEach(one -> {
            strategies.add(one.strategy());
            sizes.add(one.samples());
        });
        List<CurvePoint> points = new ArrayList<>();
        for (int size : sizes) {
            for (String strategy : strategies) {
                List<Measurement> rows = Measurement.of(all, strategy, size);
                double[] accuracies = Measurement.curveAccuracies(rows);
                points.add(new CurvePoint(
                        size,
                        strategy,
                        Arrays.stream(accuracies).average().orElseThrow(),
                        interval(rows.stream().map(Measurement::curve).toList()),
                        rows.size(),
                        Arrays.stream(accuracies).boxed().toList()));
            }
        }
        return points;
    }

    /**
     * Student's t over the seeds. Where there is one seed, or all gave the same accuracy, which would make that interval
     * a point: Wilson's over all test examples.
     */
    private static Interval interval(List<Evaluation> evaluations) {
        double[] accuracies =
                evaluations.stream().mapToDouble(Evaluation::score).toArray();
        return same(accuracies)
                ? TargetMeasures.overExamples(evaluations)
                : TargetMeasures.overSeeds(evaluations.get(0).kind(), accuracies);
    }

    private static boolean same(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    private static @Nullable Difference againstScratch(List<Measurement> rows, List<Measurement> scratch) {
        if (scratch.isEmpty() || rows.get(0).strategy().equals(FromScratch.NAME)) {
            return null;
        }
        if (rows.size() == 1) {
            return TargetMeasures.difference(test(rows.get(0)), test(scratch.get(0)));
        }
        return TargetMeasures.differenceOverSeeds(
                test(rows.get(0)).kind(),
                rows.stream().mapToDouble(row -> test(row).score()).toArray(),
                scratch.stream().mapToDouble(row -> test(row).score()).toArray());
    }

    /** All mistakes come first, the most confident at the front; right predictions fill up, in the data's order. */
    private static List<PredictionResult> gallery(Evaluation test, int images) {
        if (!test.kind().isOneOfNames()) {
            return List.of();
        }
        int[] predicted = test.predicted();
        List<PredictionResult> right = new ArrayList<>();
        List<PredictionResult> wrong = new ArrayList<>();
        for (int i = 0; i < predicted.length; i++) {
            PredictionResult prediction =
                    new PredictionResult(i, test.truth()[i], predicted[i], test.probabilities()[i][predicted[i]]);
            (prediction.correct() ? right : wrong).add(prediction);
        }
        wrong.sort((a, b) -> Double.compare(b.confidence(), a.confidence()));
        int mistakes = Math.min(wrong.size(), images / 2);
        List<PredictionResult> shown = new ArrayList<>(wrong.subList(0, mistakes));
        shown.addAll(right.subList(0, Math.min(right.size(), images - mistakes)));
        return shown;
    }

    private static double mean(List<Measurement> rows, ToDoubleFunction<Measurement> value) {
        return rows.stream().mapToDouble(value).average().orElseThrow();
    }

    private static Evaluation test(Measurement row) {
        return Objects.requireNonNull(row.test());
    }

    private static TransferResult result(Measurement row) {
        return Objects.requireNonNull(row.result());
    }
}
