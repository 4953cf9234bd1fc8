package dev.graft.error;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses what is null where it comes in, and says what is missing, before it fails far from whoever gave it. */
public final class Required {
    private Required() {}

    /**
     * Returns a setting that must be there.
     *
     * @param what what it is, such as {@code strategy}
     * @throws SettingsException if it is null
     */
    public static <T> T setting(@Nullable T value, String what) {
        if (value == null) {
            throw new SettingsException(Problem.of("A setting is null.")
                    .where(what)
                    .expected("a value")
                    .found("null")
                    .fix("give a value, or leave the setting out"));
        }
        return value;
    }

    /**
     * Copies a list of examples, none of which may be missing.
     *
     * @param what what one of them is, such as {@code text}
     * @param where whose they are, for the message
     * @throws DataException if the list or one of its elements is null
     */
    public static <T> List<T> examples(@Nullable List<? extends @Nullable T> values, String what, String where) {
        if (values == null) {
            throw new DataException(Problem.of("There is no list of examples.")
                    .where(where)
                    .expected("a list, each element a " + what)
                    .found("null"));
        }
        List<T> copy = new ArrayList<>(values.size());
        for (T value : values) {
            if (value == null) {
                throw new DataException(Problem.of("An example is null.")
                        .where(where + ", " + what + " " + copy.size())
                        .expected("a " + what)
                        .found("null")
                        .fix("leave the example out, its label too"));
            }
            copy.add(value);
        }
        return copy;
    }
}
