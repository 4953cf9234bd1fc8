package dev.graft.prediction;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;

/** Finds a class that a caller names. */
final class KnownNames {
    private KnownNames() {}

    /**
     * The place of a class.
     *
     * @throws SettingsException if there is none of that name
     */
    static int place(List<String> classNames, String className) {
        int place = classNames.indexOf(className);
        if (place < 0) {
            throw new SettingsException(Problem.of("The network knows no class of that name.")
                    .expected(Excerpt.list(classNames))
                    .found(className));
        }
        return place;
    }
}
