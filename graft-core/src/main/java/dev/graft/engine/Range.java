package dev.graft.engine;

import java.util.List;
import java.util.stream.IntStream;

/** Examples {@code from} (inclusive) to {@code to} (exclusive) of a batch: a share of it. */
record Range(int from, int to) {
    /** As many ranges as wanted, about equally long, unless they would be too short. */
    static List<Range> of(int count, int wanted, int least) {
        return split(count, Math.max(1, Math.min(wanted, count / least)));
    }

    /** At least as many ranges as wanted, unless they would be too short, and none longer than the most. */
    static List<Range> ofAtMost(int most, int count, int wanted, int least) {
        List<Range> ranges = of(count, wanted, least);
        int number = (int) (((long) count + most - 1) / most);
        return number <= ranges.size() ? ranges : split(count, number);
    }

    private static List<Range> split(int count, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new Range((int) ((long) count * i / number), (int) ((long) count * (i + 1) / number)))
                .toList();
    }

    int size() {
        return to - from;
    }
}
