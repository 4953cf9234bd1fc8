package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The column of a table that says which part of the data an example belongs to. Not safe for use by several threads. */
public final class PartColumn {
    private static final Logger LOG = LoggerFactory.getLogger(PartColumn.class);

    private final Path file;
    private final int place;
    private final String name;
    private final Set<String> said = new TreeSet<>();

    private PartColumn(TableHead head, int place) {
        this.file = head.file();
        this.place = place;
        this.name = Excerpt.of(head.columns().get(place));
    }

    /**
     * The column called {@code split}, or one with a like name whose first values name parts; null if there is none.
     *
     * @throws DataException if several columns could be it
     */
    public static @Nullable PartColumn of(TableHead head) {
        int[] usual = head.places(ColumnRole.SPLIT::usual);
        int[] found = usual.length > 0
                ? usual
                : IntStream.of(head.places(ColumnRole.SPLIT::mayBe))
                        .filter(place -> namesParts(head, place))
                        .toArray();
        if (found.length > 1) {
            throw new DataException(Problem.of("Several columns of a table could say which part an example belongs to.")
                    .where(head.firstLine())
                    .expected("one column called split")
                    .found(head.shown())
                    .fix("leave one of them out, or call one split"));
        }
        return found.length == 0 ? null : new PartColumn(head, found[0]);
    }

    private static boolean namesParts(TableHead head, int place) {
        return !head.sample().isEmpty()
                && head.sample().stream().allMatch(row -> row.size() > place && Part.named(row.get(place)) != null);
    }

    /** Its place among the table's columns. */
    public int place() {
        return place;
    }

    /**
     * The part that a value names. A name that is not plain is said once.
     *
     * @param line where it stands
     * @throws DataException if it names none
     */
    public Part part(long line, String value) {
        Part part = Part.named(value);
        if (part == null) {
            throw new DataException(Problem.of("A table names a part that there is not.")
                    .where(file + ", line " + line + ", column " + name)
                    .expected("train, val or test")
                    .found("'" + Excerpt.of(value) + "'")
                    .fix("name one of these parts, or give the column another name if it means something else"));
        }
        if (!Part.usual(value) && said.add(value)) {
            LOG.warn("{}: '{}' in column {} is taken as the {} part", file, Excerpt.of(value), name, part.title());
        }
        return part;
    }
}
