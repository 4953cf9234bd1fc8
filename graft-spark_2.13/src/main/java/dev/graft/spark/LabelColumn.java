package dev.graft.spark;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The column of labels: names of classes, sorted by the codes of their characters, or numbers from 0 on, which have the names that a
 * {@code StringIndexer} left in the column's metadata, or their own.
 */
final class LabelColumn implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CLASSES = 100_000;

    private final boolean texts;
    private final String[] names;
    private final long rows;

    private LabelColumn(boolean texts, String[] names, long rows) {
        this.texts = texts;
        this.names = names;
        this.rows = rows;
    }

    /** Fails unless there is such a column, of texts or numbers. */
    static void require(StructType schema, String name) {
        Columns.require(schema, name, "the column of labels");
        DataType type = schema.apply(name).dataType();
        if (!(type instanceof NumericType) && !type.equals(DataTypes.StringType)) {
            throw new SettingsException(Problem.of("A column is of a type that labels cannot have.")
                    .where("column " + name)
                    .expected("names of classes (string), or numbers from 0 on")
                    .found(type.simpleString())
                    .fix("name another column with setLabelCol"));
        }
    }

    /** Counts the rows of each class. */
    static LabelColumn of(Dataset<Row> data, String name) {
        StructField field = data.schema().apply(name);
        List<Row> counted = data.filter(functions.col(name).isNotNull())
                .groupBy(functions.col(name))
                .count()
                .limit(MOST_CLASSES + 1)
                .collectAsList();
        long rows = counted.stream().mapToLong(row -> row.getLong(1)).sum();
        boolean texts = field.dataType().equals(DataTypes.StringType);
        String[] names = texts
                ? counted.stream().map(row -> row.getString(0)).sorted().toArray(String[]::new)
                : numbered(name, field, counted);
        if (counted.size() > MOST_CLASSES || names.length < 2) {
            throw new DataException(Problem.of("A classifier needs at least two classes, and not one for every row.")
                    .where("column " + name)
                    .expected("2 to " + MOST_CLASSES + " classes")
                    .found(counted.size() > MOST_CLASSES ? "more" : Arrays.toString(names)));
        }
        return new LabelColumn(texts, names, rows);
    }

    private static String[] numbered(String name, StructField field, List<Row> counted) {
        List<Integer> numbers = new ArrayList<>();
        for (Row row : counted) {
            double number = row.<Number>getAs(0).doubleValue();
            if (number < 0 || number != Math.rint(number) || number >= MOST_CLASSES) {
                throw new DataException(Problem.of("A label is no number of a class.")
                        .where("column " + name)
                        .expected("whole numbers from 0 on")
                        .found(number)
                        .fix("number the classes with a StringIndexer, or give their names as texts"));
            }
            numbers.add((int) number);
        }
        int count = numbers.stream().mapToInt(number -> number + 1).max().orElse(0);
        String[] known = Attribute.fromStructField(field) instanceof NominalAttribute nominal
                        && nominal.values().isDefined()
                ? nominal.values().get()
                : new String[0];
        return known.length >= count
                ? known
                : IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    /** The classes' names, by number. */
    List<String> names() {
        return List.of(names);
    }

    /** The number of rows that have a label. */
    long rows() {
        return rows;
    }

    /** The number of a row's class; -1 if it has none. */
    int label(Row row, int place) {
        if (row.isNullAt(place)) {
            return -1;
        }
        return texts
                ? Arrays.binarySearch(names, row.getString(place))
                : row.<Number>getAs(place).intValue();
    }
}
