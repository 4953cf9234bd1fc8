package dev.graft.result;

/**
 * How many examples of one class the target data has.
 *
 * @param name the class's name
 * @param train training examples
 * @param validation validation examples
 * @param test test examples
 */
public record ClassBalance(String name, int train, int validation, int test) {
    /** All of them. */
    public int total() {
        return train + validation + test;
    }
}
