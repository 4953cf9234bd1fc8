package dev.graft.weights;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.fuzzing.Hostile;
import dev.graft.fuzzing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class TensorFilesFuzzTest {
    private static final String FIXTURES = "graft-weights/src/test/resources/";

    static Stream<byte[]> safetensorsSeeds() {
        return seeds("safetensors", "crashers");
    }

    @MethodSource("safetensorsSeeds")
    @FuzzTest
    void safetensors(byte[] content) throws IOException {
        Hostile.readOrRefuse(
                content.length, () -> SafetensorsFile.parse(content, "fuzzed").readAll(NonFinite.ALLOW));
    }

    static Stream<byte[]> onnxSeeds() {
        return seeds("onnx", "crashers-onnx");
    }

    @MethodSource("onnxSeeds")
    @FuzzTest
    void onnx(byte[] content) throws IOException {
        Hostile.readOrRefuse(content.length, () -> {
            try (OnnxFile file = OnnxFile.parse(ByteBuffer.wrap(content), "fuzzed")) {
                readAll(file);
            }
        });
    }

    static Stream<byte[]> hdf5Seeds() {
        return seeds("hdf5", "crashers-hdf5");
    }

    @MethodSource("hdf5Seeds")
    @FuzzTest
    void hdf5(byte[] content) throws IOException {
        Hostile.readOrRefuse(content.length, () -> {
            try (Hdf5File file = Hdf5File.parse(ByteBuffer.wrap(content), "fuzzed")) {
                readAll(file);
                file.groups().forEach(group -> file.texts(group, "layer_names"));
                KerasLayers.of(file);
            }
        });
    }

    static Stream<byte[]> shardIndexSeeds() {
        return seeds("sharded", "crashers-index");
    }

    @MethodSource("shardIndexSeeds")
    @FuzzTest
    void shardIndex(byte[] content) throws IOException {
        Hostile.readOrRefuse(
                content.length, () -> ShardIndex.read(new MemorySource("fuzzed", ByteBuffer.wrap(content))));
    }

    private static Stream<byte[]> seeds(String... folders) {
        return Stream.of(folders).flatMap(folder -> Seeds.in(FIXTURES + folder));
    }

    private static void readAll(TensorFile file) {
        file.tensors().values().stream()
                .filter(info -> info.type().readsAsFloat32())
                .forEach(info -> file.read(info.name()));
    }
}
