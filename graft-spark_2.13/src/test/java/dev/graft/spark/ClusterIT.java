package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.image.ImageFiles;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.source.Backbones;
import dev.graft.training.FeatureExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs on a real cluster: a master and two workers in processes of their own. {@code -Dpictures=20000} for more of them. */
@Tag("slow")
@Tag("data")
class ClusterIT {
    private static final int PICTURES = Integer.getInteger("pictures", 1000);
    private static final int COMPARED = 300;

    // Stays there, so that what processes said can be read afterwards.
    private static final Path DIRECTORY = Path.of("target", "cluster").toAbsolutePath();

    private static Path pictures;

    @BeforeAll
    static void unpack() throws IOException {
        assumeThat(Cifar.archive()).exists();
        StandaloneCluster.clear(DIRECTORY);
        pictures = Cifar.unpack(DIRECTORY.resolve("pictures"), PICTURES);
    }

    @Test
    void aClusterGivesTheBytesOfOneProcessThoughAWorkerIsKilled() throws Exception {
        SparkSession local = LocalSpark.session();
        Path quiet = DIRECTORY.resolve("quiet");
        Path killed = DIRECTORY.resolve("killed");
        Path alone = DIRECTORY.resolve("alone");
        try (StandaloneCluster cluster = new StandaloneCluster(DIRECTORY.resolve("pair"), 2, "2g")) {
            StandaloneCluster.Submitted job = submit(cluster, "quiet", quiet, 7);
            assertThat(job.exit()).as(job::output).isZero();
            StandaloneCluster.Submitted hit = submit(cluster, "killed", killed, 24);
            awaitFirstFile(killed.resolve("features"), hit);
            cluster.kill(1);
            assertThat(hit.exit()).as(hit::output).isZero();
            assertThat(hit.output()).contains("Lost executor");
        }
        ClusterJob.run(local, pictures.toString(), alone.toString(), 1);
        for (Path other : List.of(killed, alone)) {
            for (String table : List.of("features", "predictions")) {
                assertThat(rows(local, other, table)).isEqualTo(rows(local, quiet, table));
            }
            for (String file : List.of("model.safetensors", "config.json", "record.safetensors")) {
                assertThat(Files.readAllBytes(other.resolve("model/bundle").resolve(file)))
                        .isEqualTo(
                                Files.readAllBytes(quiet.resolve("model/bundle").resolve(file)));
            }
        }
        assertFeaturesAreThoseOfTheLibrary(rows(local, quiet, "features"));
        assertPredictionsAreThoseOfTheLibrary(rows(local, quiet, "predictions"), quiet);
    }

    private static StandaloneCluster.Submitted submit(
            StandaloneCluster cluster, String name, Path results, int partitions) throws IOException {
        return cluster.submit(
                name,
                List.of(),
                Map.of(),
                ClusterJob.class,
                List.of(pictures.toString(), results.toString(), Integer.toString(partitions)));
    }

    private static void awaitFirstFile(Path table, StandaloneCluster.Submitted job) throws Exception {
        while (job.process().isAlive()) {
            if (Files.exists(table)) {
                try (Stream<Path> files = Files.walk(table)) {
                    if (files.anyMatch(file -> file.getFileName().toString().endsWith(".parquet"))) {
                        return;
                    }
                } catch (java.io.UncheckedIOException e) {
                    // A temporary file went away meanwhile: look again.
                }
            }
            Thread.sleep(20);
        }
    }

    private static List<Row> rows(SparkSession spark, Path results, String table) {
        List<Row> rows = spark.read()
                .parquet(results.resolve(table).toString())
                .orderBy("name")
                .collectAsList();
        assertThat(rows).hasSize(PICTURES);
        return rows;
    }

    private static Image picture(Row row) {
        return ImageFiles.read(pictures.resolve(row.<String>getAs("name")));
    }

    private static void assertFeaturesAreThoseOfTheLibrary(List<Row> rows) {
        List<Row> some = rows.subList(0, COMPARED);
        List<Image> images = some.stream().map(ClusterIT::picture).toList();
        Backbone backbone = Backbones.load("cifar-resnet");
        Cut cut = new Cut(List.of("stage2", "stage3"), Pooling.MEAN_MAX_STD);
        LabeledImages data = LabeledImages.of("some", images, Collections.nCopies(COMPARED, "any"));
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            List<Rows> expected = FeatureExtractor.extract(backbone, cut, data, cache);
            for (int i = 0; i < COMPARED; i++) {
                double[] ours = some.get(i).<Vector>getAs("features").toArray();
                int from = 0;
                for (Rows place : expected) {
                    float[] row = new float[place.width()];
                    place.read(i, row, 0);
                    for (int f = 0; f < row.length; f++) {
                        assertThat(ours[from + f])
                                .isCloseTo(row[f], Offset.offset(1e-6 * Math.max(1, Math.abs(row[f]))));
                    }
                    from += place.width();
                }
            }
        }
    }

    private static void assertPredictionsAreThoseOfTheLibrary(List<Row> rows, Path results) {
        List<Row> some = rows.subList(0, COMPARED);
        List<Image> images = some.stream().map(ClusterIT::picture).toList();
        try (Classifier classifier = new Classifier(Bundle.read(results.resolve("model/bundle")))) {
            List<Prediction> expected = classifier.predict(images, 1);
            for (int i = 0; i < COMPARED; i++) {
                Row row = some.get(i);
                assertThat(row.<String>getAs("predictedLabel"))
                        .isEqualTo(expected.get(i).label());
                assertThat(row.<Double>getAs("confidence"))
                        .isCloseTo(expected.get(i).confidence(), Offset.offset(1e-5));
            }
        }
        long right = rows.stream()
                .filter(row -> row.getAs("label").equals(row.getAs("predictedLabel")))
                .count();
        assertThat(right).isGreaterThan(PICTURES / 2);
    }
}
