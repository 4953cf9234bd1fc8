package dev.graft.prediction;

import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.PredictionSets;
import dev.graft.model.Confidence;
import dev.graft.prediction.BatchedNetwork.FeatureSink;
import dev.graft.prediction.PredictionSettings.Rejection;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.UnknownRule;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.NumberErrors;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes predictions of a network's answers: of classes with what tells the unknown ones, of labels by their thresholds, of numbers with intervals. */
final class Predictions {
    private final TargetKind kind;
    private final Confidence confidence;
    private final RecordedClasses recorded;

    Predictions(TargetKind kind, Confidence confidence, RecordedClasses recorded) {
        this.kind = kind;
        this.confidence = confidence;
        this.recorded = recorded;
    }

    /** What is said of so many examples, whose answers a network gives. */
    List<Prediction> of(int count, PredictionSettings settings, Function<@Nullable FeatureSink, float[][]> network) {
        Double coverage = Required.setting(settings, "prediction settings").coverage();
        PredictionSets sets = coverage == null || !kind.isOneOfNames() ? null : recorded.sets(coverage);
        UnknownRule rule = settings.rejection() == Rejection.OWN ? recorded.rule() : null;
        Distance[] found = new Distance[count];
        float[][] answers = network.apply(rule == null ? null : recorded.distancesInto(found));
        Double[] scores = new Double[count];
        for (int i = 0; rule != null && i < count; i++) {
            scores[i] = rule.score(found[i], kind.confidence(answers[i]));
        }
        if (!kind.isOneOfNames()) {
            List<Prediction> told = answers(answers, settings, coverage);
            return IntStream.range(0, count)
                    .mapToObj(i -> told.get(i).withUnknownScore(scores[i]))
                    .toList();
        }
        Double threshold = settings.rejection() == Rejection.OWN ? confidence.threshold() : settings.threshold();
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] row = answers[i];
            Double score = scores[i];
            Prediction one = Prediction.of(row, kind.names(), settings, threshold, score, sets);
            predictions.add(kind instanceof Grades ? one.atMedian(row, kind.names()) : one);
        }
        return predictions;
    }

    /** Of several labels or numbers, which know no sets. */
    private List<Prediction> answers(float[][] rows, PredictionSettings settings, @Nullable Double coverage) {
        NumberErrors errors = confidence.errors();
        if (kind instanceof Numbers && coverage != null) {
            if (errors == null) {
                throw new SettingsException(Problem.of("The network does not know how far its numbers are off.")
                        .expected("one that was judged on validation examples")
                        .fix("fit it with validation data, or leave the coverage out"));
            }
            errors.halfWidth(0, coverage);
        }
        if (kind instanceof LabelSet && coverage != null) {
            throw new SettingsException(Problem.of("Sets that hold the true class are for examples with one class.")
                    .expected("a network that tells classes, grades or numbers")
                    .found("one that tells several labels")
                    .fix("leave the coverage out"));
        }
        return Arrays.stream(rows)
                .map(row -> kind instanceof Numbers
                        ? Prediction.ofNumbers(
                                row,
                                kind.names(),
                                errors,
                                coverage == null ? PredictionSettings.USUAL_COVERAGE : coverage)
                        : Prediction.ofLabels(row, kind.names(), settings.top(), confidence.decision()))
                .toList();
    }
}
