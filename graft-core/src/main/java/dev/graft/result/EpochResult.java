package dev.graft.result;

/**
 * What one epoch measured.
 *
 * @param epoch counted from 1 over all phases
 * @param phase the phase's name
 * @param loss mean training loss over the epoch, in nats
 * @param accuracy training accuracy over the epoch, 0 to 1
 * @param validationLoss loss on the validation data after the epoch; NaN (null in JSON) if there is none
 * @param validationAccuracy accuracy on the validation data after the epoch; NaN (null in JSON) if there is none
 */
public record EpochResult(
        int epoch, String phase, double loss, double accuracy, double validationLoss, double validationAccuracy) {}
