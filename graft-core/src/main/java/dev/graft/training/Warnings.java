package dev.graft.training;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the user what goes another way than was asked for, once through the log and once to who listens. */
final class Warnings implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.graft.training");

    private final TrainingListener listener;

    Warnings(TrainingListener listener) {
        this.listener = listener;
    }

    @Override
    public void warning(String message) {
        if (listener != TrainingListener.SILENT) {
            LOG.warn("{}", message);
            listener.warning(message);
        }
    }
}
