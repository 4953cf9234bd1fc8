package dev.graft.report;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Samples of a data set, class by class: a few that are seen at once, and the others to be unfolded.
 *
 * @param <T> a sample
 * @param first the samples that are seen at once, the same number of each class where there are as many
 * @param others the other samples
 */
record ShownSamples<T>(List<T> first, List<T> others) {
    /** Chooses at most so many to be seen at once; keeps the order of the classes and of each class's samples. */
    static <T> ShownSamples<T> of(List<T> samples, Function<T, String> label, int atOnce) {
        Map<String, List<T>> classes =
                samples.stream().collect(groupingBy(label, LinkedHashMap::new, Collectors.toList()));
        int ofEach = Math.max(1, atOnce / Math.max(1, classes.size()));
        List<T> first = new ArrayList<>();
        List<T> others = new ArrayList<>();
        for (List<T> ofClass : classes.values()) {
            int seen = Math.min(Math.min(ofEach, ofClass.size()), atOnce - first.size());
            first.addAll(ofClass.subList(0, seen));
            others.addAll(ofClass.subList(seen, ofClass.size()));
        }
        return new ShownSamples<>(List.copyOf(first), List.copyOf(others));
    }
}
