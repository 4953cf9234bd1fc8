package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The table of {@code docs/scale.md}, in {@code target/throughput.md}: run with {@code -Drows=10000,20000,60000}. It asserts nothing of the
 * times.
 */
@Tag("slow")
@Tag("data")
@EnabledIfSystemProperty(named = "rows", matches = ".+")
class ThroughputIT {
    private static final Path DIRECTORY = Path.of("target", "throughput").toAbsolutePath();
    private static final int PARTITIONS = 16;

    @Test
    void measures() throws Exception {
        List<Integer> counts = Arrays.stream(System.getProperty("rows").split(","))
                .map(Integer::valueOf)
                .toList();
        Path pictures = DIRECTORY.resolve("pictures");
        int most = counts.stream().mapToInt(Integer::intValue).max().orElseThrow();
        if (!Files.exists(pictures)) {
            Cifar.unpack(pictures, most);
        }
        SparkSession local = LocalSpark.session();
        tables(local, pictures, counts);
        local.stop();
        List<String> lines = new ArrayList<>(List.of(
                "wall / processor seconds",
                "",
                "| pictures | one process, two cores | one worker | two workers | one thread | local[1] | overhead of a row |",
                "|---|---|---|---|---|---|---|"));
        for (int count : counts) {
            Times library = java(List.of("library", pictures.toString(), count + ""), Map.of());
            Times single = cluster(1, count);
            Times pair = cluster(2, count);
            Times plain = java(List.of("network", pictures.toString(), count + ""), Map.of());
            Times local1 = java(
                    List.of("spark", table(1000).toString(), table(count).toString()),
                    Map.of(
                            "spark.master", "local[1]",
                            "spark.app.name", "measured",
                            "spark.ui.enabled", "false",
                            "spark.driver.host", "127.0.0.1",
                            "spark.driver.bindAddress", "127.0.0.1"));
            double overhead = (local1.processor() - plain.processor()) / count * 1e6;
            lines.add(String.format(
                    Locale.ROOT,
                    "| %d | %s | %s | %s | %s | %s | %.0f µs |",
                    count,
                    library,
                    single,
                    pair,
                    plain,
                    local1,
                    overhead));
            Files.write(DIRECTORY.resolveSibling("throughput.md"), lines);
        }
        assertThat(lines).hasSize(4 + counts.size());
    }

    private record Times(double wall, double processor) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f / %.1f", wall, processor);
        }
    }

    private static Path table(int count) {
        return DIRECTORY.resolve("rows-" + count);
    }

    private static void tables(SparkSession spark, Path pictures, List<Integer> counts) {
        List<Integer> all = new ArrayList<>(counts);
        all.add(1000);
        for (int count : all) {
            if (!Files.exists(table(count).resolve("_SUCCESS"))) {
                ClusterJob.rows(spark, pictures.toString())
                        .orderBy("name")
                        .limit(count)
                        .repartition(PARTITIONS)
                        .write()
                        .mode("overwrite")
                        .parquet(table(count).toString());
            }
        }
    }

    private static Times cluster(int workers, int count) throws Exception {
        Path directory = Files.createTempDirectory(DIRECTORY, "cluster");
        try (StandaloneCluster cluster = new StandaloneCluster(directory, workers, "2g")) {
            StandaloneCluster.Submitted job = cluster.submit(
                    "job",
                    List.of(),
                    Map.of("spark.cores.max", workers + ""),
                    Throughput.class,
                    List.of("spark", table(1000).toString(), table(count).toString()));
            assertThat(job.exit()).as(job::output).isZero();
            return times(job.output());
        }
    }

    private static Times java(List<String> arguments, Map<String, String> properties) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx2g"));
        command.addAll(Arrays.asList(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptionArray()));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-cp",
                String.join(
                        File.pathSeparator,
                        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator))),
                Throughput.class.getName()));
        command.addAll(arguments);
        Path log = Files.createTempFile(DIRECTORY, arguments.get(0), ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> log.toString()).isZero();
        return times(Files.readString(log));
    }

    /** What was measured last. */
    private static Times times(String output) {
        return output.lines()
                .filter(line -> line.startsWith("seconds "))
                .reduce((first, last) -> last)
                .map(line -> line.split(" ", -1))
                .map(parts -> new Times(Double.parseDouble(parts[1]), Double.parseDouble(parts[2])))
                .orElseThrow();
    }
}
