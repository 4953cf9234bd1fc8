package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturizerIT {
    private final SparkSession spark = LocalSpark.session();

    @TempDir
    private Path directory;

    private static GraftFeaturizer featurizer() {
        return new GraftFeaturizer()
                .setBackbone("digits-cnn")
                .setStages("conv1", "conv2")
                .setPooling("mean+max+std");
    }

    @Tag("slow")
    @Test
    void theSameRowsGiveTheSameBytesHoweverTheyArePartitioned() {
        Dataset<Row> rows = LocalSpark.shapes(60, 1);
        List<Row> one = features(rows.repartition(1));
        assertThat(one).hasSize(60);
        assertThat(one.get(0).<Vector>getAs("features").size()).isEqualTo(3 * (32 + 64));
        assertThat(features(rows.repartition(7))).isEqualTo(one);
        assertThat(features(rows.repartition(64))).isEqualTo(one);
    }

    private static List<Row> features(Dataset<Row> rows) {
        return featurizer()
                .transform(rows)
                .select("id", "features", "reason")
                .orderBy("id")
                .collectAsList();
    }

    @Test
    void aBrokenPictureIsANullWithAReason() {
        List<Row> some = new ArrayList<>(LocalSpark.shapes(5, 2).collectAsList());
        some.add(RowFactory.create(5, new byte[] {1, 2, 3}, "square"));
        some.add(RowFactory.create(6, null, "square"));
        Dataset<Row> rows = spark.createDataFrame(some, LocalSpark.schema());
        List<Row> found = features(rows);
        assertThat(found).filteredOn(row -> row.isNullAt(1)).hasSize(2);
        assertThat(found.get(4).isNullAt(2)).isTrue();
        assertThat(found.get(5).getString(2)).contains("image");
        assertThat(found.get(6).getString(2)).isEqualTo("There is no picture.");
        assertThatThrownBy(() ->
                        featurizer().setHandleInvalid("error").transform(rows).collectAsList())
                .hasStackTraceContaining("A row cannot be read.");
    }

    @Test
    void picturesOfSparksOwnSourceGiveTheFeaturesOfTheirFiles() {
        Dataset<Row> files = LocalSpark.shapes(6, 3);
        // What the source 'image' has of a grey picture.
        StructType image = new StructType()
                .add("origin", DataTypes.StringType)
                .add("height", DataTypes.IntegerType)
                .add("width", DataTypes.IntegerType)
                .add("nChannels", DataTypes.IntegerType)
                .add("mode", DataTypes.IntegerType)
                .add("data", DataTypes.BinaryType);
        StructType schema = new StructType().add("id", DataTypes.IntegerType).add("image", image);
        List<Row> decoded = new ArrayList<>();
        for (Row row : files.collectAsList()) {
            dev.graft.data.Image picture = dev.graft.image.Images.read(row.<byte[]>getAs(1), "drawn");
            decoded.add(RowFactory.create(
                    row.getInt(0), RowFactory.create("", picture.height(), picture.width(), 1, 0, picture.pixels())));
        }
        List<Row> ours = featurizer()
                .setInputCol("image")
                .transform(spark.createDataFrame(decoded, schema))
                .select("id", "features", "reason")
                .orderBy("id")
                .collectAsList();
        assertThat(ours).isEqualTo(features(files));
    }

    @Test
    void aSavedFeaturizerIsTheSame() throws Exception {
        GraftFeaturizer featurizer = featurizer();
        featurizer.write().overwrite().save(directory.resolve("saved").toString());
        GraftFeaturizer loaded = GraftFeaturizer.load(directory.resolve("saved").toString());
        assertThat(loaded.uid()).isEqualTo(featurizer.uid());
        assertThat(loaded.getOrDefault(loaded.backbone())).isEqualTo("digits-cnn");
        assertThat(loaded.getOrDefault(loaded.stages())).containsExactly("conv1", "conv2");
        assertThat(loaded.copy(ParamMap.empty()).getOrDefault(loaded.pooling())).isEqualTo("mean+max+std");
    }

    @Test
    void mistakesAreToldBeforeAnythingRuns() {
        Dataset<Row> rows = LocalSpark.shapes(2, 4);
        assertThatThrownBy(() -> featurizer().setInputCol("picture").transform(rows))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("id, content, label");
        assertThatThrownBy(() -> featurizer().setInputCol("id").transform(rows))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("contents of image files");
        assertThatThrownBy(() -> featurizer().setInputCol("label").transform(rows))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("takes other examples");
        assertThatThrownBy(() -> featurizer().setOutputCol("label").transform(rows))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("there already");
        assertThatThrownBy(() -> featurizer().setStages("conv9").transform(rows))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("conv1");
        assertThatThrownBy(() -> new GraftFeaturizer().transform(rows))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("setBackbone");
        assertThatThrownBy(() -> featurizer().setHandleInvalid("skip")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("slow")
    void textsBecomeVectors() {
        Dataset<Row> texts = spark.createDataFrame(
                List.of(RowFactory.create("a joy"), RowFactory.create("a bore, from start to end")),
                new StructType().add("text", DataTypes.StringType));
        GraftFeaturizer featurizer =
                new GraftFeaturizer().setBackbone("minilm-l6").setInputCol("text");
        List<Row> together = featurizer
                .transform(texts.repartition(1))
                .orderBy(functions.col("text"))
                .collectAsList();
        assertThat(together.get(0).<Vector>getAs("features").size()).isGreaterThan(100);
        assertThat(featurizer
                        .transform(texts.repartition(2))
                        .orderBy(functions.col("text"))
                        .collectAsList())
                .isEqualTo(together);
    }
}
