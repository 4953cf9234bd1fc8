package dev.graft.spark;

import dev.graft.backbone.Backbone;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.model.TransferModel;
import dev.graft.source.Backbones;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Features of pictures or texts: what a frozen source model makes of them at a cut, as a vector. A row that cannot be read has a null
 * and a reason.
 *
 * <pre>{@code
 * Dataset<Row> pictures = spark.read().format("binaryFile").load("s3a://shop/photos");
 * Dataset<Row> features = new GraftFeaturizer().setBackbone("tf_efficientnet_lite0").transform(pictures);
 * }</pre>
 */
public final class GraftFeaturizer extends Transformer implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> inputCol;
    private final Param<String> outputCol;
    private final Param<String> reasonCol;
    private final Param<String> handleInvalid;
    private final Param<String> backbone;
    private final StringArrayParam stages;
    private final Param<String> pooling;
    private transient @Nullable ShippedNetwork network;
    private transient @Nullable String networkOf;

    /** A featurizer with a name of its own. */
    public GraftFeaturizer() {
        this(Identifiable$.MODULE$.randomUID("graftFeaturizer"));
    }

    /** A featurizer that is known by a name, as Spark makes copies. */
    public GraftFeaturizer(String uid) {
        this.uid = uid;
        inputCol = new Param<>(this, "inputCol", "column to read: contents of image files, decoded pictures, or texts");
        outputCol = new Param<>(this, "outputCol", "column for the features, a vector");
        reasonCol = new Param<>(this, "reasonCol", "column for why a row could not be read; empty for none");
        handleInvalid = HandleInvalid.param(this);
        backbone = new Param<>(
                this, "backbone", "source model: the id of one shipped with Graft, a directory, or hf:owner/name");
        stages = new StringArrayParam(
                this, "stages", "stages of the backbone where features are taken; none for its usual cut");
        pooling = new Param<>(this, "pooling", "how a stage's output becomes a vector, such as mean+max+std");
        setDefault(inputCol, InputColumn.USUAL);
        setDefault(outputCol, "features");
        setDefault(reasonCol, "reason");
        setDefault(handleInvalid, HandleInvalid.KEEP);
        setDefault(stages, new String[0]);
        setDefault(pooling, "");
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
    public GraftFeaturizer setInputCol(String name) {
        set(inputCol, name);
        return this;
    }

    /** Column for the features, a vector; {@code features} by default. */
    public Param<String> outputCol() {
        return outputCol;
    }

    /** Sets {@link #outputCol}. */
    public GraftFeaturizer setOutputCol(String name) {
        set(outputCol, name);
        return this;
    }

    /** Column for why a row could not be read; {@code reason} by default. */
    public Param<String> reasonCol() {
        return reasonCol;
    }

    /** Sets {@link #reasonCol}; empty for none. */
    public GraftFeaturizer setReasonCol(String name) {
        set(reasonCol, name);
        return this;
    }

    /** What a row that cannot be read does: {@code keep} (the default) gives a null and a reason, {@code error} ends the job. */
    public Param<String> handleInvalid() {
        return handleInvalid;
    }

    /** Sets {@link #handleInvalid}. */
    public GraftFeaturizer setHandleInvalid(String value) {
        set(handleInvalid, value);
        return this;
    }

    /** Source model: the id of one shipped with Graft, a directory on the driver's machine, or {@code hf:owner/name}. To be set. */
    public Param<String> backbone() {
        return backbone;
    }

    /** Sets {@link #backbone}. */
    public GraftFeaturizer setBackbone(String idOrDirectory) {
        set(backbone, idOrDirectory);
        return this;
    }

    /** Stages where features are taken; none, the default, for the backbone's usual cut. */
    public StringArrayParam stages() {
        return stages;
    }

    /** Sets {@link #stages}. */
    public GraftFeaturizer setStages(String... names) {
        set(stages, names.clone());
        return this;
    }

    /** How a stage's output becomes a vector, such as {@code mean}; {@code mean+max+std} by default. Counts where stages are set. */
    public Param<String> pooling() {
        return pooling;
    }

    /** Sets {@link #pooling}. */
    public GraftFeaturizer setPooling(String label) {
        set(pooling, label);
        return this;
    }

    /** Takes features of a network that is there already, whatever the parameters name. */
    GraftFeaturizer withNetwork(TransferModel model) {
        network = new ShippedNetwork(model);
        networkOf = key();
        return this;
    }

    private String key() {
        return (isDefined(backbone) ? getOrDefault(backbone) : "") + "\n" + String.join("\n", getOrDefault(stages))
                + "\n" + getOrDefault(pooling);
    }

    private synchronized ShippedNetwork network() {
        ShippedNetwork known = network;
        String wanted = key();
        if (known == null || !wanted.equals(networkOf)) {
            if (!isDefined(backbone)) {
                throw new SettingsException(Problem.of("Features are those of a source model.")
                        .where(uid)
                        .expected("one of "
                                + String.join(
                                        ", ",
                                        Stream.concat(Backbones.embedded().stream(), Backbones.ofFamilies().stream())
                                                .toList())
                                + ", a directory, or hf:owner/name")
                        .found("none")
                        .fix("call setBackbone"));
            }
            Backbone source = Backbones.load(getOrDefault(backbone));
            Cut cut = CutNetwork.cut(source.architecture(), getOrDefault(stages), getOrDefault(pooling));
            known = new ShippedNetwork(CutNetwork.of(source, cut));
            network = known;
            networkOf = wanted;
        }
        return known;
    }

    /**
     * The schema with the columns that are added.
     *
     * @throws SettingsException if there is no such column to read, it is of another type, or a column would be written that is there
     */
    @Override
    public StructType transformSchema(StructType schema) {
        InputColumn.of(schema, getOrDefault(inputCol));
        StructField features = DataTypes.createStructField(getOrDefault(outputCol), SQLDataTypes.VectorType(), true);
        StructField reason = DataTypes.createStructField(getOrDefault(reasonCol), DataTypes.StringType, true);
        return Columns.append(schema, saysReason() ? List.of(features, reason) : List.of(features));
    }

    private boolean saysReason() {
        return !getOrDefault(reasonCol).isEmpty();
    }

    /**
     * The rows with their features. Nothing is computed before Spark asks for it.
     *
     * @throws SettingsException as {@link #transformSchema}, or if there is no such source model, stage or pooling, or it takes other
     *     examples
     */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        InputColumn input = InputColumn.of(dataset.schema(), getOrDefault(inputCol));
        ShippedNetwork shipped = network();
        input.require(shipped.model());
        return shipped.transform(
                dataset,
                schema,
                input,
                new FeatureUse(),
                FeatureNetwork.class,
                HandleInvalid.keeps(getOrDefault(handleInvalid)),
                saysReason(),
                uid);
    }

    @Override
    public GraftFeaturizer copy(ParamMap extra) {
        GraftFeaturizer copy = copyValues(new GraftFeaturizer(uid), extra);
        copy.network = network;
        copy.networkOf = networkOf;
        return copy;
    }

    /** Reads what was saved. */
    public static MLReader<GraftFeaturizer> read() {
        return new DefaultParamsReader<>();
    }

    /**
     * Reads what was saved.
     *
     * @param path in any file system that Spark reaches
     */
    public static GraftFeaturizer load(String path) {
        return read().load(path);
    }
}
