package dev.graft.feature;

/**
 * What a cached feature depends on; if any part differs, so does the key.
 *
 * @param weights digest of the frozen prefix's weights
 * @param stage the stage whose output it is
 * @param pooling the pooling's name, or {@code activation} for the output as it is, channels innermost
 * @param preprocessing the preprocessing, in words
 * @param data digest of the images
 */
public record FeatureKey(String weights, String stage, String pooling, String preprocessing, String data) {}
