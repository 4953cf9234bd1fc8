package dev.graft.spark;

import com.sun.management.OperatingSystemMXBean;
import dev.graft.backbone.Backbone;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.engine.TensorEngine;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.image.Images;
import dev.graft.source.Backbones;
import dev.graft.training.FeatureExtractor;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how long the features of pictures take, their decoding included, and prints {@code seconds WALL CPU}: on Spark, by the library
 * in one process, or by the network in one thread. All warm up on some of the pictures first. Processor time is that of the tasks, of the
 * process, or of the thread; it can be compared where other programs take turns with this one.
 */
public final class Throughput {
    private static final int WARM_UP = 1000;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Throughput() {}

    /**
     * Measures.
     *
     * @param arguments {@code spark} and the Parquet files to warm up and to measure with; or {@code library}, {@code network} or
     *     {@code texts}, the folder of pictures or a file with a text in each line, their number and, for one thread, a backbone at its
     *     usual cut
     */
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "spark" -> spark(arguments[1], arguments[2]);
            case "library" -> library(contents(Path.of(arguments[1]), Integer.parseInt(arguments[2])));
            case "texts" ->
                texts(Files.readAllLines(Path.of(arguments[1])), Integer.parseInt(arguments[2]), arguments[3]);
            default -> network(contents(Path.of(arguments[1]), Integer.parseInt(arguments[2])), arguments);
        }
    }

    private static void spark(String warmUp, String measured) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        try {
            TaskTimes times = new TaskTimes();
            spark.sparkContext().addSparkListener(times);
            for (String table : new String[] {warmUp, warmUp, measured}) {
                timed(() -> times.nanos(spark.sparkContext()), () -> ClusterJob.featurizer()
                        .transform(spark.read().parquet(table))
                        .write()
                        .format("noop")
                        .mode("overwrite")
                        .save());
            }
        } finally {
            spark.stop();
        }
    }

    private static void library(List<byte[]> contents) {
        Backbone backbone = Backbones.load("cifar-resnet");
        Cut cut = cut(backbone);
        for (List<byte[]> some : List.of(contents.subList(0, Math.min(contents.size(), WARM_UP)), contents)) {
            timed(PROCESS::getProcessCpuTime, () -> {
                LabeledImages data = LabeledImages.of(
                        "pictures", Collections.nCopies(some.size(), "any"), i -> Images.read(some.get(i), "picture"));
                try (FeatureCache cache = FeatureCache.withDefaults()) {
                    FeatureExtractor.extract(backbone, cut, data, cache);
                }
            });
        }
    }

    private static void texts(List<String> all, int count, String id) {
        Backbone backbone = Backbones.load(id);
        try (FeatureNetwork network = new FeatureNetwork(
                CutNetwork.of(backbone, CutNetwork.cut(backbone.architecture(), new String[0], "")))) {
            for (List<String> some : List.of(all.subList(0, count / 10), all.subList(0, count))) {
                timed(
                        ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime,
                        () -> TensorEngine.onOneThreadEach(() -> some.forEach(network::ofText)));
            }
        }
    }

    private static void network(List<byte[]> contents, String[] arguments) {
        Backbone backbone = Backbones.load(arguments.length > 3 ? arguments[3] : "cifar-resnet");
        Cut cut = arguments.length > 3 ? CutNetwork.cut(backbone.architecture(), new String[0], "") : cut(backbone);
        try (FeatureNetwork network = new FeatureNetwork(CutNetwork.of(backbone, cut))) {
            for (List<byte[]> some : List.of(contents.subList(0, Math.min(contents.size(), WARM_UP)), contents)) {
                timed(
                        ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime,
                        () -> TensorEngine.onOneThreadEach(() -> {
                            for (int from = 0; from < some.size(); from += network.batchSize()) {
                                int to = Math.min(some.size(), from + network.batchSize());
                                List<Image> pictures = IntStream.range(from, to)
                                        .mapToObj(i -> Images.read(some.get(i), "picture"))
                                        .toList();
                                network.ofPictures(pictures);
                            }
                        }));
            }
        }
    }

    private static Cut cut(Backbone backbone) {
        GraftFeaturizer featurizer = ClusterJob.featurizer();
        return CutNetwork.cut(
                backbone.architecture(),
                featurizer.getOrDefault(featurizer.stages()),
                featurizer.getOrDefault(featurizer.pooling()));
    }

    private static List<byte[]> contents(Path folder, int count) throws Exception {
        List<byte[]> contents = new ArrayList<>();
        try (var files = Files.walk(folder)) {
            for (Path file :
                    files.filter(Files::isRegularFile).sorted().limit(count).toList()) {
                contents.add(Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static void timed(LongSupplier cpu, Runnable work) {
        long start = System.nanoTime();
        long before = cpu.getAsLong();
        work.run();
        double wall = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%nseconds %.3f %.3f%n", wall, (cpu.getAsLong() - before) / 1e9);
    }

    /** Adds up the processor time of tasks. */
    private static final class TaskTimes extends SparkListener {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd ended) {
            nanos.addAndGet(ended.taskMetrics().executorCpuTime());
        }

        /** What is known once all that happened has been told. */
        long nanos(SparkContext context) {
            try {
                context.listenerBus().waitUntilEmpty();
            } catch (TimeoutException e) {
                throw new IllegalStateException(e);
            }
            return nanos.get();
        }
    }
}
