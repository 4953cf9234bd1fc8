package dev.graft.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.KerasWeights;
import dev.graft.text.TextBackbones;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Models as others publish them: transformers' directories and Keras files. */
class PublishedModelsFuzzTest {
    private static final String TEXTS = "graft-text/src/test/resources/text/";
    private static final List<byte[]> KERAS = Stream.of("keras2", "keras2.weights", "keras3", "keras3.weights")
            .map(name -> Seeds.file("graft-core/src/test/resources/keras/" + name + ".h5.gz"))
            .toList();
    private static final Architecture DIGITS = Architectures.named("digits-cnn");

    static Stream<byte[]> transformerConfigSeeds() {
        return Stream.of("bert", "roberta", "distilbert", "gpt2").map(family -> file(family, "config.json"));
    }

    /** Without its tokeniser, whose native code has a test of its own: whatever is read before is read. */
    @MethodSource("transformerConfigSeeds")
    @FuzzTest
    void transformerConfig(byte[] content) throws IOException {
        Path directory = Scratch.directory(
                "transformer", Map.of("config.json", content, "model.safetensors", file("bert", "model.safetensors")));
        Hostile.readOrRefuse(content.length, () -> TextBackbones.open(directory));
    }

    static Stream<byte[]> kerasSeeds() {
        return Stream.of(
                new byte[] {0}, new byte[] {1, 0, 0, 8, 2, 1, 1}, new byte[] {2, 0, 2, 0, 1, -1}, new byte[] {3});
    }

    /** The files are too large to be changed at random: the bytes say which file, and what is written over which places. */
    @MethodSource("kerasSeeds")
    @FuzzTest
    void keras(byte[] content) throws IOException {
        ByteBuffer changes = ByteBuffer.wrap(content);
        byte[] file = KERAS.get(changes.hasRemaining() ? (changes.get() & 0xFF) % KERAS.size() : 0)
                .clone();
        while (changes.remaining() > 4) {
            int place = ((changes.get() & 0xFF) << 16 | (changes.getShort() & 0xFFFF)) % file.length;
            int count = changes.get() & 0xFF;
            changes.get(file, place, Math.min(count, Math.min(changes.remaining(), file.length - place)));
        }
        Path path = Scratch.file("keras.h5", file);
        Hostile.readOrRefuse(file.length, () -> KerasWeights.read(path, DIGITS));
    }

    private static byte[] file(String family, String name) {
        return Seeds.file(TEXTS + family + "/" + name);
    }
}
