package dev.graft.spark;

import dev.graft.model.RecordedCut;
import dev.graft.model.TransferModel;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Fits a classifier of pictures or texts to any number of rows: source model and cut are chosen by measuring on a sample, the features of
 * all rows are computed where the rows are, and the head is fitted to them. No rows but the sample come to the driver.
 *
 * <pre>{@code
 * GraftPredictor model = new GraftClassifier().setLabelCol("kind").fit(pictures);
 * model.transform(others).write().parquet("s3a://shop/kinds");
 * }</pre>
 */
public final class GraftClassifier extends Estimator<GraftPredictor> implements DefaultParamsWritable {
    /** Discriminant analysis from sums: one pass, and the same bytes however the rows are partitioned. */
    public static final String DISCRIMINANT = "discriminant";

    /** Logistic regression of Spark ML: many passes over features that are kept meanwhile. */
    public static final String LOGISTIC = "logistic";

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> inputCol;
    private final Param<String> labelCol;
    private final Param<String> predictionCol;
    private final Param<String> handleInvalid;
    private final Param<String> backbone;
    private final StringArrayParam stages;
    private final Param<String> pooling;
    private final Param<String> head;
    private final IntParam sampleSize;
    private final DoubleParam regParam;
    private final IntParam maxIter;

    /** A classifier with a name of its own. */
    public GraftClassifier() {
        this(Identifiable$.MODULE$.randomUID("graftClassifier"));
    }

