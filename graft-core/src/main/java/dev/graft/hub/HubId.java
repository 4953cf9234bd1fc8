package dev.graft.hub;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a model on the hub, written {@code hf:owner/name@revision:file}; revision and file may be left out.
 *
 * @param repository {@code owner/name}, or only {@code name} for the few models without an owner
 * @param revision a branch, a tag or a commit; {@code main} by default
 * @param file the one file that is wanted, or null for the model's weights, whichever files they are in
 */
public record HubId(
        String repository, String revision, @Nullable String file) {
    /** What a name begins with that means a model on the hub. */
    public static final String PREFIX = "hf:";

    private static final String DEFAULT_REVISION = "main";
    private static final int LENGTH = 250;
    private static final Pattern REPOSITORY = Pattern.compile("(?:[A-Za-z0-9][\\w.-]*/)?[A-Za-z0-9][\\w.-]*");
    private static final Pattern PATH = Pattern.compile("[\\w+=.-]+(?:/[\\w+=.-]+)*");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /**
     * Checks that the parts are names and lead nowhere else.
     *
     * @throws SettingsException if one is not
     */
    public HubId {
        boolean named = REPOSITORY.matcher(repository).matches()
                && !repository.contains("..")
                && !repository.contains("--")
                && isPath(revision)
                && (file == null || isPath(file));
        if (!named) {
            throw malformed(repository + "@" + revision + (file == null ? "" : ":" + file));
        }
    }

    /** Whether a text is meant as the name of a model on the hub. */
    public static boolean isHubId(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * Reads {@code hf:owner/name}, {@code hf:owner/name@revision} or {@code hf:owner/name@revision:file}.
     *
     * @throws SettingsException if it is written in another way
     */
    public static HubId parse(String text) {
        if (!isHubId(text)) {
            throw malformed(text);
        }
        String rest = text.substring(PREFIX.length());
        int colon = rest.indexOf(':');
        String file = colon < 0 ? null : rest.substring(colon + 1);
        String model = colon < 0 ? rest : rest.substring(0, colon);
        int at = model.indexOf('@');
        String revision = at < 0 ? DEFAULT_REVISION : model.substring(at + 1);
        return new HubId(at < 0 ? model : model.substring(0, at), revision, file);
    }

    /** The one file that is wanted, if it is only one. */
    public Optional<String> wantedFile() {
        return Optional.ofNullable(file);
    }

    /** Whether the revision is a commit, so that it always means the same files. */
    public boolean isPinned() {
        return isCommit(revision);
    }

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** Whether a text is a relative path that stays below where it starts. */
    static boolean isPath(String text) {
        return text.length() <= LENGTH
                && PATH.matcher(text).matches()
                && Arrays.stream(text.split("/")).noneMatch(part -> part.startsWith("..") || part.equals("."));
    }

    private static SettingsException malformed(String found) {
        return new SettingsException(Problem.of("This is not the name of a model on the hub.")
                .expected("hf:owner/name, hf:owner/name@revision or hf:owner/name@revision:file")
                .found(found)
                .fix("copy owner and name from the model's page, such as hf:timm/resnet18.a1_in1k"));
    }

    @Override
    public String toString() {
        return PREFIX + repository + "@" + revision + (file == null ? "" : ":" + file);
    }
}
