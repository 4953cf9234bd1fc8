package dev.graft.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What it takes to make a run again, and to see whether it was the same.
 *
 * @param command the command, such as {@code fit}
 * @param options every option by its longest name, given or left to its default, as it was understood; one that has no
 *     value is absent
 * @param seed the seed
 * @param dataDigest SHA-256 of the training data, lower-case hexadecimal
 * @param backbone the backbone's id
 * @param backboneDigest SHA-256 of the backbone's weights before the run, or of those it made, lower-case hexadecimal
 * @param version Graft's version
 * @param hardware the machine, Java, the engine and its threads, on which the last bits of the weights depend
 */
public record RunConfig(
        String command,
        Map<String, String> options,
        long seed,
        String dataDigest,
        String backbone,
        String backboneDigest,
        String version,
        Hardware hardware) {
    /** Copies the map, in its order. */
    public RunConfig {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** The configuration of an experiment. */
    public static RunConfig of(ExperimentResult result, Map<String, String> options) {
        return new RunConfig(
                result.command(),
                options,
                result.seed(),
                result.target().digest(),
                result.source().backbone(),
                result.source().digest(),
                result.version(),
                result.hardware());
    }
}
