package dev.graft.evaluation;

import dev.graft.result.Classification;
import dev.graft.result.Classification.ClassResult;
import dev.graft.result.MeasureResult;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Sets of labels: F1 over all labels of all examples (micro), over labels (macro), over examples (samples), and mean average precision. */
final class LabelMeasures implements TargetMeasures.Measures {
    private final Evaluation evaluation;
    private final Targets targets;
    private final int labels;

    LabelMeasures(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.targets = evaluation.targets();
        this.labels = targets.kind().width();
    }

    private boolean has(int example, int label) {
        return targets.value(example, label) > 0;
    }

    private boolean said(int example, int label) {
        return evaluation.decision().has(label, evaluation.answers()[example][label]);
    }

    boolean isExact(int example) {
        return IntStream.range(0, labels).allMatch(label -> has(example, label) == said(example, label));
    }

    @Override
    public double score(int[] examples) {
        long right = 0;
        long either = 0;
        for (int example : examples) {
            for (int label = 0; label < labels; label++) {
                boolean has = has(example, label);
                boolean said = said(example, label);
                right += has && said ? 2 : 0;
                either += (has ? 1 : 0) + (said ? 1 : 0);
            }
        }
        return either == 0 ? 1 : (double) right / either;
    }

    @Override
    public double loss() {
        return TargetMeasures.meanLoss(evaluation);
    }

    @Override
    public List<MeasureResult> others() {
        double samples = 0;
        int exact = 0;
        for (int i = 0; i < evaluation.size(); i++) {
            samples += score(new int[] {i});
            exact += isExact(i) ? 1 : 0;
        }
        return List.of(
                MeasureResult.of("macro F1", classification().macroF1()),
                MeasureResult.of("samples F1", samples / evaluation.size()),
                MeasureResult.of("mean average precision", meanAveragePrecision()),
                MeasureResult.of("all labels right", (double) exact / evaluation.size()));
    }

    /** The mean over the labels that occur of the area under precision against recall, as a sum of steps. */
    private double meanAveragePrecision() {
        return TargetMeasures.mean(
                IntStream.range(0, labels).mapToDouble(this::averagePrecision).toArray());
    }

    private double averagePrecision(int label) {
        int[] order = IntStream.range(0, evaluation.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -evaluation.answers()[i][label]))
                .mapToInt(Integer::intValue)
                .toArray();
        double sum = 0;
        int found = 0;
        int place = 0;
        while (place < order.length) {
            // Examples of one probability are found together.
            float probability = evaluation.answers()[order[place]][label];
            int more = 0;
            while (place < order.length && evaluation.answers()[order[place]][label] == probability) {
                more += has(order[place], label) ? 1 : 0;
                place++;
            }
            found += more;
            sum += (double) more * found / place;
        }
        return found == 0 ? Double.NaN : sum / found;
    }

    /** Precision, recall and F1 of each label, and no confusion matrix. */
    @Override
    public Classification classification() {
        List<ClassResult> rows = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int right = 0;
            int having = 0;
            int saying = 0;
            for (int i = 0; i < evaluation.size(); i++) {
                boolean has = has(i, label);
                boolean said = said(i, label);
                right += has && said ? 1 : 0;
                having += has ? 1 : 0;
                saying += said ? 1 : 0;
            }
            rows.add(new ClassResult(
                    evaluation.classNames().get(label),
                    saying == 0 && having > 0 ? 0 : ratio(right, saying),
                    ratio(right, having),
                    ratio(2 * right, having + saying),
                    having));
        }
        return new Classification(
                List.of(),
                rows,
                TargetMeasures.mean(
                        rows.stream().mapToDouble(ClassResult::precision).toArray()),
                TargetMeasures.mean(
                        rows.stream().mapToDouble(ClassResult::recall).toArray()),
                TargetMeasures.mean(rows.stream().mapToDouble(ClassResult::f1).toArray()));
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? Double.NaN : part / (double) whole;
    }
}
