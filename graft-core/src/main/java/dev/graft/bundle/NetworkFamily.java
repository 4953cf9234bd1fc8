package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Networks that are in no catalogue because their sizes are not fixed, such as transformers for texts.
 * Implementations are found by {@link java.util.ServiceLoader}. A family need not have source models: some networks begin with
 * what the target's own data says. Safe for use by several threads.
 */
public interface NetworkFamily {
    /** Its name in {@code config.json}, such as {@code transformer}. */
    String name();

    /** The ids of its source models that need no network and no file. */
    default List<String> embedded() {
        return List.of();
    }

    /**
     * Loads one of the {@link #embedded()} source models.
     *
     * @throws dev.graft.error.SettingsException if there is none of that id
     */
    default Backbone load(String id) {
        throw none(id);
    }

    /**
     * The one of the {@link #embedded()} source models that suits some examples if no other is named; empty if it takes
     * examples of another kind.
     */
    default Optional<String> usual(LabeledExamples data) {
        return Optional.empty();
    }

    /** Whether a directory seems to hold one of its models in the form that others publish them. */
    default boolean opens(Path directory) {
        return false;
    }

    /**
     * Opens such a directory.
     *
     * @throws dev.graft.error.GraftException if it is damaged, or of a kind that cannot be built
     */
    default Backbone open(Path directory) {
        throw none(directory);
    }

    private SettingsException none(Object wanted) {
        return new SettingsException(Problem.of("A network family has no source models.")
                .where(name())
                .found(wanted));
    }

    /** What it takes to build a network again; empty if it is none of this family. */
    Optional<Description> describe(Architecture architecture);

    /**
     * Builds a network of its description.
     *
     * @param id the network's id
     * @param where what to call the description in messages
     * @throws dev.graft.error.GraftException if it describes none
     */
    Architecture build(String id, Description description, String where);

    /**
     * What programs without Graft need to prepare the input of a network: its files, with all that Graft does besides.
     *
     * @param description as {@link #describe} gives it of the network
     */
    default Map<String, byte[]> filesForOtherPrograms(Architecture architecture, Description description) {
        return description.files();
    }

    /**
     * A network in words and files.
     *
     * @param settings numbers, texts and truth values by name, as {@code config.json} shows them
     * @param files the content of files that stand beside it, by name
     */
    record Description(Map<String, Object> settings, Map<String, byte[]> files) {
        /** Copies the maps; the files' contents are shared and must not be changed. */
        public Description {
            settings = Map.copyOf(settings);
            files = Map.copyOf(files);
        }
    }

    /** The families on the class path. */
    static List<NetworkFamily> all() {
        return NetworkFamilies.all();
    }
}
