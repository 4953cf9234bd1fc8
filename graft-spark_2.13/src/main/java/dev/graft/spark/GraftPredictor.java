package dev.graft.spark;

import dev.graft.bundle.Bundle;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a trained network says of pictures or texts: the transformer of a bundle, and the model that a {@link GraftClassifier} fits. It
 * adds columns, each of which may be left out by an empty name. A row that cannot be read has nulls and a reason.
 *
 * <pre>{@code
 * Dataset<Row> said = GraftPredictor.of(Path.of("flowers-model")).setInputCol("content").transform(pictures);
 * }</pre>
 *
 * <p>Saved, it is a bundle in a directory {@code bundle} beside Spark's metadata.
 */
public final class GraftPredictor extends Model<GraftPredictor> implements MLWritable {
    static final String PREDICTION = "prediction";

    private static final long serialVersionUID = 1L;
    private static final String LABEL_NAME = "predictedLabel";
    private static final String CONFIDENCE = "confidence";
    private static final String PROBABILITY = "probability";
    private static final String NONE_OF_THESE = "noneOfThese";
    private static final String REASON = "reason";

    private final String uid;
    private final transient ShippedNetwork network;
    private final Param<String> inputCol;
    private final Param<String> predictionCol;
    private final Param<String> labelNameCol;
    private final Param<String> confidenceCol;
    private final Param<String> probabilityCol;
    private final Param<String> noneOfTheseCol;
    private final Param<String> setCol;
    private final Param<String> reasonCol;
    private final Param<String> handleInvalid;
    private final DoubleParam coverage;

    GraftPredictor(String uid, TransferModel model) {
        this(uid, new ShippedNetwork(model));
    }

    private GraftPredictor(String uid, ShippedNetwork network) {
        this.uid = uid;
        this.network = network;
        inputCol = column("inputCol", "column to read: contents of image files, decoded pictures, or texts");
        predictionCol = column("predictionCol", "column for the place of the predicted class among the names");
        labelNameCol = column("labelNameCol", "column for the predicted class's name");
        confidenceCol = column("confidenceCol", "column for the predicted class's calibrated probability");
        probabilityCol = column("probabilityCol", "column for the calibrated probabilities of all classes");
        noneOfTheseCol = column("noneOfTheseCol", "column for whether a row is likely none of the classes");
        setCol = column("setCol", "column for the set of classes that holds the true one as often as coverage says");
        reasonCol = column("reasonCol", "column for why a row could not be read");
        handleInvalid = HandleInvalid.param(this);
        coverage = new DoubleParam(
                this,
                "coverage",
                "how often a set of classes shall hold the true one, above 0 and below 1",
                ParamValidators.inRange(0, 1, false, false));
        setDefault(inputCol, InputColumn.USUAL);
        setDefault(predictionCol, PREDICTION);
        setDefault(labelNameCol, LABEL_NAME);
        setDefault(confidenceCol, CONFIDENCE);
        setDefault(probabilityCol, PROBABILITY);
        setDefault(noneOfTheseCol, NONE_OF_THESE);
        setDefault(setCol, "");
        setDefault(reasonCol, REASON);
        setDefault(handleInvalid, HandleInvalid.KEEP);
        setDefault(coverage, 0.9);
    }

    private Param<String> column(String name, String doc) {
        return new Param<>(this, name, doc);
    }

    /**
     * The predictor of a bundle.
     *
     * @param bundle a directory on the driver's machine; executors get what is in it
     * @throws dev.graft.error.WeightsFileException if it is no bundle, or damaged
     */
    public static GraftPredictor of(Path bundle) {
        return of(Bundle.read(bundle));
    }

