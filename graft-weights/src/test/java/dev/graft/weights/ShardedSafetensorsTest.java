package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShardedSafetensorsTest {
    private static final Path GOOD = Fixtures.folder("sharded").resolve("model.safetensors.index.json");

    static List<Path> badIndexes() {
        return Fixtures.files("crashers-index").stream()
                .filter(path -> path.toString().endsWith(".json"))
                .toList();
    }

    @Test
    void readsEveryTensorFromItsShardInTheOrderOfTheIndex() {
        try (ShardedSafetensors file = ShardedSafetensors.open(GOOD)) {
            assertThat(file.tensors().keySet()).containsExactly("conv.weight", "fc.bias", "bn.num_batches_tracked");
            assertThat(file.read("conv.weight").values()).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(file.read("fc.bias").values()).containsExactly(0.5f, -0.5f);
            assertThat(file.shardNames())
                    .containsExactly("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
        }
    }

    @Test
    void countersAreReadAsIntegersOrLeftOutAndReported() {
        try (TensorFile file = TensorFile.open(GOOD)) {
            assertThat(file.readIntegers("bn.num_batches_tracked")).containsExactly(3);
            ReadSettings settings = ReadSettings.defaults().withIgnoredSuffixes("num_batches_tracked");
            ReadWeights read = file.readAll(settings);
            assertThat(read.weights().names()).containsExactly("conv.weight", "fc.bias");
            assertThat(read.ignored()).extracting(TensorInfo::name).containsExactly("bn.num_batches_tracked");
            assertThatThrownBy(() -> file.readAll(ReadSettings.defaults()))
                    .isInstanceOf(WeightsFileException.class)
                    .hasMessageContaining("num_batches_tracked")
                    .hasMessageContaining("I64");
            assertThatThrownBy(() -> file.readIntegers("fc.bias"))
                    .isInstanceOf(WeightsFileException.class)
                    .hasMessageContaining("F16");
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        try (ShardedSafetensors file = ShardedSafetensors.open(GOOD)) {
            assertThatThrownBy(() -> file.read("fc.bais"))
                    .isInstanceOf(WeightsMismatchException.class)
                    .hasMessageContaining("'fc.bias'")
                    .hasMessageContaining("index.json");
        }
    }

    @ParameterizedTest
    @MethodSource("badIndexes")
    void aBadIndexIsRefusedWithThePlaceAndTheFix(Path index) {
        WeightsFileException refusal =
                catchThrowableOfType(WeightsFileException.class, () -> ShardedSafetensors.open(index));
        assertThat(refusal)
                .hasMessageContaining(String.valueOf(index.getFileName()))
                .hasMessageContaining("where ")
                .hasMessageContaining("expected ")
                .hasMessageContaining("to fix ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            path-escapes          | '../safetensors/f32.safetensors'
            path-absolute         | outside the index's own folder
            path-backslash        | outside the index's own folder
            shard-missing         | 'model-00003-of-00003.safetensors'
            tensor-missing        | 'fc.weight in model-00002-of-00002.safetensors'
            tensor-elsewhere      | 'fc.bias in model-00001-of-00002.safetensors'
            tensor-unlisted       | 'bn.num_batches_tracked in model-00001-of-00002.safetensors'
            no-weight-map         | no "weight_map"
            duplicate             | uplicate
            git-lfs-pointer       | git lfs pull
            web-page              | web page
            """)
    void saysWhichRuleIsBroken(String name, String expected) {
        Path index = Fixtures.folder("crashers-index").resolve(name + ".json");
        WeightsFileException refusal =
                catchThrowableOfType(WeightsFileException.class, () -> ShardedSafetensors.open(index));
        assertThat(refusal).hasMessageContaining(expected);
    }
}
