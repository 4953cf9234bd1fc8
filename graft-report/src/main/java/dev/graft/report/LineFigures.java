package dev.graft.report;

import dev.graft.report.Canvas.Anchor;
import dev.graft.result.CurvePoint;
import dev.graft.result.DataSizeTrend;
import dev.graft.result.EpochResult;
import dev.graft.result.StrategyResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws lines with XChart: learning curves, and the data-size curve.
 *
 * @param palette the strategies' colours
 * @param font the font of all text
 */
record LineFigures(Palette palette, Font font) {
    private static final int PANEL_WIDTH = 440;
    private static final int PANEL_HEIGHT = 300;
    private static final int TITLE = 76;
    private static final int CURVE_WIDTH = 980;
    private static final int CURVE_HEIGHT = 520;
    private static final int BAND_OPACITY = 34;
    private static final int MOST_MARKERS = 25;
    private static final BasicStroke SOLID = new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke DASHED =
            new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);

    private static final BasicStroke DOTTED =
            new BasicStroke(1.3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {1, 4}, 0);

    /** A measure by epoch, a panel for each strategy that has a curve, on shared axes. */
    BufferedImage learning(List<StrategyResult> results, Measure measure) {
        List<StrategyResult> rows =
                results.stream().filter(LearningChart::drawable).toList();
        int columns = Math.min(2, rows.size());
        int lines = (rows.size() + columns - 1) / columns;
        Canvas canvas = new Canvas(Math.max(columns, 2) * PANEL_WIDTH, TITLE + lines * PANEL_HEIGHT, font);
        Scale values = measure.shared(rows);
        String unit = values.unit() == 1 ? "" : ", in units of " + Numbers.power(values.unit());
        String title = (measure == Measure.ACCURACY ? "Accuracy by epoch" : "Loss by epoch") + unit;
        canvas.text(title, 24, 34, 18, true, Canvas.INK, Anchor.START);
        canvas.text("solid: validation, dashed: training", 24, 56, 12, false, Canvas.MUTED, Anchor.START);
        for (int i = 0; i < rows.size(); i++) {
            Graphics2D panel = (Graphics2D) canvas.graphics().create();
            panel.translate(i % columns * PANEL_WIDTH, TITLE + i / columns * PANEL_HEIGHT);
            panel(rows.get(i), measure, values, epochs(rows)).paint(panel, PANEL_WIDTH, PANEL_HEIGHT);
            panel.dispose();
        }
        return canvas.finish();
    }

    /** Mean accuracy by the amount of training data, a line and a band for each strategy. */
    BufferedImage dataSize(List<CurvePoint> curve, List<DataSizeTrend> trends) {
        XYChart chart = chart(CURVE_WIDTH, CURVE_HEIGHT, "Mean test accuracy by number of training examples");
        chart.setXAxisTitle("training examples (logarithmic)");
        XYStyler styler = chart.getStyler();
        Scale values = Scale.accuracies(curve.stream()
                .mapToDouble(
                        point -> Math.min(point.meanAccuracy(), point.interval().lower())));
        styler.setYAxisMin(values.low()).setYAxisMax(values.high()).setXAxisLogarithmic(true);
        styler.setXAxisLogarithmicDecadeOnly(false)
                .setYAxisTickMarkSpacingHint(70)
                .setYAxisDecimalPattern("0.0");
        styler.setXAxisTickLabelsFormattingFunction(LineFigures::sizeLabel);
        styler.setLegendVisible(true).setLegendPosition(LegendPosition.OutsideE);
        List<String> strategies = DataSizeChart.strategies(curve);
        strategies.forEach(strategy -> band(chart, strategy, points(curve, strategy), values));
        strategies.forEach(strategy -> line(chart, strategy, points(curve, strategy), values));
        trends.forEach(trend -> trend(chart, trend, values));
        Canvas canvas = new Canvas(CURVE_WIDTH, CURVE_HEIGHT, font);
        chart.paint(canvas.graphics(), CURVE_WIDTH, CURVE_HEIGHT);
        return canvas.finish();
    }

    /** Labels 1, 2 and 5 of each decade; more would touch each other. */
    private static String sizeLabel(double samples) {
        double decade = Math.pow(10, Math.floor(Math.log10(samples) + 1e-9));
        long digit = Math.round(samples / decade);
        return digit == 1 || digit == 2 || digit == 5 ? Numbers.count(Math.round(samples)) : "";
    }

    private XYChart panel(StrategyResult row, Measure measure, Scale values, int epochs) {
        XYChart chart = chart(PANEL_WIDTH, PANEL_HEIGHT, row.strategy());
        chart.setXAxisTitle("epoch");
        double unit = values.unit();
        chart.getStyler().setYAxisMin(values.low() / unit).setYAxisMax(values.high() / unit);
        chart.getStyler().setXAxisMin(1.0).setXAxisMax(Math.max(2.0, epochs));
        chart.getStyler()
                .setXAxisDecimalPattern("0")
                .setYAxisDecimalPattern("0.0")
                .setYAxisTickMarkSpacingHint(60);
        SeriesStyle style = palette.of(row.strategy());
        learningLine(chart, row, epoch -> values.within(measure.training(epoch)) / unit, "training", style, DASHED);
        learningLine(chart, row, epoch -> values.within(measure.validation(epoch)) / unit, "validation", style, SOLID);
        return chart;
    }

    private void learningLine(
            XYChart chart,
            StrategyResult row,
            ToDoubleFunction<EpochResult> value,
            String name,
            SeriesStyle style,
            BasicStroke stroke) {
        double[] x = row.history().stream().mapToDouble(EpochResult::epoch).toArray();
        double[] y = row.history().stream()
                .mapToDouble(value)
                .map(v -> Double.isFinite(v) ? v : Double.NaN)
                .toArray();
        if (Arrays.stream(y).anyMatch(Double::isFinite)) {
            XYSeries series = chart.addSeries(name, x, y);
            series.setLineColor(Palette.onPaper(style));
            series.setMarkerColor(Palette.onPaper(style));
            series.setLineStyle(stroke);
            series.setMarker(y.length > MOST_MARKERS ? SeriesMarkers.NONE : marker(style));
        }
    }

    private void band(XYChart chart, String strategy, List<CurvePoint> points, Scale values) {
        int n = points.size();
        double[] x = new double[2 * n];
        double[] y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            x[i] = points.get(i).samples();
            y[i] = Math.min(values.high(), points.get(i).interval().upper());
            x[2 * n - 1 - i] = x[i];
            y[2 * n - 1 - i] = Math.max(values.low(), points.get(i).interval().lower());
        }
        Color colour = Palette.onPaper(palette.of(strategy));
        XYSeries series = chart.addSeries("band of " + strategy, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea).setShowInLegend(false);
        series.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND_OPACITY));
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.NONE);
    }

    private void line(XYChart chart, String strategy, List<CurvePoint> points, Scale values) {
        double[] x = points.stream().mapToDouble(CurvePoint::samples).toArray();
        double[] y = points.stream()
                .mapToDouble(CurvePoint::meanAccuracy)
                .map(values::within)
                .toArray();
        if (Arrays.stream(y).anyMatch(Double::isFinite)) {
            SeriesStyle style = palette.of(strategy);
            XYSeries series = chart.addSeries(strategy, x, y);
            series.setLineColor(Palette.onPaper(style));
            series.setMarkerColor(Palette.onPaper(style));
            series.setLineStyle(style.baseline() ? DASHED : SOLID);
            series.setMarker(marker(style));
        }
    }

    private void trend(XYChart chart, DataSizeTrend trend, Scale values) {
        double[] x = DataSizeChart.along(trend);
        double[] y = Arrays.stream(x)
                .map(samples -> Math.max(values.low(), Math.min(values.high(), trend.accuracyAt(samples))))
                .toArray();
        XYSeries series = chart.addSeries("trend of " + trend.strategy(), x, y);
        series.setLineColor(Palette.onPaper(palette.of(trend.strategy()))).setLineStyle(DOTTED);
        series.setMarker(SeriesMarkers.NONE).setShowInLegend(false);
    }

    private XYChart chart(int width, int height, String title) {
        XYChart chart = new XYChart(width, height);
        chart.setTitle(title);
        XYStyler styler = chart.getStyler();
        styler.setBaseFont(font);
        styler.setChartTitleFont(font.deriveFont(Font.BOLD, width > PANEL_WIDTH ? 18f : 14f));
        styler.setAxisTitleFont(font.deriveFont(12f)).setAxisTickLabelsFont(font.deriveFont(12f));
        styler.setLegendFont(font.deriveFont(13f)).setLegendVisible(false).setLegendBorderColor(Color.WHITE);
        styler.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false).setChartFontColor(Canvas.INK).setLocale(Locale.ROOT);
        styler.setChartTitleBoxVisible(false).setMarkerSize(8);
        styler.setPlotGridLinesColor(Canvas.LINE).setPlotGridLinesStroke(new BasicStroke(1));
        styler.setPlotGridVerticalLinesVisible(false).setAxisTickLabelsColor(Canvas.MUTED);
        styler.setAxisTicksMarksVisible(false).setAxisTicksLineVisible(false);
        return chart;
    }

    private static Marker marker(SeriesStyle style) {
        return switch (style.marker()) {
            case CIRCLE -> SeriesMarkers.CIRCLE;
            case SQUARE -> SeriesMarkers.SQUARE;
            case TRIANGLE -> SeriesMarkers.TRIANGLE_UP;
            case DIAMOND -> SeriesMarkers.DIAMOND;
            case TRIANGLE_DOWN -> SeriesMarkers.TRIANGLE_DOWN;
            case CROSS -> SeriesMarkers.CROSS;
        };
    }

    private static int epochs(List<StrategyResult> rows) {
        return rows.stream()
                .flatMap(row -> row.history().stream())
                .mapToInt(EpochResult::epoch)
                .max()
                .orElse(1);
    }

    private static List<CurvePoint> points(List<CurvePoint> curve, String strategy) {
        return curve.stream()
                .filter(point -> point.strategy().equals(strategy))
                .sorted(Comparator.comparingInt(CurvePoint::samples))
                .toList();
    }
}
