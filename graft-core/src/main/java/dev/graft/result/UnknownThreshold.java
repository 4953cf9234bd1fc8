package dev.graft.result;

/**
 * How it is told that an example is none of the classes, and what that costs examples that are of the classes.
 *
 * @param rule {@link #DISTANCE} or {@link #CONFIDENCE}
 * @param confidence the confidence below which an example is none of the classes, above 0 and below 1, where confidence alone decides
 * @param allowedShare the largest share of validation examples that it may refuse, 0 to 1
 * @param validation what it costs on validation examples, on which it was chosen
 * @param test what it costs on test examples
 */
public record UnknownThreshold(String rule, double confidence, double allowedShare, Cost validation, Cost test) {
    /** By how far an example's features are from the classes', and by the confidence. */
    public static final String DISTANCE = "distance and confidence";

    /** By the confidence alone. */
    public static final String CONFIDENCE = "confidence";

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
