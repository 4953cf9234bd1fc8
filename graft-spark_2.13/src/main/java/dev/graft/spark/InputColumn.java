package dev.graft.spark;

import dev.graft.data.Image;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.SettingsException;
import dev.graft.image.Images;
import dev.graft.model.TransferModel;
import dev.graft.preparation.TextPreparation;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The column that a network reads: the contents of image files, as the source {@code binaryFile} gives them, decoded pictures of the
 * source {@code image}, or texts.
 *
 * @param name the column's name
 * @param index its place in a row
 * @param kind what it holds
 * @param path the place of a column that names the files, for messages; -1 if there is none
 */
record InputColumn(String name, int index, Kind kind, int path) implements Serializable {
    /** The usual name, as the source {@code binaryFile} gives it. */
    static final String USUAL = "content";

    private static final long serialVersionUID = 1L;
    private static final List<String> PICTURE = List.of("height", "width", "nChannels", "data");
    private static final String PATH = "path";

    /** What a column holds. */
    enum Kind {
        /** The contents of image files. */
        FILES,
        /** Pictures as Spark's source {@code image} decodes them. */
        PICTURES,
        /** Texts. */
        TEXTS
    }

    /**
     * Finds the column.
     *
     * @throws SettingsException if there is none of that name, or it holds something else
     */
    static InputColumn of(StructType schema, String name) {
        Columns.require(schema, name, "the column to read");
        int index = schema.fieldIndex(name);
        DataType type = schema.apply(index).dataType();
        boolean named = Arrays.asList(schema.fieldNames()).contains(PATH)
                && schema.apply(PATH).dataType().equals(DataTypes.StringType);
        return new InputColumn(name, index, kind(name, type), named ? schema.fieldIndex(PATH) : -1);
    }

    private static Kind kind(String name, DataType type) {
        if (type.equals(DataTypes.BinaryType)) {
            return Kind.FILES;
        }
        if (type.equals(DataTypes.StringType)) {
            return Kind.TEXTS;
        }
        if (type instanceof StructType struct
                && Arrays.asList(struct.fieldNames()).containsAll(PICTURE)) {
            return Kind.PICTURES;
        }
        throw new SettingsException(Problem.of("A column is of a type that no network reads.")
                .where("column " + name)
                .expected(
                        "contents of image files (binary), pictures of the source 'image' (struct), or texts (string)")
                .found(type.simpleString())
                .fix("name another column with setInputCol"));
    }

    /**
     * Makes sure that a network takes what the column holds.
     *
     * @throws SettingsException if it takes something else
     */
    void require(TransferModel model) {
        boolean texts = !model.takesItems() && model.architecture().preparation() instanceof TextPreparation;
        String takes = model.takesItems() ? "items of several parts" : texts ? "texts" : "pictures";
        if (model.takesItems() || texts != (kind == Kind.TEXTS)) {
            throw new SettingsException(Problem.of("A network takes other examples than a column holds.")
                    .where("column " + name)
                    .expected(takes)
                    .found(kind == Kind.TEXTS ? "texts" : "pictures")
                    .fix("name another column with setInputCol, or take another network"));
        }
    }

    /** What a row holds there; what cannot be read says why. */
    Example read(Row row) {
        if (row.isNullAt(index)) {
            return Example.broken(kind == Kind.TEXTS ? "There is no text." : "There is no picture.");
        }
        try {
            return switch (kind) {
                case FILES -> Example.of(Images.read(row.<byte[]>getAs(index), place(row)));
                case PICTURES -> Example.of(picture(row.getStruct(index)));
                case TEXTS -> Example.of(row.getString(index));
            };
        } catch (DataException e) {
            return Example.broken(Reason.of(e));
        }
    }

    private String place(Row row) {
        return path < 0 || row.isNullAt(path) ? "a row's " + name : row.getString(path);
    }

    /** Rows of pixels from the top, blue first, as OpenCV lays them out. */
    private Image picture(Row struct) {
        int height = struct.<Integer>getAs("height");
        int width = struct.<Integer>getAs("width");
        int channels = struct.<Integer>getAs("nChannels");
        byte[] data = struct.<byte[]>getAs("data");
        boolean known = channels == 1 || channels == 3 || channels == 4;
        if (!known || height < 1 || width < 1 || data == null || data.length != (long) height * width * channels) {
            throw new DataException(Problem.of("This is no picture.")
                    .where("column " + name)
                    .expected("8 bits for each of 1, 3 or 4 channels")
                    .found(height + " x " + width + " x " + channels + " in " + (data == null ? 0 : data.length)
                            + " bytes"));
        }
        if (channels == 1) {
            return new Image(height, width, 1, data.clone());
        }
        byte[] pixels = new byte[height * width * 3];
        for (int i = 0; i < height * width; i++) {
            for (int c = 0; c < 3; c++) {
                pixels[i * 3 + c] = data[i * channels + 2 - c];
            }
        }
        return new Image(height, width, 3, pixels);
    }
}
