package dev.graft.cli;

import dev.graft.result.Classification;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is said of classes of which there is no test example. */
final class Untested {
    private static final int NAMED = 5;

    private Untested() {}

    /** A sentence that names them; empty if there are none. */
    static Optional<String> line(Classification classification) {
        List<String> names = classification.untested();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return Optional.of("no test examples of " + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + more + ": no recall, and in no mean");
    }

    /** A ratio with four decimals, or a dash where it is not defined. */
    static String figure(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
