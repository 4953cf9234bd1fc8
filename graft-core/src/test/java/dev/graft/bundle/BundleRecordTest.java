package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.GraftException;
import dev.graft.error.WeightsFileException;
import dev.graft.preparation.BagOfWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever prediction reads is what was written, or the bundle is refused. */
class BundleRecordTest {
    @TempDir
    Path directory;

    private Path bundle;

    @BeforeEach
    void writeBundle() {
        bundle = directory.resolve("bundle");
        Bundle.write(bundle, SampleModels.ofWords(BagOfWords.of(Map.of("good", 1.0, "bad", 2.0))), false);
        assertThat(Bundle.read(bundle).classNames()).containsExactly("a", "b");
    }

    @Test
    void swappedLabelsAreRefusedEvenIfBothListsAreSwapped() throws IOException {
        replace("config.json", "\"labels\" : [ \"a\", \"b\" ]", "\"labels\" : [ \"b\", \"a\" ]");
        Files.writeString(bundle.resolve("labels.txt"), "b\na\n");

        assertRefused("config.json", "changed after it was written", "SHA-256 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "labels.txt", "terms.tsv", "model.safetensors"})
    void aByteMoreInAnyFileIsRefusedWithTheFile(String name) throws IOException {
        byte[] content = Files.readAllBytes(bundle.resolve(name));
        Files.write(bundle.resolve(name), java.util.Arrays.copyOf(content, content.length + 1));

        assertRefused(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "labels.txt", "terms.tsv"})
    void anotherByteInAnyFileIsRefusedWithBothDigests(String name) throws IOException {
        byte[] content = Files.readAllBytes(bundle.resolve(name));
        content[content.length / 2] ^= 1;
        Files.write(bundle.resolve(name), content);

        assertRefused(name, "expected  SHA-256 ", "found     SHA-256 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "labels.txt", "terms.tsv", "model.safetensors"})
    void aMissingFileIsRefusedWithItsName(String name) throws IOException {
        Files.delete(bundle.resolve(name));

        assertRefused(name);
    }

    @Test
    void thePageForPeopleMayBeEditedAndOtherFilesMayLieBeside() throws IOException {
        Files.writeString(bundle.resolve("README.md"), "mine");
        Files.writeString(bundle.resolve("notes.txt"), "mine too");

        assertThat(Bundle.read(bundle).classNames()).containsExactly("a", "b");
        Files.delete(bundle.resolve("README.md"));
        assertThat(Bundle.read(bundle).classNames()).containsExactly("a", "b");
    }

    @Test
    void aBundleWithoutARecordLoadsAsOldOnesDo() throws IOException {
        Files.delete(bundle.resolve("graft.json"));

        assertThat(Bundle.read(bundle).classNames()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"format\": 99, \"kind\": \"BUNDLE\"}"})
    void aRecordThatIsNoneIsRefused(String json) throws IOException {
        Files.writeString(bundle.resolve("graft.json"), json);

        assertThatExceptionOfType(GraftException.class)
                .isThrownBy(() -> Bundle.read(bundle))
                .withMessageContaining("graft.json");
    }

    @Test
    void aRecordThatLeavesOutAFileOrNamesOneElsewhereIsRefused() throws IOException {
        String json = Files.readString(bundle.resolve("graft.json"));

        Files.writeString(bundle.resolve("graft.json"), json.replace("\"config.json\"", "\"other.json\""));
        assertRefused("config.json");
        Files.writeString(bundle.resolve("graft.json"), json.replace("\"labels.txt\"", "\"../labels.txt\""));
        assertRefused("cannot be part of it", "labels.txt");
    }

    @Test
    void branchesAdaptersAndBackbonesAreVerifiedToo() throws IOException {
        Path other = directory.resolve("items");
        Bundle.write(other, SampleModels.ofNumbers(), false);
        replaceIn(other, "config.json", "2.0", "3.0");
        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.read(other))
                .withMessageContaining("changed after it was written");

        Path backbone = directory.resolve("backbone");
        Bundle.write(backbone, SampleModels.backbone(List.of("a", "b")), false);
        replaceIn(backbone, "config.json", "CC0-1.0", "CC0-2.0");
        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.readBackbone(backbone))
                .withMessageContaining("changed after it was written");
    }

    private void replace(String name, String entry, String by) throws IOException {
        replaceIn(bundle, name, entry, by);
    }

    private static void replaceIn(Path folder, String name, String entry, String by) throws IOException {
        String text = Files.readString(folder.resolve(name));
        assertThat(text).contains(entry);
        Files.writeString(folder.resolve(name), text.replace(entry, by));
    }

    private void assertRefused(String... parts) {
        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.read(bundle))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }
}
