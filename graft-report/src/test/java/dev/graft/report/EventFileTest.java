package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.EpochResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class EventFileTest {
    @Test
    void bytesAreThoseThatTensorBoardsOwnWriterMakes() throws IOException {
        EventFile file = new EventFile(1764000000.25);
        file.scalar("epoch_loss", 1, 0.5);
        file.scalar("epoch_accuracy", 1, 0.25);
        file.scalar("epoch_loss", 127, 0.1);
        file.scalar("epoch_loss", 128, 1e-30);
        file.scalar("epoch_loss", 100000, -3.0);
        file.scalar("准确率", 2, 1.0);

        try (InputStream reference =
                Objects.requireNonNull(EventFileTest.class.getResourceAsStream("/tensorboard/reference.tfevents"))) {
            assertThat(file.bytes()).isEqualTo(reference.readAllBytes());
        }
    }

    @Test
    void aTrainingHasAFolderForEachCurve() {
        Map<String, byte[]> files = TensorBoard.files(
                List.of(new EpochResult(1, "all", 0.9, 0.5, 1.1, 0.4), new EpochResult(2, "all", 0.6, 0.7, 0.8, 0.6)));

        byte[] train = files.get("train/events.out.tfevents.graft");
        byte[] validation = files.get("validation/events.out.tfevents.graft");
        assertThat(train).as("a version, then loss and accuracy of two epochs").hasSize(40 + 2 * (48 + 52));
        assertThat(validation).hasSameSizeAs(train).isNotEqualTo(train);
    }

    @Test
    void whatWasNotMeasuredIsLeftOut() {
        Map<String, byte[]> files = TensorBoard.files(
                Variations.withoutLosses(ExampleExperiment.shapes().results().get(2))
                        .history());

        assertThat(files).containsOnlyKeys("train/events.out.tfevents.graft");
        String train = new String(
                Objects.requireNonNull(files.get("train/events.out.tfevents.graft")), StandardCharsets.ISO_8859_1);
        assertThat(train).contains("epoch_accuracy").doesNotContain("epoch_loss");
    }
}
