package dev.graft.weights;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.error.WeightsFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes at all are read or refused. A normal build replays the checked-in files; to search for new inputs set
 * {@code JAZZER_FUZZ=1} in the environment and pass {@code -Dfuzz.instrument=true} and one test's name.
 */
class OtherFormatsFuzzTest {
    static Stream<byte[]> onnx() {
        return seeds(Reader.ONNX);
    }

    static Stream<byte[]> hdf5() {
        return seeds(Reader.HDF5);
    }

    private static Stream<byte[]> seeds(Reader reader) {
        return Stream.of(reader.goodFolder(), reader.badFolder())
                .flatMap(folder -> Fixtures.files(folder).stream())
                .map(Fixtures::bytes);
    }

    @MethodSource("onnx")
    @FuzzTest(maxDuration = "10m")
    void anyBytesAreReadOrRefusedAsOnnx(byte[] content) {
        readOrRefuse(Reader.ONNX, content);
    }

    @MethodSource("hdf5")
    @FuzzTest(maxDuration = "10m")
    void anyBytesAreReadOrRefusedAsHdf5(byte[] content) {
        readOrRefuse(Reader.HDF5, content);
    }

    @MethodSource("index")
    @FuzzTest(maxDuration = "10m")
    @SuppressWarnings("EmptyCatch")
    void anyBytesAreReadOrRefusedAsAnIndexOfShards(byte[] content) {
        try {
            ShardIndex.read(new MemorySource("fuzzed", java.nio.ByteBuffer.wrap(content)));
        } catch (WeightsFileException refused) {
            // the only thing that may be thrown
        }
    }

    static Stream<byte[]> index() {
        return Stream.of("sharded", "crashers-index")
                .flatMap(folder -> Fixtures.files(folder).stream())
                .map(Fixtures::bytes);
    }

    @SuppressWarnings("EmptyCatch")
    private static void readOrRefuse(Reader reader, byte[] content) {
        try (TensorFile file = reader.parse(content, "fuzzed")) {
            file.tensors().values().stream()
                    .filter(info -> info.type().readsAsFloat32())
                    .forEach(info -> file.read(info.name()));
            if (file instanceof Hdf5File hdf5) {
                hdf5.groups().forEach(group -> hdf5.texts(group, "layer_names"));
            }
        } catch (WeightsFileException refused) {
            // the only thing that may be thrown
        }
    }
}
