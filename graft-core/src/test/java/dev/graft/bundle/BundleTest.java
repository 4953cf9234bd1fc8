package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.layer.Layer.Linear;
import dev.graft.model.TransferModel;
import dev.graft.source.Backbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleTest {
    private static final List<String> ODD_NAMES =
            List.of("圆形", "a|b", "two\nlines", "\\n", " spaces ", "\"quoted\"", "emoji 🙂", "# title", "tab\there");

    @TempDir
    Path directory;

    static Stream<TransferModel> models() {
        return Stream.of(
                SampleModels.transfer(List.of("square", "circle")),
                SampleModels.transfer(ODD_NAMES),
                SampleModels.transfer(Cut.at("pool1"), new Head.Mlp(3, 0.3f), List.of("a", "b", "c")),
                SampleModels.transfer(
                        Cut.pooled(Pooling.MEAN_MAX, "conv2", "conv1"),
                        Head.LogisticRegression.defaults(),
                        List.of("a", "b")));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aTransferredNetworkComesBackBitForBit(TransferModel model) {
        Path bundle = directory.resolve("bundle");
        Bundle.write(bundle, model, false);

        TransferModel read = Bundle.read(bundle);

        assertThat(read).isEqualTo(model);
        assertThat(read.weights().digest()).isEqualTo(model.weights().digest());
        assertThat(Bundle.kind(bundle)).isEqualTo(Bundle.Kind.TRANSFER);
    }

    @Test
    void aBackboneComesBackBitForBit() {
        Backbone backbone = SampleModels.backbone(ODD_NAMES);
        Bundle.write(directory, backbone, false);

        Backbone read = Bundle.readBackbone(directory);

        assertThat(read)
                .isEqualTo(new Backbone(
                        backbone.architecture(),
                        backbone.weights(),
                        backbone.card().withOrigin("file")));
        assertThat(Bundle.kind(directory)).isEqualTo(Bundle.Kind.BACKBONE);
        assertThat(Backbones.load(directory.toString())).isEqualTo(read);
    }

    @Test
    void holdsTheFourFilesTheirRecordAndNothingElse() throws IOException {
        Path bundle = directory.resolve("bundle");
        Bundle.write(bundle, SampleModels.transfer(List.of("a", "b")), false);

        assertThat(names(bundle))
                .containsExactlyInAnyOrder("model.safetensors", "config.json", "labels.txt", "README.md", "graft.json");
        assertThat(names(directory)).containsExactly("bundle");
    }

    @Test
    void labelsHaveALineForEachClassWhateverItsName() throws IOException {
        Bundle.write(directory, SampleModels.transfer(ODD_NAMES), false);

        assertThat(Files.readString(directory.resolve("labels.txt")).split("\n", -1))
                .containsExactly(
                        "圆形",
                        "a|b",
                        "two\\nlines",
                        "\\\\n",
                        " spaces ",
                        "\"quoted\"",
                        "emoji 🙂",
                        "# title",
                        "tab\\there",
                        "");
    }

    @Test
    void theModelCardsTableSurvivesOddNames() throws IOException {
        Bundle.write(directory, SampleModels.transfer(ODD_NAMES), false);

        String card = Files.readString(directory.resolve("README.md"));
        List<String> row =
                card.lines().filter(line -> line.startsWith("| classes")).toList();
        assertThat(row).hasSize(1);
        assertThat(row.get(0)).startsWith("| classes | 圆形, a\\|b, two lines, ").endsWith(" |");
        assertThat(row.get(0).replace("\\|", "").chars().filter(c -> c == '|')).hasSize(3);
        assertThat(card).contains("\\# title");
    }

    @Test
    void theSameNetworkGivesTheSameBytes() throws IOException {
        Bundle.write(directory.resolve("one"), SampleModels.transfer(ODD_NAMES), false);
        Bundle.write(directory.resolve("two"), SampleModels.transfer(ODD_NAMES), false);

        for (String name : names(directory.resolve("one"))) {
            assertThat(directory.resolve("one").resolve(name))
                    .hasSameBinaryContentAs(directory.resolve("two").resolve(name));
        }
    }

    @Test
    void aDirectoryThatGraftDidNotWriteIsKeptEvenIfToldOtherwise() throws IOException {
        Files.writeString(directory.resolve("precious.txt"), "keep me");
        TransferModel model = SampleModels.transfer(List.of("a", "b"));

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Bundle.write(directory, model, false))
                .withMessageContaining("not empty")
                .withMessageContaining("overwriting");
        assertThat(names(directory)).containsExactly("precious.txt");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Bundle.write(directory, model, true))
                .withMessageContaining("precious.txt");
        assertThat(names(directory)).containsExactly("precious.txt");
        assertThat(directory.resolve("precious.txt")).hasContent("keep me");
    }

    @Test
    void aBundleIsReplacedOnlyIfToldSo() {
        Path bundle = directory.resolve("bundle");
        TransferModel model = SampleModels.transfer(List.of("a", "b"));
        Bundle.write(bundle, SampleModels.transfer(List.of("old", "older")), false);

        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> Bundle.write(bundle, model, false));
        Bundle.write(bundle, model, true);

        assertThat(Bundle.read(bundle)).isEqualTo(model);
    }

    @Test
    void aWriteThatFailsLeavesTheOldBundle() throws IOException {
        Path bundle = directory.resolve("bundle");
        TransferModel old = SampleModels.transfer(List.of("old", "older"));
        Bundle.write(bundle, old, false);

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Bundle.write(bundle, SampleModels.transfer(List.of("a", "\ud83d")), true))
                .withMessageContaining("not Unicode");
        assertThat(Bundle.read(bundle)).isEqualTo(old);
        assertThat(names(directory)).containsExactly("bundle");
    }

    @Test
    void aFileInThePlaceOfAParentIsReportedAsStorage() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> Bundle.write(file.resolve("bundle"), SampleModels.transfer(List.of("a", "b")), false))
                .withMessageContaining("bundle");
    }

    @Test
    void aBundleThatACrashMovedAsideIsBroughtBackByReading() throws IOException {
        Path bundle = directory.resolve("bundle");
        TransferModel model = SampleModels.transfer(List.of("a", "b"));
        Bundle.write(bundle, model, false);
        Files.move(bundle, directory.resolve(".bundle.graft-old"));

        assertThat(Bundle.read(bundle)).isEqualTo(model);

        Path backbone = directory.resolve("backbone");
        Bundle.write(backbone, SampleModels.backbone(List.of("a", "b")), false);
        Files.move(backbone, directory.resolve(".backbone.graft-old"));
        assertThat(Backbones.load(backbone.toString()).id()).isEqualTo("digits-cnn");
    }

    @Test
    void readingMakesNoDirectories() throws IOException {
        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.read(directory.resolve("no/such/bundle")))
                .withMessageContaining("not a bundle")
                .withMessageContaining("no such directory");
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void anotherKindThanNeededIsRefused() {
        Bundle.write(directory.resolve("backbone"), SampleModels.backbone(List.of("a", "b")), false);
        Bundle.write(directory.resolve("transfer"), SampleModels.transfer(List.of("a", "b")), false);

        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.read(directory.resolve("backbone")))
                .withMessageContaining("another kind")
                .withMessageMatching("(?s).*expected +a transferred network.*found +a backbone.*");
        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.readBackbone(directory.resolve("transfer")))
                .withMessageMatching("(?s).*expected +a backbone.*found +a transferred network.*");
    }

    @Test
    void whatCouldNotBeReadAgainIsNotWritten() {
        Backbone ten = SampleModels.backbone(List.of("a", "b", "c"));
        Backbone wrongCard = new Backbone(
                ten.architecture(),
                ten.weights(),
                SampleModels.backbone(List.of("a", "b")).card());
        Architecture renamed = new Architecture(
                "my-own",
                ten.architecture().preprocessing(),
                ten.architecture().stages(),
                ten.architecture().weightInitialization());

        for (Backbone backbone : List.of(wrongCard, new Backbone(renamed, ten.weights(), ten.card()))) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> Bundle.write(directory.resolve("bundle"), backbone, false))
                    .withMessageContaining("could not be built again")
                    .withMessageContaining("digits-cnn");
        }
        assertThat(directory.resolve("bundle")).doesNotExist();
    }

    @Test
    void aHeadMustFitTheCutAndTheClasses() {
        TransferModel model = SampleModels.transfer(List.of("a", "b", "c"));

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> with(model, List.of(new Linear("head.logits", 96, 3)), List.of("a", "b")))
                .withMessageContaining("3 logits for 2 classes");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> with(model, List.of(new Linear("head.logits", 95, 3)), List.of("a", "b", "c")))
                .withMessageContaining("(96)");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> with(model, List.of(new Linear("head.logits", 96, 1)), List.of("a")))
                .withMessageContaining("1 logits for 1 classes");
    }

    @Test
    void anUnknownBackboneIsAnsweredWithThoseThereAre() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Backbones.load(directory.resolve("nothing").toString()))
                .withMessageContaining("digits-cnn");
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> Backbones.load("nul\0l"));
    }

    private static TransferModel with(TransferModel model, List<dev.graft.layer.Layer> head, List<String> classNames) {
        return new TransferModel(
                model.architecture(), model.cut(), "linear", head, classNames, model.weights(), model.lineage());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
