package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.error.WeightsFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Thousands of damaged copies of good files, the same ones in every run: each is read or refused, nothing else. */
class SafetensorsMutationTest {
    private static final int ROUNDS = 6_000;
    private static final List<String> FRAGMENTS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\u0000",
            "\\ud800",
            "-",
            "9",
            "99999999999999999999",
            "1e9",
            "null",
            "__metadata__",
            "dtype",
            "shape",
            "data_offsets",
            "F64",
            "BOOL",
            "9223372036854775807",
            " ",
            "\0",
            "é");

    @Test
    void aDamagedFileIsReadOrRefusedAndNothingElse() {
        List<byte[]> seeds = Fixtures.files("safetensors").stream()
                .filter(path -> path.toString().endsWith(".safetensors"))
                .map(Fixtures::bytes)
                .toList();
        SplittableRandom random = new SplittableRandom(42);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = seeds.get(random.nextInt(seeds.size()));
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                damaged = mutate(damaged, random);
            }
            refused += isRefused(damaged, round) ? 1 : 0;
        }
        assertThat(refused).isBetween(ROUNDS / 2, ROUNDS - 1);
    }

    private static boolean isRefused(byte[] content, int round) {
        try {
            SafetensorsFile.parse(content, "mutant").readAll(NonFinite.ALLOW);
            return false;
        } catch (WeightsFileException e) {
            return true;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    "round " + round + " of " + HexFormat.of().formatHex(content, 0, Math.min(content.length, 600)), e);
        }
    }

    private static byte[] mutate(byte[] content, SplittableRandom random) {
        int reach = Math.max(1, Math.min(content.length, 400));
        int at = random.nextInt(reach);
        return switch (random.nextInt(6)) {
            case 0 -> flipBit(content, at, random);
            case 1 -> Arrays.copyOf(content, random.nextInt(content.length + 1));
            case 2 -> Arrays.copyOf(content, content.length + random.nextInt(64));
            case 3 -> withLength(content, random);
            case 4 -> splice(content, at, 0, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            default -> splice(content, at, random.nextInt(6), FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        };
    }

    private static byte[] flipBit(byte[] content, int at, SplittableRandom random) {
        byte[] copy = content.clone();
        if (at < copy.length) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static byte[] withLength(byte[] content, SplittableRandom random) {
        byte[] copy = Arrays.copyOf(content, Math.max(content.length, Long.BYTES));
        ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(0, buffer.getLong(0) + random.nextInt(-16, 17));
        return copy;
    }

    /** Replaces some header bytes by the fragment and, so that deeper rules are reached, mends the header's length. */
    private static byte[] splice(byte[] content, int at, int removed, String fragment) {
        byte[] inserted = fragment.getBytes(StandardCharsets.UTF_8);
        int from = Math.min(content.length, Math.max(Long.BYTES, at));
        int to = Math.min(content.length, from + removed);
        ByteBuffer result = ByteBuffer.allocate(Math.max(Long.BYTES, content.length) + inserted.length - (to - from))
                .order(ByteOrder.LITTLE_ENDIAN);
        result.put(content, 0, from).put(inserted).put(content, to, content.length - to);
        result.putLong(0, result.getLong(0) + inserted.length - (to - from));
        return result.array();
    }

    @Test
    void everyTruncationOfAFileIsRefused() {
        Path path = Fixtures.folder("safetensors/f32.safetensors");
        byte[] content = Fixtures.bytes(path);
        for (int length = 0; length < content.length; length++) {
            assertThat(isRefused(Arrays.copyOf(content, length), length))
                    .as("%d bytes", length)
                    .isTrue();
        }
    }
}
