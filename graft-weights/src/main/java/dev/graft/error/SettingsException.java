package dev.graft.error;

/** A setting, an option or a combination of them is wrong: change the settings. */
public final class SettingsException extends GraftException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with the given problem as its message. */
    public SettingsException(Problem problem) {
        super(problem, null);
    }

    /** Makes the exception with the given problem as its message, and the failure that led to it. */
    public SettingsException(Problem problem, Throwable cause) {
        super(problem, cause);
    }
}
