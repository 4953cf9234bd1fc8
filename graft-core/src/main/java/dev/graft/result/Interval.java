package dev.graft.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;

/**
 * A 95% confidence interval; written to JSON as {@code [lower, upper]}.
 *
 * @param lower the lower end
 * @param upper the upper end, not below the lower
 */
public record Interval(double lower, double upper) {
    /** Checks the order of the ends. JSON never has them by name. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    public Interval {
        if (!(lower <= upper)) {
            throw new SettingsException(Problem.of("An interval's lower end lies above its upper end.")
                    .found("[" + lower + ", " + upper + "]"));
        }
    }

    /** Reads the JSON form. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Interval of(List<Double> ends) {
        if (ends.size() != 2) {
            throw new SettingsException(Problem.of("An interval is written as its two ends.")
                    .expected("[lower, upper]")
                    .found(ends));
        }
        return new Interval(ends.get(0), ends.get(1));
    }

    /** The JSON form: lower, upper. */
    @JsonValue
    public List<Double> ends() {
        return List.of(lower, upper);
    }

    /** Whether a value lies inside, ends included. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }
}
