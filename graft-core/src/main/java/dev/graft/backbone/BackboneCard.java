package dev.graft.backbone;

import java.util.List;

/**
 * Where a backbone's weights come from and what they can do.
 *
 * @param origin {@code embedded}, {@code here} or {@code file}
 * @param data the data they were trained on, such as {@code mnist}
 * @param dataDigest digest of the training data
 * @param classNames the source task's classes, by logit
 * @param testAccuracy accuracy on the source task's test data, 0 to 1
 * @param epochs epochs of training
 * @param seconds how long the training took, in seconds
 * @param seed the seed it was trained with
 * @param command the exact command that made them
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

    /** The same from another origin. */
    public BackboneCard withOrigin(String value) {
        return new BackboneCard(
                value, data, dataDigest, classNames, testAccuracy, epochs, seconds, seed, command, license);
    }
}
