package dev.graft.doctor;

import dev.graft.error.DataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds pictures that were saved again, resized, brightened or moved a little. Shapes propose pairs, and a look at the pixels
 * decides, since among tiny pictures many have like shapes. LikenessesTest says how many of which it finds.
 */
final class Likenesses {
    /** Of the cells of two likenesses: pictures of 32 x 32, moved by one pixel, have it in 99 of 100 cases. */
    private static final double LEAST_CORRELATION = 0.94;

    private static final float LARGEST_SQUARE = (float) (2 - 2 * LEAST_CORRELATION);
    private static final float LARGEST_DISTANCE = (float) Math.sqrt(LARGEST_SQUARE);

    /** Together about 64 MiB. */
    private static final int MOST_LOOKS = 24_000;

    private final NumberedExamples patients;
    private final @Nullable ImageFingerprint[] portraits;
    private final Map<Integer, BlurredThumbnail> looks = new ConcurrentHashMap<>();

    Likenesses(NumberedExamples patients, @Nullable ImageFingerprint[] portraits) {
        this.patients = patients;
        this.portraits = portraits;
    }

    /**
     * Groups likenesses.
     *
     * @param candidates numbers of different pictures
     * @return groups of two or more, each in order
     */
    List<List<Integer>> among(List<Integer> candidates) {
        List<Pair> alike =
                pairs(candidates).parallelStream().filter(this::lookAlike).toList();
        Map<Integer, Integer> leaders = new HashMap<>();
        for (Pair pair : alike) {
            int one = leader(leaders, pair.one());
            int other = leader(leaders, pair.other());
            leaders.put(Math.max(one, other), Math.min(one, other));
        }
        Map<Integer, List<Integer>> groups = new TreeMap<>();
        Set<Integer> members = new HashSet<>();
        alike.forEach(pair -> members.addAll(List.of(pair.one(), pair.other())));
        members.stream().sorted().forEach(number -> groups.computeIfAbsent(
                        leader(leaders, number), key -> new ArrayList<>())
                .add(number));
        return List.copyOf(groups.values());
    }

    private record Pair(int one, int other) {}

    private static int leader(Map<Integer, Integer> leaders, int number) {
        int at = number;
        while (leaders.getOrDefault(at, at) != at) {
            at = leaders.getOrDefault(at, at);
        }
        return at;
    }

    /** All pairs of shapes whose cells correlate, found along the first number, by which they are sorted. */
    private List<Pair> pairs(List<Integer> candidates) {
        int[] sorted = candidates.stream()
                .filter(number -> shape(number).length > 0)
                .sorted(Comparator.comparing(number -> shape(number)[0]))
                .mapToInt(Integer::intValue)
                .toArray();
        float[] shapes = new float[Math.multiplyExact(sorted.length, Shape.NUMBERS)];
        for (int i = 0; i < sorted.length; i++) {
            System.arraycopy(shape(sorted[i]), 0, shapes, i * Shape.NUMBERS, Shape.NUMBERS);
        }
        return IntStream.range(0, sorted.length)
                .parallel()
                .boxed()
                .flatMap(one -> following(shapes, one)
                        .mapToObj(other ->
                                new Pair(Math.min(sorted[one], sorted[other]), Math.max(sorted[one], sorted[other]))))
                .toList();
    }

    private static IntStream following(float[] shapes, int one) {
        int at = one * Shape.NUMBERS;
        IntStream.Builder near = IntStream.builder();
        for (int other = at + Shape.NUMBERS; other < shapes.length; other += Shape.NUMBERS) {
            if (shapes[other] - shapes[at] > LARGEST_DISTANCE) {
                break;
            }
            if (near(shapes, at, other)) {
                near.add(other / Shape.NUMBERS);
            }
        }
        return near.build();
    }

    private static boolean near(float[] shapes, int one, int other) {
        float squares = 0;
        for (int i = 0; i < Shape.NUMBERS; i++) {
            float difference = shapes[one + i] - shapes[other + i];
            squares += difference * difference;
            if (squares > LARGEST_SQUARE) {
                return false;
            }
        }
        return true;
    }

    private float[] shape(int number) {
        ImageFingerprint portrait = portraits[number];
        return portrait == null ? new float[0] : portrait.shape();
    }

    private boolean lookAlike(Pair pair) {
        try {
            return look(pair.one()).like(look(pair.other()));
        } catch (DataException e) {
            // It was readable a moment ago, and is gone: no likeness to speak of.
            return false;
        }
    }

    private BlurredThumbnail look(int number) {
        BlurredThumbnail known = looks.get(number);
        if (known != null) {
            return known;
        }
        BlurredThumbnail look = BlurredThumbnail.of(patients.decode(number).image());
        if (looks.size() < MOST_LOOKS) {
            looks.put(number, look);
        }
        return look;
    }
}
