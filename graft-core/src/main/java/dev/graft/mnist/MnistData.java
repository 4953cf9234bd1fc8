package dev.graft.mnist;

import dev.graft.data.LabeledImages;

/**
 * The MNIST database: 28x28 grey pictures of handwritten digits, labels 0 to 9.
 *
 * @param train the training part; 60,000 examples in the original
 * @param test the test part; 10,000 examples in the original
 */
public record MnistData(LabeledImages train, LabeledImages test) {}
