package dev.graft.report;

import dev.graft.result.EpochResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Writes every epoch for TensorBoard: a folder for each training, in it {@code train} and {@code validation}, whose
 * curves TensorBoard draws into one chart. Tags are those of Keras. An epoch that was not measured is left out.
 */
final class TensorBoard {
    private static final String FILE = "events.out.tfevents.graft";
    private static final String LOSS = "epoch_loss";
    private static final String ACCURACY = "epoch_accuracy";

    private TensorBoard() {}

    /**
     * Writes one training. Files of an earlier one are replaced.
     *
     * @param folder the training's folder, made if need be
     */
    static void write(Path folder, List<EpochResult> history) throws IOException {
        double now = System.currentTimeMillis() / 1e3;
        store(folder.resolve("train"), file(now, history, EpochResult::loss, EpochResult::accuracy));
        boolean validated = history.stream().anyMatch(epoch -> Double.isFinite(epoch.validationLoss()));
        if (validated) {
            store(
                    folder.resolve("validation"),
                    file(now, history, EpochResult::validationLoss, EpochResult::validationAccuracy));
        }
    }

    static byte[] file(
            double wallTime,
            List<EpochResult> history,
            ToDoubleFunction<EpochResult> loss,
            ToDoubleFunction<EpochResult> accuracy) {
        EventFile file = new EventFile(wallTime);
        for (EpochResult epoch : history) {
            add(file, LOSS, epoch, loss);
            add(file, ACCURACY, epoch, accuracy);
        }
        return file.bytes();
    }

    private static void add(EventFile file, String tag, EpochResult epoch, ToDoubleFunction<EpochResult> measured) {
        double value = measured.applyAsDouble(epoch);
        if (Double.isFinite(value)) {
            file.scalar(tag, epoch.epoch(), value);
        }
    }

    private static void store(Path folder, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(FILE), content);
    }
}
