package dev.graft.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.model.Confidence;
import dev.graft.targets.Decision;
import dev.graft.targets.NumberErrors;
import dev.graft.targets.TargetKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code config.json} says of how sure a network may be; nothing is written of one as it comes. */
record ConfidenceConfig(
        double temperature,
        @Nullable Double threshold,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Double> labelThresholds,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable NumberErrors errors) {
    static @Nullable ConfidenceConfig of(Confidence confidence) {
        List<Double> thresholds = confidence.decision().thresholds();
        return confidence.equals(Confidence.RAW)
                ? null
                : new ConfidenceConfig(
                        confidence.temperature(),
                        confidence.threshold(),
                        thresholds.isEmpty() ? null : thresholds,
                        confidence.errors());
    }

    /**
     * Bundles written before there was such an entry, and networks without calibration, have none.
     *
     * @throws SettingsException if it is that of another network
     */
    static Confidence read(@Nullable ConfidenceConfig entry, TargetKind kind) {
        if (entry == null) {
            return Confidence.RAW;
        }
        List<Double> thresholds = entry.labelThresholds();
        if (thresholds != null && thresholds.stream().anyMatch(Objects::isNull)) {
            throw new SettingsException(Problem.of("A label's threshold is missing.")
                    .expected("a probability for each label")
                    .found(thresholds));
        }
        Decision decision = thresholds == null ? Decision.USUAL : new Decision(thresholds);
        NumberErrors errors = entry.errors();
        int names = kind.names().size();
        boolean fits = (decision.thresholds().isEmpty() || decision.thresholds().size() == names)
                && (errors == null || errors.sorted().size() == names);
        if (!fits) {
            throw new SettingsException(Problem.of("What a bundle knows of its answers does not fit its names.")
                    .expected("a threshold for each label, and the errors of each number")
                    .found(decision.thresholds().size() + " thresholds, errors of "
                            + (errors == null ? 0 : errors.sorted().size()) + " numbers, " + names + " names"));
        }
        return new Confidence(entry.temperature(), entry.threshold(), decision, errors);
    }
}
