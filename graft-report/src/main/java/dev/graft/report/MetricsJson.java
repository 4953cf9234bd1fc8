package dev.graft.report;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.result.ExperimentResult;
import dev.graft.result.RunConfig;
import dev.graft.result.SourceResult;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads {@code metrics.json}: an {@link ExperimentResult}, component by component, in the order of the
 * records.
 *
 * <p>JSON knows no NaN and no infinity. Both are written as {@code null}, and {@code null} is read back as NaN, except at
 * the ends of an interval, where it is an infinite end. What is the accuracy of classes has another name where a target has
 * something else ({@link ScoreNames}). Thread-safe.
 */
public final class MetricsJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().characterEscapes(new VisibleJson()).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .addModule(new FiniteNumbers())
            .annotationIntrospector(new ScoreNames.BothRead())
            .build();
    private static final JsonMapper SCORES =
            MAPPER.rebuild().propertyNamingStrategy(new ScoreNames()).build();

    private MetricsJson() {}

    /** Writes an experiment, indented. */
    public static String toJson(ExperimentResult result) {
        return mapper(result).writeValueAsString(result) + "\n";
    }

    /** Writes what the training of a source model gave, indented. */
    public static String toJson(SourceResult result) {
        return MAPPER.writeValueAsString(result) + "\n";
    }

    /** Writes what a run was told and what it ran on, indented. */
    public static String toJson(RunConfig config) {
        return MAPPER.writeValueAsString(config) + "\n";
    }

    /** Writes any record of results as one line, without the line's end. */
    public static String line(Object result) {
        return mapper(result)
                .writer()
                .without(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(result);
    }

    /**
     * Reads an experiment. Keys that this version does not know are passed over.
     *
     * @throws DataException if the text is not JSON, repeats a key, or is not an experiment
     */
    public static ExperimentResult fromJson(String json) {
        try {
            ExperimentResult result = MAPPER.readValue(json, ExperimentResult.class);
            if (result == null) {
                throw new DataException(problem("null"));
            }
            return result;
        } catch (JacksonException e) {
            throw new DataException(problem(e.getOriginalMessage()).where(place(e)), e);
        }
    }

    private static JsonMapper mapper(Object result) {
        return result instanceof ExperimentResult experiment
                        && experiment.target().task() != null
                ? SCORES
                : MAPPER;
    }

    private static Problem problem(String found) {
        return Problem.of("Cannot read this metrics.json.")
                .expected("the JSON of one experiment, as a report writes it")
                .found(found)
                .fix("make the report again with the same command");
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null
                ? "unknown"
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
