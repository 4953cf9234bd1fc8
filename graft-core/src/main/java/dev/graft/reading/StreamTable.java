package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of rows that a Java program has or fetches: lists, maps, what a cursor of a database gives. It is asked for a
 * stream at each reading, which it reads once and closes; so rows need not be in memory together. A value may be any object,
 * and is read as its text; null is an empty field.
 *
 * <pre>{@code
 * Table table = StreamTable.ofMaps("reviews", () -> jdbc.queryForStream("select text, label from reviews", toMap));
 * }</pre>
 */
public final class StreamTable implements Table {
    private static final int SAMPLE_ROWS = 200;

    private final String name;
    private final Path folder;
    private final @Nullable List<String> columns;
    private final Supplier<? extends Stream<?>> rows;

    private StreamTable(String name, Path folder, @Nullable List<String> columns, Supplier<? extends Stream<?>> rows) {
        this.name = name;
        this.folder = folder;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * A table whose rows are lists.
     *
     * @param name what messages and reports call it
     * @param columns the columns' names, in the order of each row's values
     * @param rows gives the same rows, from the first on, at each call
     */
    public static StreamTable ofLists(
            String name, List<String> columns, Supplier<? extends Stream<? extends List<?>>> rows) {
        return new StreamTable(name, Path.of("").toAbsolutePath(), List.copyOf(columns), rows);
    }

    /**
     * A table whose rows are maps; the columns are the keys of the first 200.
     *
     * @param name what messages and reports call it
     * @param rows gives the same rows, from the first on, at each call
     */
    public static StreamTable ofMaps(String name, Supplier<? extends Stream<? extends Map<String, ?>>> rows) {
        return new StreamTable(name, Path.of("").toAbsolutePath(), null, rows);
    }

    /** Paths in the rows are relative to a folder. */
    public StreamTable withFolder(Path other) {
        return new StreamTable(name, other, columns, rows);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public TableHead head() {
        List<Object> first = new ArrayList<>();
        try (Stream<?> stream = rows.get()) {
            stream.limit(SAMPLE_ROWS).forEach(first::add);
        }
        List<String> named = names(first);
        List<List<String>> sample = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            sample.add(fields(named, all(named), i + 1, first.get(i)));
        }
        return new TableHead(name, name, true, named, sample, List.of());
    }

    private List<String> names(List<Object> first) {
        if (columns != null) {
            return columns;
        }
        Set<String> keys = new LinkedHashSet<>();
        first.forEach(row -> ((Map<?, ?>) row).keySet().forEach(key -> keys.add(String.valueOf(key))));
        return List.copyOf(keys);
    }

    private static int[] all(List<String> columns) {
        return IntStream.range(0, columns.size()).toArray();
    }

    private List<String> fields(List<String> named, int[] places, long number, @Nullable Object row) {
        if (row == null) {
            throw new DataException(Problem.of("A row of a table is null.")
                    .where(where(number))
                    .expected("a list or a map of values")
                    .found("null")
                    .fix("leave the row out"));
        }
        if (row instanceof List<?> values) {
            TableHead.requireWidth(
                    this, number, named.size(), values.size(), "give each row a value, or null, for each column");
        }
        List<String> fields = new ArrayList<>(places.length);
        for (int place : places) {
            @Nullable
            Object value = row instanceof Map<?, ?> map ? map.get(named.get(place)) : ((List<?>) row).get(place);
            fields.add(value == null ? "" : value.toString());
        }
        return fields;
    }

    @Override
    public RowCursor rows(int... places) {
        List<String> named = columns == null ? head().columns() : columns;
        Stream<?> stream = rows.get();
        return new Rows(named, places.clone(), stream, stream.iterator());
    }

    private final class Rows implements RowCursor {
        private final List<String> named;
        private final int[] places;
        private final Stream<?> stream;
        private final Iterator<?> iterator;
        private long number;

        Rows(List<String> named, int[] places, Stream<?> stream, Iterator<?> iterator) {
            this.named = named;
            this.places = places;
            this.stream = stream;
            this.iterator = iterator;
        }

        @Override
        public @Nullable Row next() {
            if (!iterator.hasNext()) {
                return null;
            }
            Object row = iterator.next();
            number++;
            return new Row(number, fields(named, places, number, row));
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
