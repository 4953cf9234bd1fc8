package dev.graft.result;

import java.util.List;

/**
 * How far confidences can be trusted, before and after they were calibrated by a temperature; measured on test data,
 * which the temperature never saw.
 *
 * @param temperature what the logits are divided by, above 0; 1 leaves them as they are
 * @param fittedOn the validation examples that the temperature was fitted on; 0 if it was not fitted
 * @param note why it was not fitted; empty if it was
 * @param assessedOn the test examples that the figures below were measured on
 * @param eceBefore expected calibration error before, 0 to 1
 * @param eceAfter expected calibration error after, 0 to 1
 * @param lossBefore mean cross-entropy before, in nats
 * @param lossAfter mean cross-entropy after, in nats
 * @param binsBefore the predictions before by confidence, lowest first; empty bins are left out
 * @param binsAfter the predictions after by confidence, lowest first; empty bins are left out
 */
public record CalibrationResult(
        double temperature,
        int fittedOn,
        String note,
        int assessedOn,
        double eceBefore,
        double eceAfter,
        double lossBefore,
        double lossAfter,
        List<ReliabilityBin> binsBefore,
        List<ReliabilityBin> binsAfter) {
    /** Copies the lists. */
    public CalibrationResult {
        binsBefore = List.copyOf(binsBefore);
        binsAfter = List.copyOf(binsAfter);
    }

    /** Whether a temperature was fitted. */
    public boolean fitted() {
        return fittedOn > 0;
    }
}