    /** The predictor of a trained network. */
    public static GraftPredictor of(TransferModel model) {
        return new GraftPredictor(Identifiable$.MODULE$.randomUID("graftPredictor"), model);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The trained network. */
    public TransferModel model() {
        return network.model();
    }

    NetworkFiles files() {
        return network.files();
    }

    /** Column to read; {@code content} by default, as the source {@code binaryFile} calls it. */
    public Param<String> inputCol() {
        return inputCol;
    }

    /** Sets {@link #inputCol}. */
    public GraftPredictor setInputCol(String name) {
        set(inputCol, name);
        return this;
    }

    /** Column for the place of the predicted class among the names, a double; {@code prediction} by default. */
    public Param<String> predictionCol() {
        return predictionCol;
    }

    /** Sets {@link #predictionCol}; empty for none. */
    public GraftPredictor setPredictionCol(String name) {
        set(predictionCol, name);
        return this;
    }

    /** Column for the predicted class's name; {@code predictedLabel} by default. */
    public Param<String> labelNameCol() {
        return labelNameCol;
    }

    /** Sets {@link #labelNameCol}; empty for none. */
    public GraftPredictor setLabelNameCol(String name) {
        set(labelNameCol, name);
        return this;
    }

    /** Column for the predicted class's calibrated probability, 0 to 1; {@code confidence} by default. */
    public Param<String> confidenceCol() {
        return confidenceCol;
    }

    /** Sets {@link #confidenceCol}; empty for none. */
    public GraftPredictor setConfidenceCol(String name) {
        set(confidenceCol, name);
        return this;
    }

    /** Column for the calibrated probabilities of all classes, a vector in the order of the names; {@code probability} by default. */
    public Param<String> probabilityCol() {
        return probabilityCol;
    }

    /** Sets {@link #probabilityCol}; empty for none. */
    public GraftPredictor setProbabilityCol(String name) {
        set(probabilityCol, name);
        return this;
    }

    /** Column for whether a row is likely none of the classes, by the network's own rule; {@code noneOfThese} by default. */
    public Param<String> noneOfTheseCol() {
        return noneOfTheseCol;
    }

    /** Sets {@link #noneOfTheseCol}; empty for none. */
    public GraftPredictor setNoneOfTheseCol(String name) {
        set(noneOfTheseCol, name);
        return this;
    }

    /** Column for the set of classes that holds the true one as often as {@link #coverage} says; none by default. */
    public Param<String> setCol() {
        return setCol;
    }

    /** Sets {@link #setCol}; empty for none. */
    public GraftPredictor setSetCol(String name) {
        set(setCol, name);
        return this;
    }

    /** Column for why a row could not be read; {@code reason} by default. */
    public Param<String> reasonCol() {
        return reasonCol;
    }

    /** Sets {@link #reasonCol}; empty for none. */
    public GraftPredictor setReasonCol(String name) {
        set(reasonCol, name);
        return this;
    }

    /** What a row that cannot be read does: {@code keep} (the default) gives nulls and a reason, {@code error} ends the job. */
    public Param<String> handleInvalid() {
        return handleInvalid;
    }

    /** Sets {@link #handleInvalid}. */
    public GraftPredictor setHandleInvalid(String value) {
        set(handleInvalid, value);
        return this;
    }

    /** How often a set of classes shall hold the true one, above 0 and below 1; 0.9 by default. */
    public DoubleParam coverage() {
        return coverage;
    }

    /** Sets {@link #coverage}. */
    public GraftPredictor setCoverage(double value) {
        set(coverage, (Object) value);
        return this;
    }

    private boolean wanted(Param<String> column) {
        return !getOrDefault(column).isEmpty();
    }

    private PredictionColumns columns() {
        return new PredictionColumns(
                wanted(predictionCol),
                wanted(labelNameCol),
                wanted(confidenceCol),
                wanted(probabilityCol),
                wanted(noneOfTheseCol),
                wanted(setCol));
    }

    /**
     * The schema with the columns that are added.
     *
     * @throws SettingsException if there is no such column to read, it is of another type, or a column would be written that is there
     */
    @Override
    public StructType transformSchema(StructType schema) {
        InputColumn.of(schema, getOrDefault(inputCol));
        return Columns.append(
                schema,
                fields(
                        getOrDefault(predictionCol),
                        getOrDefault(labelNameCol),
                        getOrDefault(confidenceCol),
                        getOrDefault(probabilityCol),
                        getOrDefault(noneOfTheseCol),
                        getOrDefault(setCol),
                        getOrDefault(reasonCol)));
    }

    /** The columns that a predictor adds which nobody told otherwise, but for the first. */
    static List<StructField> usualFields(String prediction) {
        return fields(prediction, LABEL_NAME, CONFIDENCE, PROBABILITY, NONE_OF_THESE, "", REASON);
    }

    private static List<StructField> fields(
            String prediction,
            String labelName,
            String confidence,
            String probability,
            String noneOfThese,
            String set,
            String reason) {
        return Stream.of(
                        field(prediction, DataTypes.DoubleType),
                        field(labelName, DataTypes.StringType),
                        field(confidence, DataTypes.DoubleType),
                        field(probability, SQLDataTypes.VectorType()),
                        field(noneOfThese, DataTypes.BooleanType),
                        field(set, DataTypes.createArrayType(DataTypes.StringType)),
                        field(reason, DataTypes.StringType))
                .filter(field -> !field.name().isEmpty())
                .toList();
    }

    private static StructField field(String name, DataType type) {
        return DataTypes.createStructField(name, type, true);
    }

    /**
     * The rows with what the network says of them. Nothing is computed before Spark asks for it.
     *
     * @throws SettingsException as {@link #transformSchema}, or if the network takes other examples, or has too few held-out examples
     *     for sets of classes
     */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        InputColumn input = InputColumn.of(dataset.schema(), getOrDefault(inputCol));
        input.require(model());
        Double share = wanted(setCol) ? (Double) getOrDefault(coverage) : null;
        if (share != null) {
            requireSets(share);
        }
        return network.transform(
                dataset,
                schema,
                input,
                new PredictionUse(columns(), share),
                Classifier.class,
                HandleInvalid.keeps(getOrDefault(handleInvalid)),
                wanted(reasonCol),
                uid);
    }

    private void requireSets(double share) {
        if (model().record() == null || model().record().heldOut() == null) {
            throw new SettingsException(Problem.of("This network has no record of held-out examples.")
                    .where("setCol, for sets that hold the true class in " + share + " of all cases")
                    .expected("a network with such a record")
                    .fix("leave setCol empty"));
        }
    }

    @Override
    public GraftPredictor copy(ParamMap extra) {
        return copyValues(new GraftPredictor(uid, network), extra).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new PredictorWriter(this);
    }

    /** Reads what was saved. */
    public static MLReader<GraftPredictor> read() {
        return new PredictorReader();
    }

    /**
     * Reads what was saved.
     *
     * @param path in any file system that Spark reaches
     */
    public static GraftPredictor load(String path) {
        return read().load(path);
    }
}
