package dev.graft.spark;

import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Some rows on the driver, which depend on what the rows hold and on nothing else: those whose contents have the smallest hashes, in
 * their order.
 *
 * @param rows the input and the label of each
 * @param input how the input is read
 * @param labels the numbers of their classes
 * @param names the names of all classes
 */
@SuppressWarnings("ArrayRecordComponent")
record Sample(List<Row> rows, InputColumn input, int[] labels, List<String> names) {
    private static final String HASH = "graftHash";
    private static final int HASH_BITS = 53;
    private static final String NAME = "a sample of a Spark data set";

    /**
     * Draws rows.
     *
     * @param data two columns, the input and the label
     * @param size the most rows
     */
    static Sample draw(Dataset<Row> data, InputColumn input, String label, LabelColumn labels, int size) {
        // A long's upper bits as a number from 0 to 2^53.
        Column hash =
                functions.shiftrightunsigned(functions.xxhash64(functions.col(input.name())), Long.SIZE - HASH_BITS);
        // Twice as many as are wanted pass on average, so that few are sorted and enough are left.
        double share = Math.min(1, 2.0 * (size + 100) / Math.max(1, labels.rows()));
        List<Row> drawn = data.filter(functions
                        .col(input.name())
                        .isNotNull()
                        .and(functions.col(label).isNotNull()))
                .withColumn(HASH, hash)
                .filter(functions.col(HASH).lt((long) (share * (1L << HASH_BITS))))
                .orderBy(functions.col(HASH), functions.col(label))
                .limit(size)
                .collectAsList();
        List<Row> readable = new ArrayList<>();
        for (Row row : drawn) {
            if (!input.read(row).isBroken()) {
                readable.add(row);
            }
        }
        int[] numbers = readable.stream()
                .mapToInt(row -> labels.label(row, 1 - input.index()))
                .toArray();
        if (numbers.length < 2) {
            throw new DataException(Problem.of("There are too few rows that can be read to learn from.")
                    .where("column " + input.name())
                    .expected("at least 2 of " + drawn.size())
                    .found(numbers.length));
        }
        return new Sample(readable, input, numbers, labels.names());
    }

    int size() {
        return labels.length;
    }

    /** The rows as labelled examples; pictures are decoded when they are asked for. */
    LabeledExamples examples() {
        List<String> own = new ArrayList<>();
        for (int label : labels) {
            own.add(names.get(label));
        }
        if (input.kind() == InputColumn.Kind.TEXTS) {
            List<String> texts =
                    rows.stream().map(row -> input.read(row).requireText()).toList();
            return LabeledTexts.of(NAME, texts, own);
        }
        return LabeledImages.of(NAME, own, i -> input.read(rows.get(i)).requirePicture());
    }
}
