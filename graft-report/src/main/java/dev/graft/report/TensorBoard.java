package dev.graft.report;

import dev.graft.result.EpochResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Every epoch as files for TensorBoard: a folder for each training, in it {@code train} and {@code validation}, whose
 * curves TensorBoard draws into one chart. Tags are those of Keras. An epoch that was not measured is left out.
 */
final class TensorBoard {
    private static final String FILE = "events.out.tfevents.graft";
    private static final String LOSS = "epoch_loss";
    private static final String ACCURACY = "epoch_accuracy";

    private TensorBoard() {}

    /** The files of one training, by their paths below the training's folder. */
    static Map<String, byte[]> files(List<EpochResult> history) {
        double now = System.currentTimeMillis() / 1e3;
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("train/" + FILE, file(now, history, EpochResult::loss, EpochResult::accuracy));
        boolean validated = history.stream().anyMatch(epoch -> Double.isFinite(epoch.validationLoss()));
        if (validated) {
            files.put(
                    "validation/" + FILE,
                    file(now, history, EpochResult::validationLoss, EpochResult::validationAccuracy));
        }
        return files;
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
}
