package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.GraftException;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.model.Confidence;
import dev.graft.model.TransferModel;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsWriter;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleRefusalTest {
    private static final String WEIGHTS = "model.safetensors";
    private static final String CONFIG = "config.json";

    @TempDir
    Path directory;

    private Path bundle;

    @BeforeEach
    void writeBundle() {
        bundle = directory.resolve("bundle");
        Bundle.write(
                bundle, SampleModels.transfer(List.of("a", "b", "c")).withConfidence(new Confidence(1.75, 0.4)), false);
        withoutRecord();
    }

    @Test
    void aDirectoryWithoutConfigIsNoBundle() throws IOException {
        Files.delete(bundle.resolve(CONFIG));

        assertRefused("not a bundle", bundle.toString(), "no config.json");
    }

    @Test
    void aBundleWithoutWeightsIsRefused() throws IOException {
        Files.delete(bundle.resolve(WEIGHTS));

        assertRefused("lacks its weights", bundle.toString(), WEIGHTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "null", "[]", "3", "\"text\"", "{}", "not json", "{\"format\": 1}", "{\"format\": 1} x"
            })
    void aConfigThatIsNoneIsRefused(String json) throws IOException {
        Files.writeString(bundle.resolve(CONFIG), json);

        assertRefused(CONFIG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"kind\" : \"transfer\"; \"kind\" : \"transfer\", \"kind\" : \"transfer\"; Duplicate",
                "\"kind\" : \"transfer\"; \"kind\" : \"robot\"; kind (backbone or transfer)",
                "\"kind\" : \"transfer\"; \"kind\" : null; kind (backbone or transfer)",
                "\"kind\" : \"transfer\"; \"kind\" : \"backbone\"; card",
                "\"format\" : 1; \"format\" : \"1\"; format",
                "\"format\" : 1; \"format\" : 1.5; format",
                "\"format\" : 1; \"format\" : 0; format",
                "\"format\" : 1; \"format\" : -1; format",
                "\"format\" : 1; \"form\" : 1; found     none",
                "\"architecture\" : \"digits-cnn\"; \"architecture\" : \"resnet9000\"; resnet9000",
                "\"architecture\" : \"digits-cnn\"; \"architecture\" : null; architecture",
                "\"architecture\" : \"digits-cnn\"; \"architecture\" : [1]; architecture",
                "\"pooling\" : \"mean+max+std\"; \"pooling\" : \"median\"; mean, max, mean+max",
                "\"pooling\" : \"mean+max+std\"; \"pooling\" : null; cut.pooling",
                "\"pooling\" : \"mean+max+std\"; \"pooling\" : \"mean\"; (32)",
                "[ \"conv1\" ]; [ ]; at least one stage",
                "[ \"conv1\" ]; null; cut.stages",
                "[ \"conv1\" ]; [ null ]; cut.stages",
                "[ \"conv1\" ]; [ \"conv9\" ]; conv1, pool1",
                "[ \"conv1\" ]; \"conv1\"; cut.stages",
                "[ \"a\", \"b\", \"c\" ]; [ \"a\", \"b\" ]; 3 logits for 2 classes",
                "[ \"a\", \"b\", \"c\" ]; [ ]; 3 logits for 0 classes",
                "[ \"a\", \"b\", \"c\" ]; [ \"a\", null, \"c\" ]; labels",
                "[ \"a\", \"b\", \"c\" ]; null; labels",
                "[ \"a\", \"b\", \"c\" ]; {\"a\": 1}; labels",
                "\"in\" : 96; \"in\" : -96; -96 inputs",
                "\"in\" : 96; \"in\" : 95; (96)",
                "\"in\" : 96; \"in\" : \"96\"; in",
                "\"in\" : 96; \"in\" : null; layer that is not understood",
                "\"in\" : 96; \"in\" : 99999999999; in",
                "\"out\" : 3; \"out\" : 0; 0 outputs",
                "\"rate\" : 0.25; \"rate\" : 1.5; at least 0 and below 1",
                "\"rate\" : 0.25; \"rate\" : \"NaN\"; at least 0 and below 1",
                "\"type\" : \"linear\"; \"type\" : \"quadratic\"; layer that is not understood",
                "\"type\" : \"linear\"; \"type\" : null; layer that is not understood",
                "\"height\" : 28; \"height\" : -28; height=-28",
                "\"height\" : 28; \"height\" : 32; height=32",
                "\"height\" : 28; \"height\" : null; height",
                "\"mean\" : [ 0.0 ]; \"mean\" : [ null ]; mean=[null]",
                "\"mean\" : [ 0.0 ]; \"mean\" : null; mean=null",
                "\"temperature\" : 1.75; \"temperature\" : 0; temperature from 0.01 to 100",
                "\"temperature\" : 1.75; \"temperature\" : -1.75; temperature from 0.01 to 100",
                "\"temperature\" : 1.75; \"temperature\" : 1e300; temperature from 0.01 to 100",
                "\"temperature\" : 1.75; \"temperature\" : \"NaN\"; temperature",
                "\"temperature\" : 1.75; \"temperature\" : null; temperature",
                "\"temperature\" : 1.75; \"warmth\" : 1.75; temperature",
                "\"threshold\" : 0.4; \"threshold\" : 0; threshold above 0 and below 1",
                "\"threshold\" : 0.4; \"threshold\" : 40; threshold above 0 and below 1",
                "\"threshold\" : 0.4; \"threshold\" : \"low\"; threshold",
                "\"seed\" : 7; \"seed\" : \"seven\"; seed",
                "\"seed\" : 7; \"seed\" : null; seed",
                "\"data\" : \"shapes\"; \"data\" : null; lineage.data"
            })
    void anImpossibleEntryIsRefusedAndNamed(String entry, String impossible, String expected) throws IOException {
        String json = Files.readString(bundle.resolve(CONFIG));
        assertThat(json).contains(entry);
        Files.writeString(bundle.resolve(CONFIG), json.replace(entry, impossible));
        // The other list of classes would be missed first.
        Files.delete(bundle.resolve("labels.txt"));

        assertRefused(bundle.resolve(CONFIG).toString(), expected);
    }

    @Test
    void aNewerFormatIsRefusedAndNamed() throws IOException {
        String json = Files.readString(bundle.resolve(CONFIG));
        for (String newer : List.of("2", "17", "99999999999999999999")) {
            Files.writeString(bundle.resolve(CONFIG), json.replace("\"format\" : 1", "\"format\" : " + newer));

            assertRefused("newer version", "format " + newer, "format 1 or older");
        }
    }

    @Test
    void anEntryOfALaterReleaseWithTheSameFormatIsIgnored() throws IOException {
        String json = Files.readString(bundle.resolve(CONFIG));
        Files.writeString(
                bundle.resolve(CONFIG),
                json.replace("\"kind\" : \"transfer\"", "\"kind\" : \"transfer\", \"later\" : {\"a\": [1]}"));

        assertThat(Bundle.read(bundle).classNames()).containsExactly("a", "b", "c");
    }

    @Test
    void aConfigOfImpossibleSizeIsRefusedUnread() throws IOException {
        try (var file = new java.io.RandomAccessFile(bundle.resolve(CONFIG).toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        assertRefused("too large", CONFIG);
    }

    @Test
    void weightsOfImpossibleSizeAreRefusedUnread() throws IOException {
        try (var file = new java.io.RandomAccessFile(bundle.resolve(WEIGHTS).toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        assertRefused("too large", WEIGHTS);
    }

    @Test
    void anyOtherDigestIsRefused() throws IOException {
        byte[] weights = Files.readAllBytes(bundle.resolve(WEIGHTS));
        weights[weights.length - 4] ^= 1;
        Files.write(bundle.resolve(WEIGHTS), weights);

        assertRefused("were changed", WEIGHTS, sha256(weights));
    }

    @Test
    void notANumberAmongTheWeightsIsRefused() throws IOException {
        replaceTensors(tensors -> {
            float[] bias = new float[32];
            bias[3] = Float.NaN;
            tensors.put("conv1.bias", FloatTensor.of(bias, 32));
        });

        assertRefused("conv1.bias", "NaN", WEIGHTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F16", "BF16"})
    void notANumberInHalfPrecisionIsRefusedToo(String type) throws IOException {
        Map<String, FloatTensor> tensors = Bundle.read(bundle).weights().asMap();
        byte[] content = HalfPrecision.file(tensors, type, "conv1.bias");
        replaceWeights(content);

        assertRefused("conv1.bias", WEIGHTS);
    }

    @ParameterizedTest
    @ValueSource(floats = {-1e-3f, -1, Float.MIN_VALUE * -1})
    void aNegativeVarianceIsRefused(float variance) throws IOException {
        TransferModel model = SampleModels.standardised(0.5f);
        bundle = directory.resolve("scaled");
        Bundle.write(bundle, model, false);
        withoutRecord();
        replaceTensors(tensors -> tensors.put("head.scale.running_var", FloatTensor.of(new float[] {1, variance}, 2)));

        assertThatExceptionOfType(WeightsMismatchException.class)
                .isThrownBy(() -> Bundle.read(bundle))
                .withMessageContaining("head.scale.running_var, value 1")
                .withMessageContaining("at least 0");
    }

    @Test
    void missingExtraAndMisshapenTensorsAreListedWithTheFile() throws IOException {
        replaceTensors(tensors -> {
            tensors.remove("conv1.bias");
            tensors.put("head.logits.weight", FloatTensor.of(new float[96 * 3], 96, 3));
            IntStream.range(0, 12).forEach(i -> tensors.put("extra" + i, FloatTensor.of(new float[1], 1)));
        });

        assertThatExceptionOfType(WeightsMismatchException.class)
                .isThrownBy(() -> Bundle.read(bundle))
                .withMessageContaining(bundle.resolve(WEIGHTS).toString())
                .withMessageContaining("14 that do not fit, the first 10")
                .withMessageContaining("missing     conv1.bias")
                .withMessageContaining("expected [3, 96], found [96, 3]")
                .withMessageContaining("unexpected  extra0");
    }

    @Test
    void aPickleUnderTheNameOfSafetensorsIsRefusedAndExplained() throws IOException {
        byte[] pickle = {(byte) 0x80, 2, 'c', 'o', 's', '\n', 's', 'y', 's', 't', 'e', 'm', '\n', '.'};
        Files.write(bundle.resolve(WEIGHTS), pickle);
        assertRefused("pickle", "safetensors.torch.save_file");

        Files.writeString(bundle.resolve(WEIGHTS), "PK\3\4.............archive/data.pkl", StandardCharsets.ISO_8859_1);
        assertRefused("pickle", "PyTorch checkpoint");
    }

    @Test
    void aGitLfsPointerIsRefusedAndExplained() throws IOException {
        Files.writeString(
                bundle.resolve(WEIGHTS), "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n");

        assertRefused("Git LFS pointer", "git lfs pull");
    }

    @Test
    void truncatedWeightsAreRefused() throws IOException {
        byte[] weights = Files.readAllBytes(bundle.resolve(WEIGHTS));
        for (int length : new int[] {0, 4, 100, weights.length / 2, weights.length - 1}) {
            Files.write(bundle.resolve(WEIGHTS), java.util.Arrays.copyOf(weights, length));

            assertRefused(WEIGHTS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noDamageToATransfersConfigGivesAnythingButAClearError(long seed) throws IOException {
        assertOnlyGraftExceptions(seed, Bundle::read);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void noDamageToABackbonesConfigGivesAnythingButAClearError(long seed) throws IOException {
        bundle = directory.resolve("backbone");
        Bundle.write(bundle, SampleModels.backbone(List.of("a", "b")), false);
        withoutRecord();
        assertOnlyGraftExceptions(seed, Bundle::readBackbone);
    }

    private void assertOnlyGraftExceptions(long seed, Consumer<Path> reader) throws IOException {
        byte[] whole = Files.readAllBytes(bundle.resolve(CONFIG));
        JsonMutator mutator = new JsonMutator(seed);
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] damaged = mutator.mutate(whole);
            Files.write(bundle.resolve(CONFIG), damaged);
            try {
                reader.accept(bundle);
            } catch (GraftException e) {
                refused++;
                assertThat(e).hasMessageContaining(bundle.toString());
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + ", round " + round + ":\n" + new String(damaged, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(refused).isGreaterThan(250);
    }

    private void replaceTensors(Consumer<Map<String, FloatTensor>> change) throws IOException {
        Map<String, FloatTensor> tensors =
                new LinkedHashMap<>(Bundle.read(bundle).weights().asMap());
        change.accept(tensors);
        replaceWeights(SafetensorsWriter.toBytes(WeightSet.of(tensors), Map.of()));
    }

    private void replaceWeights(byte[] content) throws IOException {
        String json = Files.readString(bundle.resolve(CONFIG));
        String old = sha256(Files.readAllBytes(bundle.resolve(WEIGHTS)));
        Files.writeString(bundle.resolve(CONFIG), json.replace(old, sha256(content)));
        Files.write(bundle.resolve(WEIGHTS), content);
    }

    /** As older versions wrote bundles: whatever is changed is found by what it says, not by its digest. */
    private void withoutRecord() {
        try {
            Files.delete(bundle.resolve("graft.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertRefused(String... parts) {
        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.read(bundle))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
