package dev.graft.benchmark;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/** Draws how many times as long as Graft each peer takes. */
final class RatioChart {
    private static final List<String> ENGINES = List.of("tensorflow", "djl", "dl4j", "onnxruntime");

    private RatioChart() {}

    static void draw(Path file, BenchmarkResult result) throws IOException {
        List<Row> rows = result.rows().stream()
                .filter(row -> row.peers().keySet().stream().anyMatch(ENGINES::contains))
                .toList();
        CategoryChart chart = new CategoryChartBuilder()
                .width(1100)
                .height(460)
                .title("Time of each peer, as a multiple of Graft's (above 1: Graft is faster; cut off at 4)")
                .yAxisTitle("times Graft's time")
                .build();
        chart.getStyler()
                .setYAxisMax(4.0)
                .setXAxisLabelRotation(25)
                .setLegendPosition(Styler.LegendPosition.InsideNE)
                .setChartBackgroundColor(Color.WHITE);
        List<String> works = rows.stream().map(Row::work).toList();
        for (String engine : ENGINES) {
            List<Double> ratios = rows.stream()
                    .map(row -> row.ratio().containsKey(engine)
                            ? Math.min(4, 1 / row.ratio().get(engine))
                            : 0.0)
                    .toList();
            if (ratios.stream().anyMatch(ratio -> ratio > 0)) {
                chart.addSeries(engine, works, ratios);
            }
        }
        ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile());
    }
}
