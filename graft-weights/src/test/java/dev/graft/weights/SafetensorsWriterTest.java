package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
    @TempDir
    private Path folder = Path.of("");

    private static WeightSet someWeights() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put("stem.weight", FloatTensor.of(new float[] {1, -2.5f, Float.MIN_VALUE, -0f}, 2, 2));
        tensors.put("empty", FloatTensor.of(new float[0], 3, 0));
        tensors.put("a scalar", FloatTensor.of(new float[] {7}));
        tensors.put("层 \"1\"\n", FloatTensor.of(new float[200_000], 200_000));
        return WeightSet.of(tensors);
    }

    @Test
    void whatIsWrittenReadsBackInTheSameOrder() {
        Path target = folder.resolve("new/model.safetensors");
        SafetensorsWriter.write(target, someWeights(), Map.of("format", "pt", "licence", "Apache-2.0 举一反三"));
        try (SafetensorsFile file = SafetensorsFile.open(target)) {
            WeightSet read = file.readAll();
            assertThat(read).isEqualTo(someWeights());
            assertThat(read.names()).containsExactlyElementsOf(someWeights().names());
            assertThat(read.digest()).isEqualTo(someWeights().digest());
            assertThat(file.metadata()).isEqualTo(Map.of("format", "pt", "licence", "Apache-2.0 举一反三"));
        }
    }

    @Test
    void equalInputGivesEqualBytesInFileAndMemory() {
        Map<String, String> forward = new LinkedHashMap<>();
        forward.put("a", "1");
        forward.put("b", "2");
        Map<String, String> backward = new LinkedHashMap<>();
        backward.put("b", "2");
        backward.put("a", "1");
        byte[] bytes = SafetensorsWriter.toBytes(someWeights(), forward);
        assertThat(SafetensorsWriter.toBytes(someWeights(), backward)).isEqualTo(bytes);
        Path target = folder.resolve("model.safetensors");
        SafetensorsWriter.write(target, someWeights(), backward);
        assertThat(target).hasBinaryContent(bytes);
    }

    @Test
    void dataBeginsAtAMultipleOfEight() {
        for (int length = 0; length < 8; length++) {
            byte[] bytes = SafetensorsWriter.toBytes(WeightSet.of(Map.of()), Map.of("k", "x".repeat(length)));
            long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
            assertThat(header % 8).isZero();
            assertThat(bytes).hasSize((int) header + 8);
        }
    }

    @Test
    void refusesWhatItsReaderWouldRefuse() {
        FloatTensor scalar = FloatTensor.of(new float[1]);
        for (String name : new String[] {"__metadata__", "n".repeat(513), "\ud800"}) {
            WeightSet weights = WeightSet.of(Map.of(name, scalar));
            assertThatThrownBy(() -> SafetensorsWriter.toBytes(weights, Map.of()))
                    .isInstanceOf(SettingsException.class);
        }
        WeightSet deep = WeightSet.of(Map.of("w", new FloatTensor(new long[65], new float[0])));
        assertThatThrownBy(() -> SafetensorsWriter.toBytes(deep, Map.of())).isInstanceOf(SettingsException.class);
        WeightSet none = WeightSet.of(Map.of());
        assertThatThrownBy(() -> SafetensorsWriter.toBytes(none, Map.of("k", "\udc00")))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> SafetensorsWriter.toBytes(none, Map.of("k", "x".repeat(17 << 20))))
                .isInstanceOf(SettingsException.class);
    }
}
