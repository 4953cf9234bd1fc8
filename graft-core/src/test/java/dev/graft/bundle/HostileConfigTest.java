package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.backbone.LowRank;
import dev.graft.error.GraftException;
import dev.graft.error.WeightsFileException;
import dev.graft.feature.Cut;
import dev.graft.layer.Adapter;
import dev.graft.layer.Layer;
import dev.graft.model.AdapterModel;
import dev.graft.model.Confidence;
import dev.graft.model.Lineage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a config promises is bounded before anything of that size is built, and in a small heap. */
class HostileConfigTest {
    private static final String CONFIG = "config.json";

    @TempDir
    Path directory;

    private Path bundle;

    @BeforeEach
    void writeBundle() throws IOException {
        bundle = directory.resolve("bundle");
        Bundle.write(bundle, SampleModels.transfer(List.of("a", "b", "c")), false);
        withoutRecord();
    }

    static List<String> labels() {
        return List.of(
                "\"x\", ".repeat(2_000_000) + "\"x\"",
                "[".repeat(100_000),
                "[[]], ".repeat(1_000_000) + "[]",
                "\"" + "x".repeat(9 << 20) + "\"",
                "1e400",
                "1".repeat(100_000));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("labels")
    void aConfigOfAnyContentIsRefusedInLittleMemory(String labels) throws Exception {
        replace("[ \"a\", \"b\", \"c\" ]", "[ " + labels + " ]");

        assertThat(SmallHeap.read("bundle", bundle)).contains("WeightsFileException", CONFIG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[ \"a\", \"b\", \"c\" ]; [ \"a\", \"b\", \"a\" ]; Two classes have one name; 'a' twice",
                "[ \"a\", \"b\", \"c\" ]; [ \"a\", \" \", \"c\" ]; A class has no name; not blank",
                "\"in\" : 96; \"in\" : 2147483647; 2147483647; (96)",
                "\"out\" : 3; \"out\" : 2147483647; 2147483647 logits for 3 classes; a logit for each",
            })
    void bothNumbersAreSaid(String entry, String impossible, String first, String second) throws IOException {
        replace(entry, impossible);
        Files.delete(bundle.resolve("labels.txt"));

        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.read(bundle))
                .withMessageContainingAll(bundle.resolve(CONFIG).toString(), first, second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nc\nb\n", "a\nb\n", "a\nb\nc\nd\n", "", "a\nb\nx"})
    void labelsThatDifferFromTheConfigAreRefused(String labels) throws IOException {
        Files.writeString(bundle.resolve("labels.txt"), labels);

        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.read(bundle))
                .withMessageContainingAll("labels.txt", "config.json", "line ");
    }

    @Test
    void labelsWithTheLineEndsOfAnotherSystemAreTheSame() throws IOException {
        Files.writeString(bundle.resolve("labels.txt"), "a\r\nb\r\nc\r\n");
        assertThat(Bundle.read(bundle).classNames()).containsExactly("a", "b", "c");
    }

    @Test
    void swappedLabelsOfABackboneAreRefused() throws IOException {
        bundle = directory.resolve("backbone");
        Bundle.write(bundle, SampleModels.backbone(List.of("a", "b")), false);
        withoutRecord();
        replace("[ \"a\", \"b\" ]", "[ \"b\", \"a\" ]");

        assertThatExceptionOfType(WeightsFileException.class).isThrownBy(() -> Bundle.readBackbone(bundle));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void noDamageToAConfigOfBranchesGivesAnythingButAClearError(long seed) throws IOException {
        bundle = directory.resolve("items");
        Bundle.write(bundle, SampleModels.ofNumbers(), false);
        withoutRecord();
        assertOnlyGraftExceptions(seed, CONFIG, Bundle::read);
    }

    @ParameterizedTest
    @ValueSource(longs = {13, 14})
    void noDamageToAdaptersGivesAnythingButAClearError(long seed) throws IOException {
        AdapterBundle.write(directory.resolve("adapters"), adapters(), false);
        bundle = directory.resolve("adapters");
        withoutRecord();
        assertOnlyGraftExceptions(seed, "adapter.json", AdapterBundle::read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"format\": 1}", "[]", "{\"format\": 1, \"format\": 1}", "{\"format\": 0}"})
    void adaptersThatAreNoneAreRefused(String json) throws IOException {
        AdapterBundle.write(directory.resolve("adapters"), adapters(), false);
        bundle = directory.resolve("adapters");
        withoutRecord();
        Files.writeString(bundle.resolve("adapter.json"), json);

        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> AdapterBundle.read(bundle))
                .withMessageContaining("adapter.json");
    }

    private static AdapterModel adapters() {
        return new AdapterModel(
                new LowRank(new Adapter(2, 4, 0), new TreeSet<>(EnumSet.allOf(LowRank.Projection.class))),
                Cut.at("pooled"),
                "linear",
                List.of(new Layer.Linear("head.logits", 4, 2)),
                List.of("a", "b"),
                WeightSet.of(Map.of("head.logits.weight", FloatTensor.of(new float[8], 2, 4))),
                new Lineage("minilm-l6", "embedded", "ab12", "lora", "texts", "cd34", 5, 7, "0.1.0"),
                64,
                Confidence.RAW);
    }

    private void assertOnlyGraftExceptions(long seed, String name, Consumer<Path> reader) throws IOException {
        byte[] whole = Files.readAllBytes(bundle.resolve(name));
        JsonMutator mutator = new JsonMutator(seed);
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            byte[] damaged = mutator.mutate(whole);
            Files.write(bundle.resolve(name), damaged);
            try {
                reader.accept(bundle);
            } catch (GraftException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + ", round " + round + ":\n" + new String(damaged, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    /** As older versions wrote bundles: whatever is changed is found by what it says, not by its digest. */
    private void withoutRecord() throws IOException {
        Files.delete(bundle.resolve("graft.json"));
    }

    private void replace(String entry, String by) throws IOException {
        String json = Files.readString(bundle.resolve(CONFIG));
        assertThat(json).contains(entry);
        Files.writeString(bundle.resolve(CONFIG), json.replace(entry, by));
    }
}
