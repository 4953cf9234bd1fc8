package dev.graft.report;

import dev.graft.result.EpochResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Every epoch as files for TensorBoard: a folder for each training, in it {@code train} and {@code validation}, whose
 * curves TensorBoard draws into one chart. Tags are those of Keras, but for scores that are no accuracy. An epoch that was not measured is left out.
 */
final class TensorBoard {
    private static final String FILE = "events.out.tfevents.graft";
    private static final String LOSS = "epoch_loss";
    private static final String ACCURACY = "epoch_accuracy";
    private static final String SCORE = "epoch_score";

    private TensorBoard() {}

    /** The files of one training of classes, by their paths below the training's folder. */
    static Map<String, byte[]> files(List<EpochResult> history) {
        return files(history, ACCURACY);
    }

    /** The files of one training for any target. */
    static Map<String, byte[]> files(List<EpochResult> history, TargetWords words) {
        return files(history, words.areClasses() ? ACCURACY : SCORE);
    }

    private static Map<String, byte[]> files(List<EpochResult> history, String tag) {
        double now = System.currentTimeMillis() / 1e3;
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("train/" + FILE, file(now, history, EpochResult::loss, tag, EpochResult::accuracy));
        boolean validated = history.stream().anyMatch(epoch -> Double.isFinite(epoch.validationLoss()));
        if (validated) {
            files.put(
                    "validation/" + FILE,
                    file(now, history, EpochResult::validationLoss, tag, EpochResult::validationAccuracy));
        }
        return files;
    }

    private static byte[] file(
            double wallTime,
            List<EpochResult> history,
            ToDoubleFunction<EpochResult> loss,
            String tag,
            ToDoubleFunction<EpochResult> accuracy) {
        EventFile file = new EventFile(wallTime);
        for (EpochResult epoch : history) {
            add(file, LOSS, epoch, loss);
            add(file, tag, epoch, accuracy);
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
