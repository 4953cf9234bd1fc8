package dev.graft.report;

import dev.graft.result.EpochResult;
import dev.graft.result.StrategyResult;
import java.util.List;
import java.util.stream.DoubleStream;

/** What a learning curve shows. */
enum Measure {
    /** How good the answers are: the accuracy of classes and grades, or another score. */
    ACCURACY,
    LOSS;

    /** Its name in a sentence. */
    String title(TargetWords words) {
        return this == ACCURACY ? words.epochScore() : "loss";
    }

    /** Its value on the training data. */
    double training(EpochResult epoch) {
        return this == ACCURACY ? epoch.accuracy() : epoch.loss();
    }

    /** Its value on the validation data; NaN if there is none. */
    double validation(EpochResult epoch) {
        return this == ACCURACY ? epoch.validationAccuracy() : epoch.validationLoss();
    }

    /** The axis on which the curves of all strategies can be compared. */
    Scale shared(List<StrategyResult> results, TargetWords words) {
        DoubleStream values = results.stream()
                .flatMap(row -> row.history().stream())
                .flatMapToDouble(epoch -> DoubleStream.of(training(epoch), validation(epoch)));
        return this == ACCURACY ? words.scale(values) : Scale.losses(values);
    }

    /** A value in digits. */
    String text(double value) {
        return this == ACCURACY ? Numbers.ratio(value) : Numbers.loss(value);
    }
}
