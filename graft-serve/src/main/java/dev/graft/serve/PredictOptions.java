package dev.graft.serve;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.prediction.PredictionSettings;
import java.math.BigDecimal;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for beside the classes.
 *
 * @param settings what each prediction is to say
 * @param heatmap whether to draw where the network looked
 * @param explain whether to tell which words carried the answer
 * @param nearest how many known examples to give that are most alike; 0 for none
 */
record PredictOptions(PredictionSettings settings, boolean heatmap, boolean explain, int nearest) {
    private static final Set<String> KNOWN = Set.of("top", "coverage", "threshold", "heatmap", "explain", "nearest");
    private static final int MOST_NEAREST = 20;
    private static final int DEFAULT_TOP = 5;

    /**
     * Reads the query.
     *
     * @throws Refusal if a parameter is unknown, or its value none that it can have
     */
    static PredictOptions of(Call call) {
        call.requireParameters(KNOWN);
        PredictionSettings settings = PredictionSettings.top(top(call.parameter("top")));
        String threshold = call.parameter("threshold");
        if (threshold != null) {
            settings = settings.withThreshold(
                    threshold.equals("none")
                            ? null
                            : (Double) number(
                                    "threshold",
                                    threshold,
                                    x -> x > 0 && x < 1,
                                    "a number above 0 and below 1, or none"));
        }
        String coverage = call.parameter("coverage");
        if (coverage != null) {
            settings = settings.withCoverage(
                    number("coverage", coverage, x -> x > 0 && x < 1, "a number above 0 and below 1"));
        }
        return new PredictOptions(
                settings,
                truth("heatmap", call.parameter("heatmap")),
                truth("explain", call.parameter("explain")),
                nearest(call.parameter("nearest")));
    }

    private static int top(@Nullable String text) {
        return text == null
                ? DEFAULT_TOP
                : (int) number(
                        "top",
                        text,
                        x -> x >= 1 && x <= Integer.MAX_VALUE && x == Math.rint(x),
                        "a whole number, 1 or more");
    }

    private static int nearest(@Nullable String text) {
        return text == null
                ? 0
                : (int) number(
                        "nearest",
                        text,
                        x -> x >= 1 && x <= MOST_NEAREST && x == Math.rint(x),
                        "a whole number, 1 to " + MOST_NEAREST);
    }

    /** Whether anything is asked for that takes longer than the prediction, and more room in the answer. */
    boolean explains() {
        return heatmap || explain || nearest > 0;
    }

    /**
     * Refuses to look for known examples where there are none.
     *
     * @throws Refusal if they are asked for
     */
    void requireNoNearest(String found) {
        if (nearest > 0) {
            throw useless("nearest", "a model that was given known examples", found);
        }
    }

    /** Says that a parameter means nothing for this model. */
    static Refusal useless(String parameter, String expected, String found) {
        return new Refusal(
                400,
                Problem.of("A parameter has nothing to do here.")
                        .where("query parameter " + parameter)
                        .expected(expected)
                        .found(found)
                        .fix("leave it out"));
    }

    private static double number(String name, String text, DoublePredicate inside, String expected) {
        try {
            // Long enough for every number, and too short for one that takes long to read.
            double value = text.length() > 40 ? Double.NaN : new BigDecimal(text).doubleValue();
            if (inside.test(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw refused(name, expected, text);
    }

    private static boolean truth(String name, @Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw refused(name, "true or false", text);
    }

    private static Refusal refused(String name, String expected, String found) {
        return new Refusal(
                400,
                Problem.of("A parameter has no such value.")
                        .where("query parameter " + name)
                        .expected(expected)
                        .found(found.isEmpty() ? "nothing" : Excerpt.of(found))
                        .fix("correct the value, or leave the parameter out"));
    }
}
