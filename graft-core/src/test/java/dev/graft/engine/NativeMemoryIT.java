package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.feature.Pooling;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeMemoryIT {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int EXAMPLES = 256;

    private static final int STEPS = Integer.getInteger("steps", 3000);

    /** These steps may move the resident size by this much: allocators keep and return pages as they like. */
    private static final long SLACK_KIB = 24 * 1024;

    @Test
    void everyArrayIsClosedWithItsOwner() {
        int before = arrays();

        try (Work work = new Work(Double.POSITIVE_INFINITY)) {
            work.steps(2);
            assertThat(arrays()).as("the weights, while they are in use").isGreaterThan(before + 8);
        }

        assertThat(arrays()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stepsMeasurementsAndCopiesLeaveNoArrayBehind(int threads) {
        TensorEngine.onThreads(threads, NativeMemoryIT::stepMeasureAndCopy);
    }

    private static void stepMeasureAndCopy() {
        try (Work work = new Work(0.1)) {
            work.steps(1);
            int after = arrays();

            work.steps(5);
            work.network.measure(work.examples, 0, EXAMPLES);
            work.network.weights();
            work.network.restoreOptimizer(work.network.optimizerState(), 6);
            work.steps(1);

            assertThat(arrays()).isEqualTo(after);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Tag("slow")
    void thousandsOfStepsLeaveTheResidentSizeFlat(int threads) {
        assumeTrue(Files.isReadable(STATUS), "no /proc/self/status on this system");
        TensorEngine.onThreads(threads, NativeMemoryIT::stepThousandsOfTimes);
    }

    @Test
    void aClosedNetworkLeavesNoThreadBehind() throws InterruptedException {
        TensorEngine.onThreads(2, () -> {
            try (Work work = new Work(0.1)) {
                work.steps(2);
                assertThat(helpers()).hasSize(1);
            }
        });
        for (Thread helper : helpers()) {
            helper.join(10_000);
        }
        assertThat(helpers()).isEmpty();
    }

    private static List<Thread> helpers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("graft-step"))
                .toList();
    }

    private static void stepThousandsOfTimes() {
        try (Work work = new Work(0.1)) {
            work.steps(300);
            long before = residentKib();

            work.steps(STEPS);

            assertThat(residentKib() - before).isLessThan(SLACK_KIB);
        }
    }

    private static int arrays() {
        try (NDManager scope = TensorEngine.newScope()) {
            return scope.getParentManager().getManagedArrays().size();
        }
    }

    /** Without the Java heap, which grows and shrinks on its own. */
    private static long residentKib() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() / 1024;
        String line;
        try (Stream<String> lines = Files.lines(STATUS)) {
            line = lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Long.parseLong(line.replaceAll("[^0-9]", "")) - heap;
    }

    /** Training the whole digits network, dropout included, on the same few pictures over and over. */
    private static final class Work implements AutoCloseable {
        private final Examples examples;
        private final TrainableNetwork network;
        private int done;

        Work(double clipNorm) {
            Architecture digits = Architectures.named("digits-cnn");
            WeightSet weights = digits.weightInitialization().initialize(digits.parameters(), 1);
            Map<String, Double> rates = new HashMap<>();
            digits.parameters().forEach(parameter -> rates.put(parameter.name(), 1e-3));
            TrainingPlan plan = new TrainingPlan(
                    digits.inputShape(),
                    digits.featureStages(),
                    List.of(new Tap("dense", Pooling.NONE)),
                    digits.classifier().layers(),
                    10);
            float[] images = new float[EXAMPLES * 28 * 28];
            for (int i = 0; i < images.length; i++) {
                images[i] = (i * 31 % 101) / 100f;
            }
            int[] labels = IntStream.range(0, EXAMPLES).map(i -> i % 10).toArray();
            this.examples = new Examples(new ArrayRows(images, EXAMPLES), List.of(), labels);
            this.network = new TrainableNetwork(plan, weights, new StepSettings(Optimizer.adam(), rates, clipNorm));
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                int from = done * 16 % EXAMPLES;
                network.step(examples, IntStream.range(from, from + 16).toArray(), done, 1);
                done++;
            }
        }

        @Override
        public void close() {
            network.close();
            examples.close();
        }
    }
}
