package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.GraftException;
import dev.graft.error.SettingsException;
import dev.graft.error.WeightsFileException;
import dev.graft.feature.Cut;
import dev.graft.model.ClassRecord;
import dev.graft.model.HeldOut;
import dev.graft.model.TransferModel;
import dev.graft.targets.TargetKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedBundleTest {
    @TempDir
    private Path folder;

    @Test
    void theRecordIsReadAsItWasWritten() {
        TransferModel model = SampleModels.recorded();
        ClassRecord written = Objects.requireNonNull(model.record());
        Bundle.write(folder.resolve("bundle"), model, false);

        ClassRecord read =
                Objects.requireNonNull(Bundle.read(folder.resolve("bundle")).record());

        assertThat(read.cuts()).isEqualTo(written.cuts());
        assertThat(read.shrinkage()).isEqualTo(written.shrinkage());
        assertThat(read.temperature()).isEqualTo(written.temperature());
        assertThat(read.unknown()).isEqualTo(written.unknown());
        assertThat(read.statistics().counts()).isEqualTo(written.statistics().counts());
        assertThat(read.statistics().means()).isEqualTo(written.statistics().means());
        assertThat(read.statistics().scatter()).isEqualTo(written.statistics().scatter());
        HeldOut before = Objects.requireNonNull(written.heldOut());
        HeldOut after = Objects.requireNonNull(read.heldOut());
        assertThat(after.labels()).isEqualTo(before.labels());
        assertThat(after.answers()).isDeepEqualTo(before.answers());
        assertThat(after.distances()).isEqualTo(before.distances());
        assertThat(after.kept().places()).isEqualTo(before.kept().places());
        assertThat(after.kept().rows()).isEqualTo(before.kept().rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"multi-label", "regression"})
    void theRecordOfLabelsAndNumbersIsReadAsItWasWritten(String task) {
        TransferModel model = SampleModels.recorded(TargetKind.of(task, List.of("a", "b")));
        ClassRecord written = Objects.requireNonNull(model.record());
        Bundle.write(folder.resolve("bundle"), model, false);

        ClassRecord read =
                Objects.requireNonNull(Bundle.read(folder.resolve("bundle")).record());

        assertThat(read.targets()).isEqualTo(2);
        assertThat(read.features()).isEqualTo(32);
        assertThat(read.statistics().means()).isEqualTo(written.statistics().means());
        assertThat(read.statistics().scatter()).isEqualTo(written.statistics().scatter());
        HeldOut before = Objects.requireNonNull(written.heldOut());
        HeldOut after = Objects.requireNonNull(read.heldOut());
        assertThat(after.targets()).isEqualTo(before.targets());
        assertThat(after.answers()).isDeepEqualTo(before.answers());
        assertThat(after.kept().rows()).isEqualTo(before.kept().rows());
    }

    @Test
    void aRecordOfOneKindDoesNotFitANetworkOfAnother() {
        ClassRecord labels =
                Objects.requireNonNull(SampleModels.recorded(TargetKind.of("multi-label", List.of("a", "b")))
                        .record());

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SampleModels.transfer(List.of("a", "b")).withRecord(labels))
                .withMessageContaining("another network");
    }

    @Test
    void aBundleWithoutARecordHasNone() {
        Bundle.write(folder.resolve("plain"), SampleModels.transfer(List.of("a", "b")), false);

        assertThat(Bundle.read(folder.resolve("plain")).record()).isNull();
        assertThat(folder.resolve("plain/record.safetensors")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"limit\" : 1.5|\"limit\" : -1.5",
                "\"medians\" : [ 1.0, 2.0, 3.0 ]|\"medians\" : [ 1.0, 2.0 ]",
                "\"shrinkage\" : 0.4|\"shrinkage\" : 4.0",
                "\"temperature\" : 2.5|\"temperature\" : 0.0",
                "\"counts\" : [ 10, 10, 10 ]|\"counts\" : [ 10, 10 ]",
                "\"counts\" : [ 10, 10, 10 ]|\"counts\" : [ 10, null, 10 ]",
                "\"counts\" : [ 10, 10, 10 ]|\"counts\" : [ 10, -10, 10 ]",
                "\"pooling\" : \"mean\"|\"pooling\" : \"max+mean\"",
                "\"pooling\" : \"mean\"|\"pooling\" : \"mean+max\""
            })
    void aRecordThatMakesNoSenseIsRefused(String right, String wrong) throws IOException {
        Path bundle = folder.resolve("bundle");
        Bundle.write(bundle, SampleModels.recorded(), false);
        Path config = bundle.resolve("config.json");
        String text = Files.readString(config);
        assertThat(text).contains(right);
        Files.writeString(config, text.replace(right, wrong));
        // Without what was recorded of the files the content itself is read.
        Files.delete(bundle.resolve("graft.json"));

        assertThatExceptionOfType(GraftException.class)
                .isThrownBy(() -> Bundle.read(bundle))
                .withMessageContaining("config.json");
    }

    @Test
    void aChangedOrMissingFileOfNumbersIsRefused() throws IOException {
        Path bundle = folder.resolve("bundle");
        Bundle.write(bundle, SampleModels.recorded(), false);
        Files.delete(bundle.resolve("graft.json"));
        Path numbers = bundle.resolve("record.safetensors");
        byte[] content = Files.readAllBytes(numbers);
        content[content.length - 1] ^= 1;
        Files.write(numbers, content);
        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.read(bundle))
                .withMessageContaining("record of classes changed");

        Files.write(numbers, "no tensors".getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(WeightsFileException.class).isThrownBy(() -> Bundle.read(bundle));

        Files.delete(numbers);
        assertThatExceptionOfType(WeightsFileException.class)
                .isThrownBy(() -> Bundle.read(bundle))
                .withMessageContaining("lacks its record of classes");
    }

    @Test
    void aRecordOfOtherClassesDoesNotFit() {
        ClassRecord record = Objects.requireNonNull(SampleModels.recorded().record());
        TransferModel two = SampleModels.transfer(List.of("a", "b"));
        ClassRecord elsewhere = new ClassRecord(
                List.of(Cut.at("conv1")), record.statistics(), 0.4, 1, record.heldOut(), record.unknown());

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> two.withRecord(record))
                .withMessageContaining("another network");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SampleModels.transfer(List.of("a", "b", "c")).withRecord(elsewhere));
    }
}
