package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.graft.error.ClosedException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void refusesNotFiniteWeightsAndNamesTensorElementAndByte() {
        SafetensorsFile file = SafetensorsFile.open(Fixtures.folder("safetensors/not-finite.safetensors"));
        try (file) {
            assertThatThrownBy(file::readAll)
                    .isInstanceOf(WeightsFileException.class)
                    .hasMessageContaining("not-finite.safetensors")
                    .hasMessageContaining("'weight'")
                    .hasMessageContaining("NaN at element 1 of 3")
                    .hasMessageContaining("byte ");
            assertThat(file.readAll(NonFinite.ALLOW).get("weight").values()[1]).isNaN();
        }
    }

    @Test
    void refusesADoubleBeyondTheRangeOfFloat32() {
        byte[] content = Fixtures.oneTensor(
                "F64", "[1]", 0, 8, ByteBuffer.allocate(8).put(7, (byte) 0x7e).array());
        SafetensorsFile file = SafetensorsFile.parse(content, "doubles");
        assertThatThrownBy(file::readAll)
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("Infinity");
    }

    @Test
    void refusesIntegersByNameUnlessTheyAreLeftOut() {
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.folder("safetensors/mixed.safetensors"))) {
            assertThatThrownBy(() -> file.read("counter"))
                    .isInstanceOf(WeightsFileException.class)
                    .hasMessageContaining("'counter'")
                    .hasMessageContaining("I64");
            assertThatThrownBy(file::readAll).isInstanceOf(WeightsFileException.class);
            WeightSet floats =
                    file.readAll(NonFinite.REFUSE, info -> info.type().readsAsFloat32());
            assertThat(floats.names()).containsExactlyInAnyOrder("half", "single", "double");
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.folder("safetensors/f32.safetensors"))) {
            assertThatThrownBy(() -> file.read("conv.wieght"))
                    .isInstanceOf(WeightsMismatchException.class)
                    .hasMessageContaining("'conv.weight', 'conv.bias'");
        }
    }

    @Test
    void tensorsComeInTheOrderOfTheirData() {
        byte[] content = Fixtures.file(
                "{\"z\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]},"
                        + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                (byte) 1,
                (byte) 2);
        assertThat(SafetensorsFile.parse(content, "two").tensors().keySet()).containsExactly("a", "z");
    }

    @Test
    void aHeaderWhoseLengthLooksLikeAPickleIsReadAllTheSame() {
        // 0x0280 = 640 bytes of header begin with the two bytes of pickle protocol 2.
        String header = "{\"weight\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}";
        byte[] content = Fixtures.file(header + " ".repeat(640 - header.length()), new byte[4]);
        assertThat(content[0]).isEqualTo((byte) 0x80);
        assertThat(content[1]).isEqualTo((byte) 2);
        assertThat(SafetensorsFile.parse(content, "640").read("weight").values())
                .containsExactly(0f);
    }

    @Test
    void aNullMetadataIsNoMetadata() {
        assertThat(SafetensorsFile.parse(Fixtures.file("{\"__metadata__\":null}"), "null")
                        .metadata())
                .isEmpty();
    }

    @Test
    void readsFromThePositionOfABuffer() {
        byte[] content = Fixtures.oneTensor("F32", "[]", 0, 4, new byte[4]);
        ByteBuffer shifted = ByteBuffer.allocateDirect(content.length + 5);
        shifted.position(5).put(content).position(5);
        assertThat(SafetensorsFile.parse(shifted, "shifted").read("weight").elements())
                .isEqualTo(1);
        assertThat(shifted.position()).isEqualTo(5);
    }

    @Test
    void aMissingFileAndADirectoryAreNamed() {
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("nowhere.safetensors")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nowhere.safetensors");
        assertThatThrownBy(() -> SafetensorsFile.open(folder))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("directory");
    }

    @Test
    void aFileThatShrinksWhileOpenIsRefused() throws IOException {
        Path path = folder.resolve("shrinks.safetensors");
        Files.write(path, Fixtures.oneTensor("F32", "[2]", 0, 8, new byte[8]));
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() - 4);
            }
            assertThatThrownBy(() -> file.read("weight"))
                    .isInstanceOf(WeightsFileException.class)
                    .hasMessageContaining("became shorter");
        }
    }

    @Test
    void readingAfterCloseIsAnError() {
        SafetensorsFile file = SafetensorsFile.open(Fixtures.folder("safetensors/scalar.safetensors"));
        file.close();
        file.close();
        assertThatThrownBy(() -> file.read("scale"))
                .isInstanceOf(ClosedException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aFileBeyondTwoGibibytesIsReadAtItsEnd() throws IOException {
        long hole = 3L << 30;
        String header = "{\"hole\":{\"dtype\":\"U8\",\"shape\":[" + hole + "],\"data_offsets\":[0," + hole + "]},"
                + "\"weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[" + hole + "," + (hole + 4) + "]}}";
        Path path = folder.resolve("sparse.safetensors");
        byte[] start = Fixtures.file(header);
        // The hole takes no room on the disk.
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(start));
            channel.write(ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3f}), start.length + hole);
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.read("weight").values()).containsExactly(1f);
        }
    }

    @Test
    void aTensorBeyondAJavaArrayIsRefusedBeforeMemoryIsTaken() throws IOException {
        long elements = Integer.MAX_VALUE + 1L;
        Path path = folder.resolve("large.safetensors");
        byte[] start = Fixtures.oneTensor("F16", "[" + elements + "]", 0, 2 * elements);
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(start));
            channel.write(ByteBuffer.wrap(new byte[1]), start.length + 2 * elements - 1);
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            long before = allocated();
            assertThatThrownBy(file::readAll)
                    .isInstanceOf(WeightsFileException.class)
                    .hasMessageContaining("2147483648 elements");
            assertThat(allocated() - before).isLessThan(16L << 20);
        }
    }

    @Test
    void aHeaderThatDeclaresHugeTensorsIsRefusedBeforeMemoryIsTaken() {
        byte[] content = Fixtures.oneTensor("F32", "[1048576,1048576]", 0, 1L << 42, new byte[8]);
        assertThat(allocatedByRefusing(content)).isLessThan(1L << 20);
    }

    @Test
    void aHeaderLengthNearTheCapIsRefusedBeforeMemoryIsTaken() {
        byte[] content = Fixtures.file("{}");
        ByteBuffer.wrap(content).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(0, 99_000_000);
        assertThat(allocatedByRefusing(content)).isLessThan(1L << 20);
    }

    @Test
    void aHeaderOfCountlessTensorsIsRefusedWithinTheBound() {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i <= Limits.TENSORS; i++) {
            header.append(i == 0 ? "\"" : ",\"")
                    .append(i)
                    .append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        byte[] content = Fixtures.file(header.append('}').toString());
        WeightsFileException refusal =
                catchThrowableOfType(WeightsFileException.class, () -> SafetensorsFile.parse(content, "countless"));
        assertThat(refusal).hasMessageContaining("too many tensors");
    }

    @Test
    void namesFromAFileReachNoTerminalAsControlCharacters() {
        byte[] content = Fixtures.file("{\"\\u001b[31mred\":3}");
        assertThatThrownBy(() -> SafetensorsFile.parse(content, "red"))
                .hasMessageContaining("'\\u001b[31mred'")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void viewsCannotBeChanged() {
        SafetensorsFile file = SafetensorsFile.parse(Fixtures.oneTensor("U8", "[0]", 0, 0), "empty");
        Map<String, TensorInfo> tensors = file.tensors();
        assertThatThrownBy(tensors::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    private static long allocatedByRefusing(byte[] content) {
        long taken = 0;
        // The first round loads classes; the second counts.
        for (int round = 0; round < 2; round++) {
            long before = allocated();
            WeightsFileException refusal =
                    catchThrowableOfType(WeightsFileException.class, () -> SafetensorsFile.parse(content, "huge"));
            taken = allocated() - before;
            assertThat(refusal).isNotNull();
        }
        return taken;
    }

    private static long allocated() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                .getCurrentThreadAllocatedBytes();
    }
}