    /** A classifier that is known by a name, as Spark makes copies. */
    public GraftClassifier(String uid) {
        this.uid = uid;
        inputCol = new Param<>(this, "inputCol", "column to read: contents of image files, decoded pictures, or texts");
        labelCol = new Param<>(this, "labelCol", "column of the classes: names, or numbers from 0 on");
        predictionCol = new Param<>(
                this, "predictionCol", "the model's column for the place of the predicted class among the names");
        handleInvalid = HandleInvalid.param(this);
        backbone = new Param<>(
                this,
                "backbone",
                "source model: the id of one shipped with Graft, a directory, or hf:owner/name; empty for a choice");
        stages = new StringArrayParam(
                this, "stages", "stages of the backbone where features are taken; none for a choice");
        pooling = new Param<>(this, "pooling", "how a named stage's output becomes a vector, such as mean+max+std");
        head = new Param<>(
                this,
                "head",
                "discriminant (one pass) or logistic (Spark ML's logistic regression)",
                ParamValidators.inArray(List.of(DISCRIMINANT, LOGISTIC)));
        sampleSize = new IntParam(
                this, "sampleSize", "the most rows that the choice looks at, on the driver", ParamValidators.gtEq(20));
        regParam =
                new DoubleParam(this, "regParam", "regularisation of the logistic regression", ParamValidators.gtEq(0));
        maxIter = new IntParam(
                this, "maxIter", "the most iterations of the logistic regression", ParamValidators.gtEq(1));
        setDefault(inputCol, InputColumn.USUAL);
        setDefault(labelCol, "label");
        setDefault(predictionCol, GraftPredictor.PREDICTION);
        setDefault(handleInvalid, HandleInvalid.KEEP);
        setDefault(backbone, "");
        setDefault(stages, new String[0]);
        setDefault(pooling, "");
        setDefault(head, DISCRIMINANT);
        setDefault(sampleSize, 2000);
        setDefault(regParam, 1e-3);
        setDefault(maxIter, 100);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Column to read; {@code content} by default, as the source {@code binaryFile} calls it. */
    public Param<String> inputCol() {
        return inputCol;
    }

    /** Sets {@link #inputCol}. */
    public GraftClassifier setInputCol(String name) {
        set(inputCol, name);
        return this;
    }

    /** Column of the classes: names, or numbers from 0 on, as a {@code StringIndexer} makes them; {@code label} by default. */
    public Param<String> labelCol() {
        return labelCol;
    }

    /** Sets {@link #labelCol}. */
    public GraftClassifier setLabelCol(String name) {
        set(labelCol, name);
        return this;
    }

    /** The model's column for the place of the predicted class among the names; {@code prediction} by default. */
    public Param<String> predictionCol() {
        return predictionCol;
    }

    /** Sets {@link #predictionCol}. */
    public GraftClassifier setPredictionCol(String name) {
        set(predictionCol, name);
        return this;
    }

    /** What a row that cannot be read does: {@code keep} (the default) leaves it out, and says how many, {@code error} ends the job. */
    public Param<String> handleInvalid() {
        return handleInvalid;
    }

    /** Sets {@link #handleInvalid}. */
    public GraftClassifier setHandleInvalid(String value) {
        set(handleInvalid, value);
        return this;
    }

    /** Source model: an id, a directory on the driver's machine, or {@code hf:owner/name}; empty, the default, for a choice. */
    public Param<String> backbone() {
        return backbone;
    }

    /** Sets {@link #backbone}. */
    public GraftClassifier setBackbone(String idOrDirectory) {
        set(backbone, idOrDirectory);
        return this;
    }

    /** Stages where features are taken; none, the default, for a choice. */
    public StringArrayParam stages() {
        return stages;
    }

    /** Sets {@link #stages}. */
    public GraftClassifier setStages(String... names) {
        set(stages, names.clone());
        return this;
    }

    /** How a named stage's output becomes a vector, such as {@code mean}; {@code mean+max+std} by default. */
    public Param<String> pooling() {
        return pooling;
    }

    /** Sets {@link #pooling}. */
    public GraftClassifier setPooling(String label) {
        set(pooling, label);
        return this;
    }

    /** {@value #DISCRIMINANT}, the default, or {@value #LOGISTIC}. */
    public Param<String> head() {
        return head;
    }

    /** Sets {@link #head}. */
    public GraftClassifier setHead(String value) {
        set(head, value);
        return this;
    }

    /** The most rows that the choice looks at, on the driver; 2000 by default. */
    public IntParam sampleSize() {
        return sampleSize;
    }

    /** Sets {@link #sampleSize}. */
    public GraftClassifier setSampleSize(int rows) {
        set(sampleSize, (Object) rows);
        return this;
    }

    /** Regularisation of the logistic regression, as Spark ML defines it; 0.001 by default. */
    public DoubleParam regParam() {
        return regParam;
    }

    /** Sets {@link #regParam}. */
    public GraftClassifier setRegParam(double value) {
        set(regParam, (Object) value);
        return this;
    }

    /** The most iterations of the logistic regression; 100 by default. */
    public IntParam maxIter() {
        return maxIter;
    }

    /** Sets {@link #maxIter}. */
    public GraftClassifier setMaxIter(int value) {
        set(maxIter, (Object) value);
        return this;
    }

    /**
     * The schema that the model's transformation gives.
     *
     * @throws dev.graft.error.SettingsException if a column is not there or of another type
     */
    @Override
    public StructType transformSchema(StructType schema) {
        InputColumn.of(schema, getOrDefault(inputCol));
        LabelColumn.require(schema, getOrDefault(labelCol));
        return Columns.append(schema, GraftPredictor.usualFields(getOrDefault(predictionCol)));
    }

    /**
     * Chooses, computes and fits.
     *
     * @throws dev.graft.error.SettingsException as {@link #transformSchema}, or if there is no such source model or stage
     * @throws dev.graft.error.DataException if there are fewer than two classes, or hardly a row can be read
     */
    @Override
    public GraftPredictor fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        String label = getOrDefault(labelCol);
        Dataset<Row> rows = dataset.select(functions.col(getOrDefault(inputCol)), functions.col(label));
        InputColumn input = InputColumn.of(rows.schema(), getOrDefault(inputCol));
        LabelColumn labels = LabelColumn.of(rows, label);
        boolean discriminant = getOrDefault(head).equals(DISCRIMINANT);
        SampledChoice choice = SampledChoice.of(
                Sample.draw(rows, input, label, labels, (Integer) getOrDefault(sampleSize)),
                getOrDefault(backbone),
                getOrDefault(stages),
                getOrDefault(pooling),
                discriminant ? RecordedCut.MOST_FEATURES : Integer.MAX_VALUE);
        String features = uid + "_features";
        Dataset<Row> computed = new GraftFeaturizer(uid)
                .withNetwork(choice.network())
                .setInputCol(input.name())
                .setOutputCol(features)
                .setReasonCol("")
                .setHandleInvalid(getOrDefault(handleInvalid))
                .transform(rows)
                .select(functions.col(features), functions.col(label));
        TransferModel model = discriminant
                ? DiscriminantHead.fit(choice, computed, 0, 1, labels)
                : LogisticHead.fit(choice, computed, 0, 1, labels, (Double) getOrDefault(regParam), (Integer)
                        getOrDefault(maxIter));
        return copyValues(new GraftPredictor(uid, model), ParamMap.empty()).setParent(this);
    }

    @Override
    public GraftClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Reads what was saved. */
    public static MLReader<GraftClassifier> read() {
        return new DefaultParamsReader<>();
    }

    /**
     * Reads what was saved.
     *
     * @param path in any file system that Spark reaches
     */
    public static GraftClassifier load(String path) {
        return read().load(path);
    }
}
