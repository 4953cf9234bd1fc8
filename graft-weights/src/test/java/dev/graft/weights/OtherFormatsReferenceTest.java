package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every file that a format's own library wrote is read with the values that it says, bit for bit. */
class OtherFormatsReferenceTest {
    static Stream<Arguments> files() {
        return Stream.of(Reader.values()).flatMap(reader -> Fixtures.files(reader.goodFolder()).stream()
                .filter(reader::reads)
                .map(path -> Arguments.of(reader, path)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void holdsTheTypesShapesAndValuesOfTheReference(Reader reader, Path path) {
        JsonNode expected = JsonMapper.shared()
                .readTree(Fixtures.folder(reader.goodFolder())
                        .resolve("expected.json")
                        .toFile())
                .get(String.valueOf(path.getFileName()));
        try (TensorFile file = reader.open(path)) {
            checkTensors(expected, file);
        }
        try (TensorFile file = reader.parse(Fixtures.bytes(path), "memory")) {
            checkTensors(expected, file);
        }
        try (TensorFile file = TensorFile.open(path)) {
            assertThat(file).isInstanceOf(reader == Reader.ONNX ? OnnxFile.class : Hdf5File.class);
        }
    }

    private static void checkTensors(JsonNode expected, TensorFile file) {
        if (expected == null) {
            assertThat(file.tensors()).isEmpty();
            return;
        }
        assertThat(file.tensors().keySet()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
        for (TensorInfo info : file.tensors().values()) {
            JsonNode tensor = expected.get(info.name());
            assertThat(info.type().name()).isEqualTo(tensor.get("dtype").asString());
            assertThat(Arrays.stream(info.shape()).boxed().toList())
                    .isEqualTo(tensor.get("shape").values().stream()
                            .map(JsonNode::asLong)
                            .toList());
            if (tensor.has("integers")) {
                assertThat(file.readIntegers(info.name()))
                        .containsExactly(tensor.get("integers").values().stream()
                                .mapToLong(JsonNode::asLong)
                                .toArray());
            } else {
                assertThat(bits(file.read(info.name())))
                        .as(info.name())
                        .isEqualTo(tensor.get("bits").asString());
            }
        }
    }

    private static String bits(FloatTensor tensor) {
        float[] values = tensor.values();
        return java.util.stream.IntStream.range(0, values.length)
                .mapToObj(i -> String.format("%08x", Float.floatToRawIntBits(values[i])))
                .collect(Collectors.joining(" "));
    }
}
