package dev.graft.report;

import dev.graft.result.Classification;
import dev.graft.result.Classification.ClassResult;
import dev.graft.result.Difference;
import dev.graft.result.EpochResult;
import dev.graft.result.Interval;
import dev.graft.result.PredictionResult;
import dev.graft.result.StageSummary;
import dev.graft.result.StrategyResult;
import java.util.ArrayList;
import java.util.List;

/** Makes the rows of the example. */
final class ExampleRows {
    private static final int TEST = 200;

    private ExampleRows() {}

    /** The few numbers from which the rest of a row follows. */
    record Row(String strategy, String cut, String pooling, String head, double accuracy, double loss) {
        StrategyResult result(List<String> classes) {
            boolean scratch = strategy.equals("from-scratch");
            boolean frozen = !cut.equals("none");
            boolean epochs = !head.equals("logistic-regression");
            List<StageSummary> summary = summary();
            StrategyResult.Score score = new StrategyResult.Score(
                    accuracy,
                    loss,
                    interval(accuracy),
                    "student-t over seeds",
                    List.of(accuracy, accuracy - 0.004, Math.min(1, accuracy + 0.004)));
            StrategyResult.Cost cost = new StrategyResult.Cost(
                    epochs ? 10 : 0,
                    frozen ? 0.184 : 0,
                    epochs ? (frozen ? 0.412 : 5.93) : 0.027,
                    summary.stream()
                            .filter(StageSummary::trainable)
                            .mapToLong(StageSummary::parameters)
                            .sum(),
                    summary.stream().mapToLong(StageSummary::parameters).sum());
            return new StrategyResult(
                            new StrategyResult.Description(strategy, cut, pooling, head),
                            score,
                            cost,
                            new StrategyResult.FirstSeed(
                                    summary, epochs ? history() : List.of(), classification(classes), gallery()))
                    .withAgainstScratch(scratch ? null : difference(accuracy - 1));
        }

        private List<EpochResult> history() {
            List<EpochResult> history = new ArrayList<>();
            for (int epoch = 1; epoch <= 10; epoch++) {
                double left = Math.exp(-epoch / 2.6);
                double reached = accuracy - (accuracy - 0.5) * left;
                double lost = loss + (0.71 - loss) * left;
                String phase = strategy.equals("fine-tuning") && epoch <= 3 ? "head" : "all";
                double wobble = 0.012 * Math.sin(epoch * 2.3) * (1 - accuracy + 0.2);
                history.add(new EpochResult(
                        epoch, phase, lost * 1.05, Math.min(1, reached - 0.01 + wobble), lost, reached));
            }
            return history;
        }

        private List<StageSummary> summary() {
            boolean pooled = !pooling.equals("none");
            boolean frozen = !cut.equals("none");
            List<StageSummary> stages = new ArrayList<>();
            stages.add(new StageSummary("conv1", "conv 3x3, relu", "(32, 26, 26)", 320, !frozen));
            stages.add(new StageSummary("pool1", "max-pool 2", "(32, 13, 13)", 0, !frozen));
            stages.add(new StageSummary("conv2", "conv 3x3, relu", "(64, 11, 11)", 18496, !frozen));
            if (pooled) {
                stages.add(new StageSummary("head.0", "logistic regression", "(2)", 578, true));
                return stages;
            }
            stages.add(new StageSummary("pool2", "max-pool 2", "(64, 5, 5)", 0, !frozen));
            stages.add(new StageSummary("flatten", "flatten", "(1600)", 0, !frozen));
            stages.add(new StageSummary("dense", "dense, relu", "(64)", 102464, !frozen));
            stages.add(new StageSummary("head.0", "dense, relu", "(32)", 2080, true));
            stages.add(new StageSummary("head.1", "dropout 0.3", "(32)", 0, true));
            stages.add(new StageSummary("head.2", "dense", "(2)", 66, true));
            return stages;
        }

        private Classification classification(List<String> classes) {
            int wrong = (int) Math.round((1 - accuracy) * TEST);
            int first = wrong / 3;
            int second = wrong - first;
            List<List<Integer>> confusion = List.of(List.of(98 - first, first), List.of(second, 102 - second));
            List<ClassResult> figures = new ArrayList<>();
            for (int label = 0; label < 2; label++) {
                int hit = confusion.get(label).get(label);
                int support = label == 0 ? 98 : 102;
                double precision = hit
                        / (double)
                                (confusion.get(0).get(label) + confusion.get(1).get(label));
                double recall = hit / (double) support;
                double f1 = 2 * precision * recall / (precision + recall);
                figures.add(new ClassResult(classes.get(label), precision, recall, f1, support));
            }
            return new Classification(
                    confusion,
                    figures,
                    figures.stream()
                            .mapToDouble(ClassResult::precision)
                            .average()
                            .orElseThrow(),
                    figures.stream().mapToDouble(ClassResult::recall).average().orElseThrow(),
                    figures.stream().mapToDouble(ClassResult::f1).average().orElseThrow());
        }

        private List<PredictionResult> gallery() {
            List<PredictionResult> gallery = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                boolean right = accuracy > 0.9 || i % 3 != 1;
                double confidence = accuracy > 0.9 ? 0.999 - i * 0.002 : 0.52 + i * 0.013;
                gallery.add(new PredictionResult(i, truth(i), right ? truth(i) : 1 - truth(i), confidence));
            }
            return gallery;
        }
    }

    /** The true label of a test example. */
    static int truth(int index) {
        return (index * 7 + index / 3) % 2;
    }

    private static Interval interval(double accuracy) {
        double half = 0.002 + 0.12 * (1 - accuracy);
        return new Interval(Math.max(0, accuracy - half - 0.008), Math.min(1, accuracy + half));
    }

    private static Difference difference(double mean) {
        double half = 0.003 + 0.11 * Math.abs(mean);
        return new Difference(mean, new Interval(mean - half, mean + half), "student-t over seeds", 3);
    }
}
