package dev.graft.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Graft takes from its surroundings: environment variables and the home directory.
 *
 * @param variables environment variables by name
 * @param home the user's home directory
 */
public record Environment(Map<String, String> variables, Path home) {
    private static final Set<String> YES = Set.of("1", "true", "yes", "on");

    /** Copies the variables. */
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The environment of this process. */
    public static Environment system() {
        return new Environment(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /** Where downloads are kept: {@code $GRAFT_HOME}, by default {@code ~/.cache/graft}. */
    public Path cacheDirectory() {
        return variable("GRAFT_HOME").map(Path::of).orElseGet(() -> home.resolve(".cache")
                .resolve("graft"));
    }

    /** Where the user keeps a named data set, {@code $GRAFT_DATA/<name>}; empty if {@code GRAFT_DATA} is not set. */
    public Optional<Path> dataDirectory(String name) {
        return variable("GRAFT_DATA").map(directory -> Path.of(directory).resolve(name));
    }

    /** Whether the network is off limits: {@code GRAFT_OFFLINE} or {@code HF_HUB_OFFLINE} is 1, true, yes or on. */
    public boolean offline() {
        return offlineVariable().isPresent();
    }

    /** The setting that keeps Graft off the network, such as {@code GRAFT_OFFLINE=1}. */
    public Optional<String> offlineVariable() {
        for (String name : new String[] {"GRAFT_OFFLINE", "HF_HUB_OFFLINE"}) {
            Optional<String> value = variable(name);
            if (value.isPresent() && YES.contains(value.get().toLowerCase(Locale.ROOT))) {
                return Optional.of(name + "=" + value.get());
            }
        }
        return Optional.empty();
    }

    /** The value of an environment variable without blanks around it; a blank one counts as not set. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
