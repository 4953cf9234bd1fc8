package dev.graft.weights;

import java.util.List;

/**
 * What to make of the tensors of a file that are not ordinary weights.
 *
 * @param nonFinite what to do about NaN and infinity; by default refuse, since no network that trained well has them
 * @param ignoredSuffixes tensors whose names end in one of these are left out and reported, not read
 */
public record ReadSettings(NonFinite nonFinite, List<String> ignoredSuffixes) {
    /** Copies the suffixes. */
    public ReadSettings {
        ignoredSuffixes = List.copyOf(ignoredSuffixes);
    }

    /** Refuses NaN and infinity, and ignores nothing. */
    public static ReadSettings defaults() {
        return new ReadSettings(NonFinite.REFUSE, List.of());
    }

    /** Returns a copy with another answer to NaN and infinity. */
    public ReadSettings withNonFinite(NonFinite policy) {
        return new ReadSettings(policy, ignoredSuffixes);
    }

    /**
     * Returns a copy that leaves out tensors whose names end in one of these, such as {@code num_batches_tracked}, the
     * counter that PyTorch keeps in every batch normalisation.
     */
    public ReadSettings withIgnoredSuffixes(String... suffixes) {
        return new ReadSettings(nonFinite, List.of(suffixes));
    }

    boolean ignores(String name) {
        return ignoredSuffixes.stream().anyMatch(name::endsWith);
    }
}
