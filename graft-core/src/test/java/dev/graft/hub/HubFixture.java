package dev.graft.hub;

import dev.graft.data.Environment;
import dev.graft.hub.FakeHub.Request;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsWriter;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub of its own for each test, and what the tests ask about it. */
abstract class HubFixture {
    static final HubId ID = HubId.parse("hf:owner/model");
    static final HubId PINNED = HubId.parse("hf:owner/model@" + FakeHub.COMMIT);
    static final int VALUES = 50_000;

    @TempDir
    Path folder = Path.of("");

    FakeHub server;
    final List<Duration> pauses = new ArrayList<>();
    byte[] weights = {};

    HubFixture() throws IOException {
        server = new FakeHub();
    }

    @BeforeEach
    void fill() {
        weights = safetensors("weight", VALUES);
        server.put("config.json", "{\"architecture\": \"resnet18\"}");
        server.put("model.safetensors", weights);
        server.put("pytorch_model.bin", "a pickle");
    }

    @AfterEach
    void close() {
        server.close();
    }

    static byte[] safetensors(String name, int values) {
        float[] ramp = new float[values];
        for (int i = 0; i < values; i++) {
            ramp[i] = i;
        }
        return SafetensorsWriter.toBytes(WeightSet.of(Map.of(name, FloatTensor.of(ramp, values))), Map.of());
    }

    Hub hub(String... variables) {
        return hub(Duration.ofSeconds(20), Long.MAX_VALUE, variables);
    }

    Hub hub(Duration limit, long free, String... variables) {
        Map<String, String> all =
                new java.util.HashMap<>(Map.of("HF_ENDPOINT", server.address() + "/", "HF_HOME", folder.toString()));
        IntStream.range(0, variables.length / 2).forEach(i -> all.put(variables[2 * i], variables[2 * i + 1]));
        return new Hub(new Environment(all, folder.resolve("home")), limit, pauses::add, directory -> free);
    }

    Path repository() {
        return folder.resolve("hub").resolve("models--owner--model");
    }

    Path blob() {
        return repository().resolve("blobs").resolve(FakeHub.hex("SHA-256", weights));
    }

    int downloads() {
        return (int) server.requests().stream().filter(Request::isDownload).count();
    }

    List<Path> partsLeft() {
        try (Stream<Path> files = Files.walk(repository())) {
            return files.filter(path ->
                            path.toString().endsWith(".part") || path.toString().endsWith(".incomplete"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
