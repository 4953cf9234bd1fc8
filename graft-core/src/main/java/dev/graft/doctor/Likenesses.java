package dev.graft.doctor;

import dev.graft.error.DataException;
import dev.graft.image.Preprocessing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds pictures that were saved again, resized or slightly retouched. Two perceptual hashes propose pairs, and a look at
 * the pixels decides, since among tiny pictures many have like hashes.
 */
final class Likenesses {
    /** The most bits of 128 in which the hashes of two likenesses differ. */
    private static final int DISTANCE = 8;

    /** One more than the distance: two hashes that differ in no more bits agree in one band at least. */
    private static final int BANDS = DISTANCE + 1;

    private static final int BAND_BITS = 14;

    private static final Preprocessing LOOK = Preprocessing.unitRange(32, 32, 3);
    private static final double LEAST_CORRELATION = 0.985;
    private static final double LARGEST_MEAN_DIFFERENCE = 0.04;

    private final Patients patients;
    private final @Nullable Portrait[] portraits;

    Likenesses(Patients patients, @Nullable Portrait[] portraits) {
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

    private Set<Pair> pairs(List<Integer> candidates) {
        Set<Pair> pairs = new HashSet<>();
        for (int band = 0; band < BANDS; band++) {
            Map<Long, List<Integer>> buckets = new HashMap<>();
            for (int number : candidates) {
                Portrait portrait = portraits[number];
                if (portrait != null && !portrait.plain()) {
                    List<Integer> bucket = buckets.computeIfAbsent(band(portrait, band), key -> new ArrayList<>());
                    bucket.stream()
                            .filter(other -> distance(portrait, portraits[other]) <= DISTANCE)
                            .forEach(other -> pairs.add(new Pair(other, number)));
                    bucket.add(number);
                }
            }
        }
        return pairs;
    }

    private static long band(Portrait portrait, int band) {
        int from = band * BAND_BITS;
        long bits = from >= Long.SIZE
                ? portrait.down() >>> (from - Long.SIZE)
                : portrait.across() >>> from | (from == 0 ? 0 : portrait.down() << (Long.SIZE - from));
        return band == BANDS - 1 ? bits : bits & ((1L << BAND_BITS) - 1);
    }

    private static int distance(Portrait one, @Nullable Portrait other) {
        return other == null
                ? Integer.MAX_VALUE
                : Long.bitCount(one.across() ^ other.across()) + Long.bitCount(one.down() ^ other.down());
    }

    private boolean lookAlike(Pair pair) {
        try {
            float[] one = look(pair.one());
            float[] other = look(pair.other());
            double difference = 0;
            for (int i = 0; i < one.length; i++) {
                difference += Math.abs(one[i] - other[i]);
            }
            return difference / one.length <= LARGEST_MEAN_DIFFERENCE && correlation(one, other) >= LEAST_CORRELATION;
        } catch (DataException e) {
            // It was readable a moment ago, and is gone: no likeness to speak of.
            return false;
        }
    }

    private float[] look(int number) {
        float[] look = new float[LOOK.elements()];
        LOOK.apply(patients.decode(number).image(), look, 0);
        return look;
    }

    private static double correlation(float[] one, float[] other) {
        double sumOne = 0;
        double sumOther = 0;
        double squaresOne = 0;
        double squaresOther = 0;
        double products = 0;
        for (int i = 0; i < one.length; i++) {
            sumOne += one[i];
            sumOther += other[i];
            squaresOne += one[i] * one[i];
            squaresOther += other[i] * other[i];
            products += one[i] * other[i];
        }
        double spreadOne = squaresOne - sumOne * sumOne / one.length;
        double spreadOther = squaresOther - sumOther * sumOther / one.length;
        return (products - sumOne * sumOther / one.length) / Math.sqrt(Math.max(1e-12, spreadOne * spreadOther));
    }
}
