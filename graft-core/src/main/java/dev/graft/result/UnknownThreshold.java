package dev.graft.result;

/**
 * The confidence below which an image counts as none of the classes, and what that costs on images that are of the
 * classes.
 *
 * @param confidence the threshold, above 0 and below 1
 * @param allowedShare the largest share of validation examples that it may refuse, 0 to 1
 * @param validation what it costs on the validation data, on which it was chosen
 * @param test what it costs on the test data
 */
public record UnknownThreshold(double confidence, double allowedShare, Cost validation, Cost test) {
    /**
     * What a threshold does to examples whose classes are known.
     *
     * @param examples how many there are
     * @param refused how many fall below the threshold
     * @param refusedShare the same as a share, 0 to 1
     * @param accuracy accuracy on all of them, 0 to 1
     * @param acceptedAccuracy accuracy on those that are not refused, 0 to 1; NaN if all are refused
     */
    public record Cost(int examples, int refused, double refusedShare, double accuracy, double acceptedAccuracy) {}
}
