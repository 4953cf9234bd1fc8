package dev.graft.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.data.LabeledExamples;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.result.Classification.ClassResult;
import dev.graft.result.MeasureResult;
import dev.graft.targets.LabelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well labels, numbers or grades are told.
 *
 * @param names figures of each label or grade; none of numbers
 * @param refused how many examples are unlike all that was learned from, though they are said to be like it; null where that is not told
 * @param refusedShare that as a share, 0 to 1
 * @param unknown how well examples that are unlike are told; null where none were given
 */
record AnsweredExamples(
        String data,
        String task,
        int examples,
        List<MeasureResult> measures,
        List<ClassResult> names,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer refused,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double refusedShare,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UnlikeExamples unknown) {
    static AnsweredExamples of(LabeledExamples examples, Evaluation evaluation) {
        List<MeasureResult> measures = new ArrayList<>();
        measures.add(new MeasureResult(
                TargetMeasures.primary(evaluation.kind()),
                evaluation.score(),
                TargetMeasures.overExamples(List.of(evaluation)),
                ""));
        measures.addAll(TargetMeasures.others(evaluation));
        return new AnsweredExamples(
                examples.name(),
                evaluation.kind().task(),
                evaluation.size(),
                measures,
                evaluation.classification().classes(),
                null,
                null,
                null);
    }

    /**
     * With what the bundle's rule for unlike examples does.
     *
     * @param scores of these examples, above 1 for those that are told to be unlike
     */
    AnsweredExamples withUnknown(double[] scores, @Nullable UnlikeExamples others) {
        int told = (int) Arrays.stream(scores).filter(score -> score > 1).count();
        return new AnsweredExamples(data, task, examples, measures, names, told, told / (double) scores.length, others);
    }

    String text() {
        StringBuilder text = new StringBuilder(ResultText.format("%s, %d examples, %s%n%n", data, examples, task));
        text.append(AnswerText.measures(measures));
        if (!names.isEmpty()) {
            text.append(ResultText.format("%n"));
            text.append(table(task.equals(LabelSet.TASK) ? "label" : "grade", names));
        }
        if (refused != null && refusedShare != null) {
            text.append(ResultText.format(
                    "%n  unlike the examples learned from: %d (share %.4f)%n", refused, refusedShare));
        }
        if (unknown != null) {
            text.append(unknown.text());
        }
        return text.toString().stripTrailing();
    }

    /** Precision, recall and F1 of each class, label or grade. */
    static String table(String what, List<ClassResult> rows) {
        StringBuilder text = new StringBuilder(
                ResultText.format("  %-16s %-10s %-10s %-10s %s%n", what, "precision", "recall", "F1", "examples"));
        for (ClassResult one : rows) {
            text.append(ResultText.format(
                    "  %-16s %-10s %-10s %-10s %d%n",
                    one.name(),
                    Untested.figure(one.precision()),
                    Untested.figure(one.recall()),
                    Untested.figure(one.f1()),
                    one.support()));
        }
        return text.toString();
    }
}
