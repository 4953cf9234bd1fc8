package dev.graft.benchmark.choice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one task.
 *
 * @param task the task's name
 * @param backbone the source model's name
 * @param accuracies by strategy and by number of training images, the test accuracy with each seed
 * @param seconds what it took
 */
public record TaskRow(
        String task, String backbone, Map<String, Map<Integer, List<Double>>> accuracies, double seconds) {
    /** Returns a copy with what was measured since. */
    TaskRow with(TaskRow more) {
        Map<String, Map<Integer, List<Double>>> all = new LinkedHashMap<>(accuracies);
        all.putAll(more.accuracies());
        return new TaskRow(task, backbone, all, seconds + more.seconds());
    }

    /** A strategy's name in the table: the one on all stages of its backbone is one strategy, whatever they are called. */
    static String column(String strategy) {
        return strategy.startsWith("feature-extraction@") ? "feature-extraction@all" : strategy;
    }

    List<Double> of(String strategy, int samples) {
        return accuracies.entrySet().stream()
                .filter(entry -> column(entry.getKey()).equals(strategy))
                .map(entry -> entry.getValue().get(samples))
                .findFirst()
                .orElseThrow();
    }

    double mean(String strategy, int samples) {
        return of(strategy, samples).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
