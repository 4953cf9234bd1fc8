package dev.graft.backbone;

import java.util.List;

/**
 * Where a backbone's weights come from and what they can do. Bundles hold a card component by component.
 *
 * @param origin {@code embedded}, {@code here}, {@code file}, {@code hub} or {@code random}
 * @param data the data they were trained on, such as {@code mnist}
 * @param dataDigest digest of the training data; empty if it is not known
 * @param classNames the source task's classes, by logit; empty if there are none
 * @param testAccuracy accuracy on the source task's test data, 0 to 1; NaN if it is not known
 * @param epochs epochs of training; 0 if that is not known
 * @param seconds how long the training took, in seconds; 0 if that is not known
 * @param seed the seed it was trained with
 * @param command the exact command that made them, or where they were published
 * @param license the weights' licence
 */
public record BackboneCard(
        String origin,
        String data,
        String dataDigest,
        List<String> classNames,
        double testAccuracy,
        int epochs,
        double seconds,
        long seed,
        String command,
        String license) {
    /** Copies the list. */
    public BackboneCard {
        classNames = List.copyOf(classNames);
    }

    /** A card that says where weights come from, and leaves open all else: the start for the methods below. */
    public static BackboneCard of(String origin, String data) {
        return new BackboneCard(origin, data, "", List.of(), Double.NaN, 0, 0, 0, "", "");
    }

    /** Returns a copy with another origin. */
    public BackboneCard withOrigin(String value) {
        return new BackboneCard(
                value, data, dataDigest, classNames, testAccuracy, epochs, seconds, seed, command, license);
    }

    /** Returns a copy with the digest of the training data. */
    public BackboneCard withDataDigest(String value) {
        return new BackboneCard(origin, data, value, classNames, testAccuracy, epochs, seconds, seed, command, license);
    }

    /** Returns a copy with the source task's classes, by logit. */
    public BackboneCard withClassNames(List<String> value) {
        return new BackboneCard(origin, data, dataDigest, value, testAccuracy, epochs, seconds, seed, command, license);
    }

    /** Returns a copy with the accuracy on the source task's test data. */
    public BackboneCard withTestAccuracy(double value) {
        return new BackboneCard(origin, data, dataDigest, classNames, value, epochs, seconds, seed, command, license);
    }

    /**
     * Returns a copy that tells how the weights were trained.
     *
     * @param newEpochs epochs of training
     * @param newSeconds how long it took, in seconds
     * @param newSeed the seed
     */
    public BackboneCard withTraining(int newEpochs, double newSeconds, long newSeed) {
        return new BackboneCard(
                origin, data, dataDigest, classNames, testAccuracy, newEpochs, newSeconds, newSeed, command, license);
    }

    /** Returns a copy with the exact command that made the weights, or where they were published. */
    public BackboneCard withCommand(String value) {
        return new BackboneCard(
                origin, data, dataDigest, classNames, testAccuracy, epochs, seconds, seed, value, license);
    }

    /** Returns a copy with the weights' licence. */
    public BackboneCard withLicense(String value) {
        return new BackboneCard(
                origin, data, dataDigest, classNames, testAccuracy, epochs, seconds, seed, command, value);
    }
}
