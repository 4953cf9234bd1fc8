package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The column of a table that says which part of the data an example belongs to. Not safe for use by several threads. */
final class PartColumn {
    private static final Logger LOG = LoggerFactory.getLogger(PartColumn.class);

    private final Table table;
    private final int place;
    private final String name;
    private final Map<String, Part> known = new HashMap<>();

    private PartColumn(Table table, TableHead head, int place) {
        this.table = table;
        this.place = place;
        this.name = Excerpt.of(head.columns().get(place));
    }

    /**
     * The column called {@code split}, or one with a like name whose first values name parts; null if there is none.
     *
     * @throws DataException if several columns could be it
     */
    static @Nullable PartColumn of(Table table, TableHead head) {
        int[] usual = head.places(ColumnRole.SPLIT::usual);
        int[] found = usual.length > 0
                ? usual
                : IntStream.of(head.places(ColumnRole.SPLIT::mayBe))
                        .filter(place -> namesParts(head, place))
                        .toArray();
        if (found.length > 1) {
            throw new DataException(Problem.of("Several columns of a table could say which part an example belongs to.")
                    .where(head.where())
                    .expected("one column called split")
                    .found(head.shown())
                    .fix("leave one of them out, or call one split"));
        }
        return found.length == 0 ? null : new PartColumn(table, head, found[0]);
    }

    private static boolean namesParts(TableHead head, int place) {
        return !head.sample().isEmpty()
                && head.sample().stream().allMatch(row -> row.size() > place && Part.named(row.get(place)) != null);
    }

    /** Its name, shortened for messages. */
    String name() {
        return name;
    }

    /** Its place among the table's columns. */
    int place() {
        return place;
    }

    /**
     * The part that a value names. A name that is not plain is said once.
     *
     * @param row where it stands
     * @throws DataException if it names none
     */
    Part part(long row, String value) {
        Part before = known.get(value);
        if (before != null) {
            return before;
        }
        Part part = Part.named(value);
        if (part == null) {
            throw new DataException(Problem.of("A table names a part that there is not.")
                    .where(table.where(row) + ", column " + name)
                    .expected("train, val or test")
                    .found("'" + Excerpt.of(value) + "'")
                    .fix("name one of these parts, or give the column another name if it means something else"));
        }
        if (!Part.usual(value)) {
            LOG.warn(
                    "{}: '{}' in column {} is taken as the {} part",
                    table.name(),
                    Excerpt.of(value),
                    name,
                    part.title());
        }
        known.put(value, part);
        return part;
    }
}
