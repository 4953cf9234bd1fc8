package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.feature.FeatureCache;
import dev.graft.model.RecordedCut;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.statistics.ClassStatistics;
import dev.graft.update.RecordedFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierIT {
    @TempDir
    private Path directory;

    private static GraftClassifier classifier() {
        return new GraftClassifier()
                .setBackbone("digits-cnn")
                .setStages("conv1", "conv2")
                .setSampleSize(100);
    }

    @Tag("slow")
    @Test
    void theSameRowsGiveTheSameNetworkHoweverTheyArePartitioned() {
        Dataset<Row> rows = LocalSpark.shapes(200, 1);
        NetworkFiles one = classifier().fit(rows.repartition(1)).files();
        assertThat(classifier().fit(rows.repartition(7)).files().digest()).isEqualTo(one.digest());
        assertThat(classifier().fit(rows.repartition(64)).files().digest()).isEqualTo(one.digest());
    }

    @Test
    void probabilitiesAreThoseOfOneMachinesSums() {
        Dataset<Row> rows = LocalSpark.shapes(200, 1);
        LabeledImages drawn = Shapes.draw(200, 1);
        Dataset<Row> two = rows.select("content", "label");
        InputColumn input = InputColumn.of(two.schema(), "content");
        LabelColumn labels = LabelColumn.of(two, "label");
        SampledChoice choice = SampledChoice.of(
                Sample.draw(two, input, "label", labels, 100),
                "digits-cnn",
                new String[] {"conv1", "conv2"},
                "",
                RecordedCut.MOST_FEATURES);
        TransferModel alone;
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            int[] numbers = new int[drawn.size()];
            Arrays.setAll(
                    numbers, i -> labels.names().indexOf(drawn.classNames().get(drawn.label(i))));
            float[] features =
                    RecordedFeatures.of(choice.network(), choice.network().cut(), drawn, cache);
            ClassStatistics statistics = ClassStatistics.of(features, choice.width(), numbers, 2);
            alone = DiscriminantHead.head(choice, statistics, choice.network().lineage());
        }
        List<Image> pictures = new ArrayList<>();
        LabeledImages others = Shapes.draw(60, 5);
        for (int i = 0; i < others.size(); i++) {
            pictures.add(others.image(i));
        }
        TransferModel summed = classifier().fit(rows.repartition(7)).model();
        try (Classifier first = new Classifier(alone);
                Classifier second = new Classifier(summed)) {
            float[][] expected = first.probabilities(pictures);
            float[][] found = second.probabilities(pictures);
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i]).containsExactly(expected[i], Offset.offset(1e-6f));
            }
        }
    }

    @Test
    void cutAndHeadAreChosenAndThePredictionsAreThoseOfOneMachine() {
        GraftPredictor predictor = new GraftClassifier()
                .setBackbone("digits-cnn")
                .setSampleSize(120)
                .fit(LocalSpark.shapes(240, 2));
        LabeledImages drawn = Shapes.draw(40, 3);
        List<Row> said = predictor
                .setSetCol("set")
                .transform(LocalSpark.shapes(40, 3).repartition(3))
                .orderBy("id")
                .collectAsList();
        List<Image> pictures = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            pictures.add(drawn.image(i));
        }
        int right = 0;
        try (Classifier classifier = new Classifier(predictor.model())) {
            List<Prediction> expected = classifier.predict(pictures, 2);
            for (int i = 0; i < pictures.size(); i++) {
                Row row = said.get(i);
                assertThat(row.<String>getAs("predictedLabel"))
                        .isEqualTo(expected.get(i).label());
                assertThat(row.<Double>getAs("confidence"))
                        .isCloseTo(expected.get(i).confidence(), Offset.offset(1e-6));
                assertThat(row.<Boolean>getAs("noneOfThese"))
                        .isEqualTo(expected.get(i).noneOfThese());
                assertThat(row.<Vector>getAs("probability").size()).isEqualTo(2);
                assertThat(row.<Object>getAs("set")).isNotNull();
                right += row.<String>getAs("predictedLabel").equals(row.getAs("label")) ? 1 : 0;
            }
        }
        assertThat(right).isGreaterThan(35);
    }

    @Test
    void aSavedModelIsABundle() throws Exception {
        GraftPredictor predictor = classifier().fit(LocalSpark.shapes(100, 4)).setConfidenceCol("sure");
        String path = directory.resolve("model").toString();
        predictor.write().overwrite().save(path);
        predictor.write().overwrite().save(path);
        assertThat(Files.exists(Path.of(path, "bundle", "model.safetensors"))).isTrue();
        TransferModel bundle = Bundle.read(Path.of(path, "bundle"));
        assertThat(bundle.weights().digest())
                .isEqualTo(predictor.model().weights().digest());
        GraftPredictor loaded = GraftPredictor.load(path);
        assertThat(loaded.uid()).isEqualTo(predictor.uid());
        Dataset<Row> rows = LocalSpark.shapes(10, 5);
        assertThat(loaded.transform(rows).orderBy("id").collectAsList())
                .isEqualTo(predictor.transform(rows).orderBy("id").collectAsList());
        assertThat(GraftPredictor.of(Path.of(path, "bundle")).transform(rows).columns())
                .contains("confidence", "noneOfThese");
    }

    @Test
    @Tag("slow")
    void aCrossValidatorTakesItInAPipeline() throws Exception {
        Dataset<Row> rows = LocalSpark.shapes(160, 6);
        StringIndexer indexer = new StringIndexer().setInputCol("label").setOutputCol("number");
        GraftClassifier classifier = classifier().setLabelCol("number").setRegParam(0.01);
        ParamMap[] grid =
                new ParamGridBuilder().addGrid(classifier.head(), heads()).build();
        CrossValidatorModel best = new CrossValidator()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {indexer, classifier}))
                .setEvaluator(new MulticlassClassificationEvaluator()
                        .setLabelCol("number")
                        .setMetricName("accuracy"))
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setSeed(1)
                .fit(rows);
        assertThat(Arrays.stream(best.avgMetrics()).min().orElseThrow()).isGreaterThan(0.8);
        assertSavedPipelinePredicts((PipelineModel) best.bestModel());
    }

    @Test
    @Tag("slow")
    void aPipelineTakesIt() throws Exception {
        StringIndexer indexer = new StringIndexer().setInputCol("label").setOutputCol("number");
        GraftClassifier classifier = classifier().setLabelCol("number");
        assertSavedPipelinePredicts(new Pipeline()
                .setStages(new PipelineStage[] {indexer, classifier})
                .fit(LocalSpark.shapes(120, 6)));
    }

    private void assertSavedPipelinePredicts(PipelineModel pipeline) throws IOException {
        String path = directory.resolve("pipeline").toString();
        pipeline.write().overwrite().save(path);
        Dataset<Row> said = PipelineModel.load(path).transform(LocalSpark.shapes(20, 7));
        assertThat(said.filter(functions.col("prediction").notEqual(functions.col("number")))
                        .count())
                .isLessThan(5);
        assertThat(said.filter(functions.col("predictedLabel").isin("circle", "square"))
                        .count())
                .isEqualTo(20);
    }

    private static scala.collection.Iterable<String> heads() {
        return scala.jdk.javaapi.CollectionConverters.asScala(
                List.of(GraftClassifier.DISCRIMINANT, GraftClassifier.LOGISTIC));
    }

    @Tag("slow")
    @Test
    void rowsThatCannotBeReadAreLeftOut() {
        Dataset<Row> rows = LocalSpark.shapes(120, 8);
        Dataset<Row> broken = rows.withColumn(
                "content",
                functions
                        .when(functions.col("id").mod(10).equalTo(3), functions.lit(new byte[] {1}))
                        .otherwise(functions.col("content")));
        GraftPredictor predictor = classifier().fit(broken);
        assertThat(predictor.model().lineage().trainingExamples()).isEqualTo(108);
        assertThatThrownBy(() -> classifier().setHandleInvalid("error").fit(broken))
                .hasStackTraceContaining("A row cannot be read.");
    }

    @Test
    void mistakesAreTold() {
        Dataset<Row> rows = LocalSpark.shapes(30, 9);
        assertThatThrownBy(() -> classifier().setLabelCol("content").fit(rows))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("names of classes");
        assertThatThrownBy(() -> classifier().fit(rows.filter("label = 'circle'")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at least two classes");
        assertThatThrownBy(() -> classifier().setBackbone("").fit(rows))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("setBackbone");
        assertThatThrownBy(() -> classifier().fit(rows.withColumn("prediction", functions.lit(1))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("there already");
    }
}
