package dev.graft.fuzzing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes inputs at random, as fuzzers without knowledge of a format do: bits, bytes, numbers, pieces moved or left out. */
final class Mutator {
    private static final int LARGEST_BYTES = 1 << 16;
    private static final int MOST_CHANGES = 6;
    private static final int LONGEST_PIECE = 64;
    private static final long[] NUMBERS = {
        0,
        1,
        2,
        -1,
        7,
        8,
        16,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final List<byte[]> WORDS = List.of(
                    "null",
                    "[]",
                    "{}",
                    "\"\"",
                    "true",
                    "-1",
                    "0",
                    "1e400",
                    "NaN",
                    "99999999999999999999",
                    "[[[[[[[[",
                    "\"a\":{",
                    "\\ud800",
                    "\uFEFF",
                    "../",
                    "\r\n",
                    "\t",
                    ",",
                    ";",
                    "\"",
                    ":",
                    "}",
                    "]",
                    "\u0000")
            .stream()
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final SplittableRandom random;

    Mutator(SplittableRandom random) {
        this.random = random;
    }

    /** A changed copy. */
    byte[] mutate(byte[] input, byte[] other) {
        byte[] changed = input.clone();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            changed = change(changed, other);
        }
        return changed.length <= LARGEST_BYTES ? changed : Arrays.copyOf(changed, LARGEST_BYTES);
    }

    private byte[] change(byte[] in, byte[] other) {
        if (in.length == 0) {
            return WORDS.get(random.nextInt(WORDS.size()));
        }
        int at = random.nextInt(in.length);
        int piece = Math.min(in.length - at, 1 + random.nextInt(LONGEST_PIECE));
        return switch (random.nextInt(9)) {
            case 0 -> with(in, at, (byte) (in[at] ^ (1 << random.nextInt(8))));
            case 1 -> with(in, at, (byte) random.nextInt(256));
            case 2 -> number(in, at);
            case 3 -> replaced(in, at, piece, new byte[0]);
            case 4 -> replaced(in, at, 0, Arrays.copyOfRange(in, at, at + piece));
            case 5 -> replaced(in, at, random.nextBoolean() ? piece : 0, WORDS.get(random.nextInt(WORDS.size())));
            case 6 -> spliced(in, at, other);
            case 7 -> digits(in, at);
            default -> moved(in, at, piece);
        };
    }

    private static byte[] with(byte[] in, int at, byte value) {
        in[at] = value;
        return in;
    }

    private byte[] moved(byte[] in, int at, int piece) {
        int to = random.nextInt(in.length);
        System.arraycopy(in.clone(), at, in, to, Math.min(piece, in.length - to));
        return in;
    }

    /** One, two, four or eight bytes, in one of the two orders. */
    private byte[] number(byte[] in, int at) {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        int width = 1 << random.nextInt(4);
        boolean little = random.nextBoolean();
        for (int i = 0; i < width && at + i < in.length; i++) {
            in[at + i] = (byte) (number >> (8 * (little ? i : width - 1 - i)));
        }
        return in;
    }

    private byte[] spliced(byte[] in, int at, byte[] other) {
        if (other.length == 0) {
            return in;
        }
        int from = random.nextInt(other.length);
        int length = Math.min(other.length - from, 1 + random.nextInt(4 * LONGEST_PIECE));
        return replaced(
                in,
                at,
                random.nextBoolean() ? Math.min(length, in.length - at) : 0,
                Arrays.copyOfRange(other, from, from + length));
    }

    /** Another number in the place of one that is written in digits. */
    private byte[] digits(byte[] in, int at) {
        int begin = at;
        while (begin < in.length && !digit(in[begin])) {
            begin++;
        }
        int end = begin;
        while (end < in.length && digit(in[end])) {
            end++;
        }
        String number = Long.toString(NUMBERS[random.nextInt(NUMBERS.length)]);
        return replaced(in, begin, end - begin, number.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean digit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static byte[] replaced(byte[] in, int at, int length, byte[] by) {
        byte[] out = new byte[in.length - length + by.length];
        System.arraycopy(in, 0, out, 0, at);
        System.arraycopy(by, 0, out, at, by.length);
        System.arraycopy(in, at + length, out, at + by.length, in.length - at - length);
        return out;
    }
}
