package dev.graft.feature;

/**
 * What a cached feature depends on; if any part differs, so does the key.
 *
 * @param weights digest of the frozen prefix's weights
 * @param stage the stage whose output it is
 * @param pooling the pooling's name, or {@code activation} for the output as it is, channels innermost
 * @param preparation the fingerprint of what the examples are prepared by
 * @param data digest of the examples
 */
public record FeatureKey(String weights, String stage, String pooling, String preparation, String data) {}
