package dev.graft.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How many known examples there is room for, and which are kept where there are more. */
final class ExampleShares {
    /** More are not kept, whatever room there is: each answer compares with all of them. */
    static final int MOST = 10_000;

    private static final long MOST_BYTES = 256L << 20;
    private static final int SHARE_OF_MEMORY = 8;
    private static final int SHOWN_BYTES = 12 << 10;

    private ExampleShares() {}

    /** How many examples there is room for. */
    static int most(int width) {
        long room = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
        return (int) Math.max(1, Math.min(MOST, room / (4L * width + SHOWN_BYTES)));
    }

    /**
     * The places of examples, in order: all of small classes, and as many of each larger one, at even distances.
     *
     * @param labels the label of each example
     * @param most how many to choose at the most, at least 1
     */
    static int[] even(List<String> labels, int most) {
        if (labels.size() <= most) {
            return IntStream.range(0, labels.size()).toArray();
        }
        Map<String, List<Integer>> classes = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            classes.computeIfAbsent(labels.get(i), label -> new ArrayList<>()).add(i);
        }
        int share = 0;
        while (sum(classes, share + 1) <= most) {
            share++;
        }
        int each = share;
        int[] chosen = classes.values().stream()
                .flatMapToInt(members -> evenly(members, Math.min(each, members.size())))
                .sorted()
                .toArray();
        // More classes than there is room for.
        return chosen.length > 0 ? chosen : Arrays.copyOf(firsts(classes), most);
    }

    private static long sum(Map<String, List<Integer>> classes, int share) {
        return classes.values().stream()
                .mapToLong(members -> Math.min(members.size(), share))
                .sum();
    }

    private static IntStream evenly(List<Integer> members, int count) {
        return IntStream.range(0, count).map(i -> members.get((int) ((long) i * members.size() / count)));
    }

    private static int[] firsts(Map<String, List<Integer>> classes) {
        return classes.values().stream().mapToInt(members -> members.get(0)).toArray();
    }
}
