package dev.graft.result;

/**
 * The source model that the target task builds on; of a network of several pretrained branches all of them, their names
 * joined by {@code +}.
 *
 * @param backbone its id, such as {@code digits-cnn}
 * @param pretrained {@code embedded} (shipped with Graft) or {@code here} (trained in this run)
 * @param data the data it was trained on, such as {@code mnist}
 * @param testAccuracy its accuracy on its own test data, 0 to 1; NaN if it is not known
 * @param epochs how many epochs it was trained
 * @param seconds how long its training took, in seconds
 * @param digest SHA-256 of its weights, lower-case hexadecimal
 */
public record SourceModel(
        String backbone,
        String pretrained,
        String data,
        double testAccuracy,
        int epochs,
        double seconds,
        String digest) {}
