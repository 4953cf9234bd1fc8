package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How several labels are written in one cell.
 *
 * @param separator what stands between them; null for JSON lists, empty if a cell holds one label
 */
record LabelList(@Nullable String separator) {
    /** One label in a cell. */
    static final LabelList SINGLE = new LabelList("");

    private static final Logger LOG = LoggerFactory.getLogger(LabelList.class);
    private static final List<String> USUAL = List.of("|", ";", ",");
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Tells it from cells.
     *
     * @param asked the separator that was said; null if none was
     * @throws DataException if the separator that was said occurs nowhere where others do, or several could be it
     */
    static LabelList of(List<String> cells, @Nullable String asked, String where) {
        List<String> filled = cells.stream().filter(cell -> !cell.isEmpty()).toList();
        List<String> occurring = Stream.concat(USUAL.stream(), Stream.of("/", "\t"))
                .filter(one -> filled.stream().anyMatch(cell -> cell.contains(one)))
                .toList();
        if (asked != null) {
            if (!occurring.isEmpty() && filled.stream().noneMatch(cell -> cell.contains(asked))) {
                throw new DataException(Problem.of("What is said to stand between labels is between none.")
                        .where(where)
                        .expected("'" + asked + "' in some cell")
                        .found("'" + String.join("', '", occurring) + "'")
                        .fix("say what stands between the labels (TargetReading.withSeparator)"));
            }
            return new LabelList(asked);
        }
        if (!filled.isEmpty() && filled.stream().allMatch(cell -> cell.startsWith("[") && cell.endsWith("]"))) {
            return new LabelList(null);
        }
        List<String> usual = USUAL.stream().filter(occurring::contains).toList();
        if (usual.size() > 1) {
            throw new DataException(Problem.of("It is not plain what stands between the labels of a cell.")
                    .where(where)
                    .expected("one of " + String.join(" ", USUAL) + ", or JSON lists")
                    .found("'" + String.join("', '", usual) + "'")
                    .fix("say which it is (TargetReading.withSeparator)"));
        }
        if (usual.isEmpty()) {
            LOG.warn("{}: no cell holds several labels, so each holds one or none", where);
            return SINGLE;
        }
        LOG.warn("{}: '{}' is taken for what stands between labels", where, usual.get(0));
        return new LabelList(usual.get(0));
    }

    /** The labels of a cell, without blanks around them and without empty ones. */
    List<String> read(String cell) {
        if (cell.isEmpty()) {
            return List.of();
        }
        if (separator == null) {
            return listed(cell);
        }
        return (separator.isEmpty() ? Stream.of(cell) : Stream.of(cell.split(Pattern.quote(separator), -1)))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .toList();
    }

    private static List<String> listed(String cell) {
        try {
            List<String> labels = new ArrayList<>();
            for (JsonNode one : JSON.readTree(cell)) {
                if (!one.isValueNode() || one.isNull()) {
                    throw noList(cell);
                }
                labels.add(one.asString().strip());
            }
            return labels;
        } catch (JacksonException e) {
            throw noList(cell);
        }
    }

    private static DataException noList(String cell) {
        return new DataException(Problem.of("A cell of labels is no JSON list.")
                .expected("texts between brackets, such as [\"cat\", \"dog\"]")
                .found(Excerpt.of(cell)));
    }
}
