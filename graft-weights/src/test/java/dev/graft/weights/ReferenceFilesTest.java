package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every file that the reference implementation wrote is read with the values it says, bit for bit. */
class ReferenceFilesTest {
    private static final JsonNode EXPECTED = JsonMapper.shared()
            .readTree(Fixtures.folder("safetensors").resolve("expected.json").toFile());

    static List<String> names() {
        return new ArrayList<>(EXPECTED.propertyNames());
    }

    @ParameterizedTest
    @MethodSource("names")
    void holdsTheMetadataTypesShapesAndValuesOfTheReference(String name) {
        JsonNode expected = EXPECTED.get(name);
        try (SafetensorsFile file = SafetensorsFile.open(path(name))) {
            assertThat(file.metadata()).isEqualTo(texts(expected.get("metadata")));
            JsonNode tensors = expected.get("tensors");
            assertThat(file.tensors().keySet()).containsExactlyInAnyOrderElementsOf(tensors.propertyNames());
            for (TensorInfo info : file.tensors().values()) {
                JsonNode tensor = tensors.get(info.name());
                assertThat(info.type().name()).isEqualTo(tensor.get("dtype").asString());
                assertThat(Arrays.toString(info.shape()))
                        .isEqualTo(tensor.get("shape").values().stream()
                                .map(JsonNode::toString)
                                .collect(Collectors.joining(", ", "[", "]")));
                if (info.type().readsAsFloat32()) {
                    assertThat(bits(file.read(info.name())))
                            .isEqualTo(tensor.get("bits").asString());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsTheSameFromMemoryAsFromTheFile(String name) {
        SafetensorsFile memory = SafetensorsFile.parse(Fixtures.bytes(path(name)), name);
        try (SafetensorsFile file = SafetensorsFile.open(path(name))) {
            assertThat(memory.metadata()).isEqualTo(file.metadata());
            assertThat(memory.tensors()).isEqualTo(file.tensors());
            assertThat(memory.readAll(NonFinite.ALLOW, info -> info.type().readsAsFloat32()))
                    .isEqualTo(file.readAll(NonFinite.ALLOW, info -> info.type().readsAsFloat32()));
        }
    }

    @Test
    void writesTheBytesThatTheReferenceWrites() {
        for (String name : List.of("f32.safetensors", "scalar.safetensors", "no-tensors.safetensors")) {
            byte[] reference = Fixtures.bytes(path(name));
            SafetensorsFile file = SafetensorsFile.parse(reference, name);
            assertThat(SafetensorsWriter.toBytes(file.readAll(), file.metadata()))
                    .as(name)
                    .isEqualTo(reference);
        }
    }

    private static Path path(String name) {
        return Fixtures.folder("safetensors").resolve(name);
    }

    private static Map<String, String> texts(JsonNode node) {
        return node.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asString()));
    }

    private static String bits(FloatTensor tensor) {
        StringBuilder text = new StringBuilder();
        for (float value : tensor.values()) {
            text.append(text.isEmpty() ? "" : " ").append(String.format("%08x", Float.floatToRawIntBits(value)));
        }
        return text.toString();
    }
}
