package dev.graft.report;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A long list of which a part is seen at once and the rest can be unfolded.
 *
 * @param <T> an entry of the list
 * @param first what is seen at once
 * @param others the rest
 */
record Folded<T>(List<T> first, List<T> others) {
    /** Copies the lists. */
    Folded {
        first = List.copyOf(first);
        others = List.copyOf(others);
    }

    /** Folds a list after so many entries. */
    static <T> Folded<T> after(List<T> list, int atOnce) {
        int seen = Math.min(atOnce, list.size());
        return new Folded<>(list.subList(0, seen), list.subList(seen, list.size()));
    }

    /**
     * Orders samples class by class, and shows at most so many at once: the same number of each class where there are as
     * many. Keeps the order of the classes and of each class's samples.
     */
    static <T> Folded<T> byClass(List<T> samples, Function<T, String> label, int atOnce) {
        Map<String, List<T>> classes =
                samples.stream().collect(groupingBy(label, LinkedHashMap::new, Collectors.toList()));
        int ofEach = Math.max(1, atOnce / Math.max(1, classes.size()));
        List<T> first = new ArrayList<>();
        List<T> others = new ArrayList<>();
        for (List<T> ofClass : classes.values()) {
            Folded<T> folded = after(ofClass, Math.min(ofEach, atOnce - first.size()));
            first.addAll(folded.first());
            others.addAll(folded.others());
        }
        return new Folded<>(first, others);
    }
}
