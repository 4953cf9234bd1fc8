package dev.graft.result;

/**
 * The predictions whose confidence lies in one range. Where confidences can be trusted, {@code confidence} and
 * {@code accuracy} agree.
 *
 * @param lower the range's lower end, left out of it, 0 to 1
 * @param upper the range's upper end, within it, 0 to 1
 * @param count how many predictions lie in it, at least 1
 * @param confidence their mean confidence, 0 to 1
 * @param accuracy the share of them that is right, 0 to 1
 */
public record ReliabilityBin(double lower, double upper, int count, double confidence, double accuracy) {}
