package dev.graft.spark;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of a schema, asked for and added. */
final class Columns {
    private Columns() {}

    /** Fails unless there is a column of that name. */
    static void require(StructType schema, String name, String what) {
        List<String> names = Arrays.asList(schema.fieldNames());
        if (!names.contains(name)) {
            throw new SettingsException(Problem.of("There is no column of that name.")
                    .where(what)
                    .expected("one of " + String.join(", ", names))
                    .found(name));
        }
    }

    /**
     * The schema with more columns at its end.
     *
     * @throws SettingsException if it has one of that name already
     */
    static StructType append(StructType schema, List<StructField> added) {
        StructType longer = schema;
        for (StructField field : added) {
            if (Arrays.asList(longer.fieldNames()).contains(field.name())) {
                throw new SettingsException(Problem.of("A column would be written that is there already.")
                        .expected("a new name")
                        .found(field.name())
                        .fix("drop the column, or give the new one another name"));
            }
            longer = longer.add(field);
        }
        return longer;
    }
}
