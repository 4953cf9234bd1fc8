package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.graft.result.CurvePoint;
import dev.graft.result.ExperimentResult;
import dev.graft.result.Interval;
import dev.graft.result.ReportPictures;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever was measured, every chart and figure is drawn, and comes to an end. */
final class ExtremeValuesTest {
    private static final List<Double> VALUES = List.of(
            0.0,
            -0.0,
            Double.MIN_VALUE,
            1e-320,
            Double.MIN_NORMAL,
            1e-30,
            1e-7,
            0.5,
            1.0,
            1e5,
            1e9,
            2.7e17,
            1e20,
            1e30,
            (double) Float.MAX_VALUE,
            1e300,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -1.0,
            -1e20,
            -Double.MAX_VALUE);

    private static final ReportPictures NOTHING = new ReportPictures(List.of(), List.of(), Map.of());

    @TempDir
    private Path directory;

    static Stream<Arguments> pairs() {
        // Each value alone, beside nothing, beside a usual one, and beside its nearest neighbour.
        return VALUES.stream().flatMap(value -> Stream.of(value, 0.0, 0.25, Math.nextUp(value))
                .map(other -> Arguments.of(value, other)));
    }

    static Stream<Arguments> drawnPairs() {
        return VALUES.stream().map(value -> Arguments.of(value, Math.abs(value) < 1 ? value : 0.25));
    }

    @ParameterizedTest
    @MethodSource("drawnPairs")
    void everyChartIsDrawn(double value, double other) {
        ExperimentResult experiment = experiment(value, other);

        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            assertThat(Report.html(experiment, NOTHING))
                    .doesNotContain("NaN", "Infinity")
                    .endsWith("</html>\n");
            Font font = FigureFont.forNames(List.of()).font();
            if (font != null) {
                // Confusions, reliabilities and pictures have no axis that a measurement could stretch.
                Map<String, Supplier<BufferedImage>> figures = Figures.plan(experiment, NOTHING, font);
                for (String name : List.of(
                        "curves-accuracy.png",
                        "curves-loss.png",
                        "data-size-curve.png",
                        "comparison.png",
                        "probes.png")) {
                    assertThat(Objects.requireNonNull(figures.get(name)).get().getWidth())
                            .isPositive();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyAxisHasAHandfulOfTicksInsideItsRange(double value, double other) {
        List<Scale> scales = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            for (TargetTask target : List.of(
                    ExampleExperiment.shapes().target(),
                    OtherTargets.NUMBERS.experiment().target())) {
                scales.add(measure.shared(experiment(value, other).results(), TargetWords.of(target)));
            }
        }
        if (value < other) {
            scales.add(new Scale(value, other, 0, 100));
        }
        for (Scale scale : scales) {
            List<Double> ticks = scale.ticks(5);
            assertThat(ticks)
                    .hasSizeLessThanOrEqualTo(16)
                    .doesNotHaveDuplicates()
                    .isSorted();
            ticks.forEach(tick -> assertThat(Numbers.tick(tick, scale.step(5))).hasSizeLessThanOrEqualTo(12));
        }
    }

    @Test
    void usualAxesKeepTheirTicks() {
        assertThat(new Scale(0, 1, 0, 1).ticks(5)).containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
        assertThat(new Scale(0.3, 0.9, 0, 1).ticks(4)).containsExactly(0.4, 0.6000000000000001, 0.8);
        assertThat(Numbers.tick(0.6000000000000001, 0.2)).isEqualTo("0.6");
        assertThat(Numbers.tick(2.0e17, 1e17)).isEqualTo("2e17");
        assertThat(Numbers.tick(2.0e-9, 1e-9)).isEqualTo("2e−9");
    }

    private static ExperimentResult experiment(double value, double other) {
        ExperimentResult example = ExampleExperiment.shapes();
        List<StrategyResult> rows = example.results().subList(0, 1).stream()
                .map(row -> Variations.measuring(row, value, other))
                .toList();
        List<CurvePoint> curve = List.of(
                new CurvePoint(
                        1,
                        rows.get(0).strategy(),
                        value,
                        new Interval(Double.NEGATIVE_INFINITY, other(value)),
                        1,
                        List.of()),
                new CurvePoint(Integer.MAX_VALUE, rows.get(0).strategy(), other, new Interval(-1, 2), 3, List.of()));
        return Variations.with(example, rows, curve, example.verdict());
    }

    private static double other(double value) {
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    @Test
    void aReportThatNeverEndsIsGivenUpAndNamed() {
        List<String> missing = GuardedReport.write(
                directory,
                () -> new ReportFiles(
                        Map.of("report.html", () -> new byte[] {1}, "second.txt", ExtremeValuesTest::never), Map.of()),
                Duration.ofSeconds(2));

        assertThat(missing).singleElement().asString().contains("second.txt", "longer than 2 seconds");
    }

    @Test
    void aReportThatFailsIsNamedAndItsOtherFilesAreThere() {
        List<String> missing = GuardedReport.write(
                directory,
                () -> new ReportFiles(
                        Map.of("first.txt", () -> new byte[] {1}, "report.html", () -> {
                            throw new OutOfMemoryError("Java heap space");
                        }),
                        Map.of()),
                Duration.ofMinutes(1));

        assertThat(missing).singleElement().asString().contains("report.html", "memory");
    }

    private static byte[] never() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        throw new IllegalStateException("interrupted");
    }
}
