package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.error.WeightsFileException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thousands of damaged copies of good files, the same ones in every run: each is read or refused, nothing else. */
class OtherFormatsMutationTest {
    private static final int ROUNDS = 3_000;
    private static final long[] NUMBERS = {0, 1, 2, 8, 96, 0xff, 0xffff, 1L << 31, 1L << 40, Long.MAX_VALUE, -1, -8};

    @ParameterizedTest
    @EnumSource
    void aDamagedFileIsReadOrRefusedAndNothingElse(Reader reader) {
        List<byte[]> seeds = Fixtures.files(reader.goodFolder()).stream()
                .filter(reader::reads)
                .map(Fixtures::bytes)
                .toList();
        SplittableRandom random = new SplittableRandom(42);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = seeds.get(random.nextInt(seeds.size()));
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                damaged = mutate(damaged, random);
            }
            refused += isRefused(reader, damaged, round) ? 1 : 0;
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
    }

    @ParameterizedTest
    @EnumSource
    void everyTruncationOfAFileIsRefused(Reader reader) {
        String name = reader == Reader.ONNX ? "named-by-node.onnx" : "types.h5";
        byte[] content = Fixtures.bytes(Fixtures.folder(reader.goodFolder()).resolve(name));
        // What follows the graph in an ONNX file is only the version of its operators.
        int mustHave = reader == Reader.ONNX ? content.length - 10 : content.length;
        for (int length = 0; length < mustHave; length++) {
            assertThat(isRefused(reader, Arrays.copyOf(content, length), length))
                    .as("%d bytes", length)
                    .isTrue();
        }
    }

    private static boolean isRefused(Reader reader, byte[] content, int round) {
        try (TensorFile file = reader.parse(content, "mutant")) {
            for (TensorInfo info : file.tensors().values()) {
                if (info.type().readsAsFloat32()) {
                    file.read(info.name());
                } else if (IntegerDecoder.decodes(info.type())) {
                    file.readIntegers(info.name());
                }
            }
            if (file instanceof Hdf5File hdf5) {
                hdf5.groups().forEach(group -> hdf5.texts(group, "layer_names"));
            }
            return false;
        } catch (WeightsFileException e) {
            return true;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    "round " + round + " of " + HexFormat.of().formatHex(content, 0, Math.min(content.length, 600)), e);
        }
    }

    private static byte[] mutate(byte[] content, SplittableRandom random) {
        if (content.length == 0) {
            return content;
        }
        byte[] copy = content.clone();
        int at = random.nextInt(copy.length);
        switch (random.nextInt(12)) {
            case 0 -> copy = Arrays.copyOf(content, random.nextInt(content.length + 1));
            case 1, 2, 3 -> copy[at] = (byte) random.nextInt(256);
            case 4, 5, 6 -> putNumber(copy, at & ~7, NUMBERS[random.nextInt(NUMBERS.length)]);
            case 7 -> putNumber(copy, at & ~7, random.nextInt(content.length));
            case 8 -> copyBytes(copy, random.nextInt(copy.length), at);
            default -> copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static void copyBytes(byte[] copy, int from, int to) {
        System.arraycopy(copy, from, copy, to, Math.min(Long.BYTES, copy.length - Math.max(from, to)));
    }

    private static void putNumber(byte[] copy, int at, long number) {
        for (int i = 0; i < Long.BYTES && at + i < copy.length; i++) {
            copy[at + i] = (byte) (number >> (8 * i));
        }
    }
}
