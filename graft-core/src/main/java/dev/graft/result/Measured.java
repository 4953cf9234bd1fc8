package dev.graft.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers that may be missing: a file of results writes them as it writes what is no number. */
final class Measured {
    private Measured() {}

    static @Nullable Double orNull(@Nullable Double value) {
        return value == null || value.isNaN() ? null : value;
    }

    static <T> List<T> orEmpty(@Nullable List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }
}
