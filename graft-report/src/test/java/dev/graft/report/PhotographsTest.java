package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import dev.graft.result.CalibrationResult;
import dev.graft.result.CurvePoint;
import dev.graft.result.ExperimentResult;
import dev.graft.result.ReliabilityBin;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.StrategyResult;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The page on photographs: many, of many classes, of any shape and with long names. */
final class PhotographsTest {
    private static final ExperimentResult EXAMPLE = ExampleExperiment.shapes();
    private static final ReportPictures NO_PICTURES = new ReportPictures(List.of(), List.of(), Map.of());

    @Test
    void aFewSamplesOfEachClassAreSeenAndTheOthersFolded() {
        Folded<LabeledPicture> shown = Page.samples(samples(10, 10));

        assertThat(shown.first()).hasSize(20);
        assertThat(shown.first().stream().map(LabeledPicture::label))
                .startsWith("class 0", "class 0", "class 1", "class 1")
                .endsWith("class 9", "class 9");
        assertThat(shown.others()).hasSize(80);
        assertThat(Page.samples(samples(100, 2)).first().stream().map(LabeledPicture::label))
                .hasSize(20)
                .doesNotHaveDuplicates();
        assertThat(Page.samples(samples(3, 4)).others()).isEmpty();
    }

    @Test
    void foldedSamplesAreOnThePage() {
        ReportPictures pictures = new ReportPictures(List.of(), samples(10, 10), Map.of());

        String html = Report.html(EXAMPLE, pictures);

        assertThat(html).containsSubsequence("<ul class=\"samples\"", "<summary>80 more examples</summary>");
        assertThat(PageTest.tags(html, "img").stream().filter(tag -> tag.contains("target sample of class")))
                .hasSize(100);
    }

    @Test
    void photographsAreSmallFilesAndDrawingsExactOnes() throws IOException {
        InlinePictures pictures = new InlinePictures();
        Random random = new Random(1);
        byte[] pixels = new byte[400 * 533 * 3];
        random.nextBytes(pixels);
        Image photograph = new Image(400, 533, 3, pixels);

        String uri = pictures.uri(photograph);

        assertThat(uri).startsWith("data:image/jpeg;base64,");
        byte[] file = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
        assertThat(file).hasSizeLessThan(Png.encode(photograph.atMost(160)).length / 2);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(read.getWidth()).isEqualTo(160);
        assertThat(new Color(read.getRGB(80, 60)).getRed())
                .isCloseTo(photograph.atMost(160).sample(60, 80, 0), Offset.offset(40));
        assertThat(pictures.uri(Drawings.gradient(400, 300))).startsWith("data:image/png;base64,");
        assertThat(pictures.uri(Drawings.digit(3))).startsWith("data:image/png;base64,");
        byte[] grey = new byte[300 * 300];
        random.nextBytes(grey);
        assertThat(pictures.uri(new Image(300, 300, 1, grey))).startsWith("data:image/jpeg;base64,");
    }

    @Test
    void aSourceWithoutSamplesDoesNotStandBesideThoseOfTheTarget() {
        ReportPictures pictures = new ReportPictures(List.of(), samples(2, 2), Map.of());

        assertThat(Report.html(EXAMPLE, pictures)).contains("<div class=\"pair one-above-other\">");
        assertThat(Report.html(EXAMPLE, ExampleExperiment.pictures())).contains("<div class=\"pair\">");
    }

    @Test
    void picturesOfAnyShapeFillTheirFrames() {
        assertThat(Report.html(EXAMPLE, NO_PICTURES))
                .containsPattern("\\.picture \\{[^}]*aspect-ratio: 1; object-fit: cover;");
        Font font = Objects.requireNonNull(FigureFont.forNames(List.of()).font());
        for (int[] shape : new int[][] {{40, 90}, {90, 40}, {400, 100}}) {
            var cell = new PictureGrid.Cell(Drawings.gradient(shape[0], shape[1]), List.of("wide"), null);

            BufferedImage drawn = PictureGrid.draw("", List.of(cell), font);
            double scale = drawn.getWidth() / 544.0;

            // Of a figure 544 wide the frame is 112 wide and high, at 24 and 56; the pictures have no black pixels, and
            // the page is white.
            for (int[] corner : new int[][] {{26, 58}, {133, 58}, {26, 165}, {133, 165}}) {
                Color found = new Color(drawn.getRGB((int) (corner[0] * scale), (int) (corner[1] * scale)));
                assertThat(found.getBlue()).isBetween(110, 130);
            }
        }
    }

    @Test
    void oneEpochIsSaidAndNotDrawn() {
        StrategyResult one = OwnImages.experiment(4).results().get(0);
        assertThat(one.history()).hasSize(1);
        List<StrategyResult> mixed = List.of(one, EXAMPLE.results().get(2));

        String alone = Report.html(with(List.of(one), List.of()), NO_PICTURES);
        String beside = Report.html(with(mixed, List.of()), NO_PICTURES);

        assertThat(alone)
                .doesNotContain("by epoch. Last")
                .containsSubsequence("Training accuracy", "0.800", "0.750", "0.5000", "0.6000");
        assertThat(beside)
                .containsOnlyOnce("fine-tuning: accuracy by epoch")
                .contains("In a single epoch")
                .doesNotContain(one.strategy() + ": accuracy by epoch");
        assertThat(figures(List.of(one), List.of())).doesNotContain("curves-accuracy.png", "curves-loss.png");
        assertThat(figures(mixed, List.of())).contains("curves-accuracy.png", "curves-loss.png");
    }

    @Test
    void oneAmountOfDataIsSaidAndNotDrawn() {
        List<CurvePoint> curve = EXAMPLE.curve().subList(0, 4);
        assertThat(curve.stream().map(CurvePoint::samples).distinct()).hasSize(1);

        String html = Report.html(with(EXAMPLE.results(), curve), NO_PICTURES);

        assertThat(html)
                .doesNotContain("Mean test accuracy against the number of training examples")
                .containsSubsequence("<section id=\"data-size\">", "<details open>", "0.925");
        assertThat(figures(EXAMPLE.results(), curve)).doesNotContain("data-size-curve.png");
        assertThat(figures(EXAMPLE.results(), EXAMPLE.curve())).contains("data-size-curve.png");
    }

    @Test
    void oneRangeOfConfidenceIsSaidAndNotDrawn() {
        ExperimentResult own = OwnImages.experiment(4);
        List<ReliabilityBin> bins = List.of(new ReliabilityBin(0.9, 1, 40, 0.99, 1));
        CalibrationResult calibration = new CalibrationResult(1.1, 30, "", 40, 0.01, 0.01, 0.02, 0.02, bins, bins);
        StrategyResult row = own.results().get(0).withConfidences(calibration, null, List.of());
        ExperimentResult sure = Variations.with(own, List.of(row), List.of(), own.verdict());

        String html = Report.html(sure, NO_PICTURES);

        assertThat(html)
                .doesNotContain("Reliability diagram of")
                .contains("All 40 predictions lie in one range of confidence, 0.900 to 1.000: mean confidence 0.990");
        assertThat(figures(List.of(row), List.of())).noneMatch(name -> name.startsWith("reliability"));
    }

    @Test
    void longNamesHavePlacesToBreak() {
        assertThat(Report.html(
                        Variations.with(
                                EXAMPLE,
                                List.of(Variations.named(EXAMPLE.results().get(0), "a_b+c/d<e")),
                                List.of(),
                                EXAMPLE.verdict()),
                        NO_PICTURES))
                .contains("a_<wbr>b+<wbr>c/<wbr>d&lt;e");
    }

    @Test
    void aPhoneNamesEveryCellThatItShowsBelowAnother() {
        String html = Report.html(OwnImages.experiment(4), OwnImages.pictures(4)) + Report.html(EXAMPLE, NO_PICTURES);

        List<String> tables = Pattern.compile("<table class=\"[^\"]*stack\">.*?</table>", Pattern.DOTALL)
                .matcher(html)
                .results()
                .map(match -> match.group())
                .toList();
        assertThat(tables).hasSizeGreaterThan(5);
        assertThat(tables).allSatisfy(table -> assertThat(PageTest.tags(table, "td"))
                .allMatch(cell -> cell.contains("data-label=") || cell.contains("\"chart\"") || cell.equals("<td>")));
    }

    @Test
    void aSingleStrategyIsNotCompared() {
        String html = Report.html(with(EXAMPLE.results().subList(2, 3), List.of()), NO_PICTURES);

        assertThat(html).contains("<h2>Result</h2>").doesNotContain("<h2>Comparison</h2>", "recommended</span>");
    }

    @Test
    void manyStagesAreCountedInTheHeadline() {
        StrategyResult row = EXAMPLE.results().get(0);
        StrategyResult many = new ExampleRows.Row("many", "stem+a+b+c+head", "mean", "linear", 1, 0)
                .result(EXAMPLE.target().classes());

        assertThat(Headline.describe(row)).startsWith("Frozen up to conv1 + conv2, pooled");
        assertThat(Headline.describe(many)).startsWith("Frozen, features of 5 stages from stem to head, pooled");
    }

    private static List<LabeledPicture> samples(int classes, int ofEach) {
        return IntStream.range(0, classes * ofEach)
                .mapToObj(i -> new LabeledPicture(Drawings.digit(i % 10), "class " + i % classes))
                .toList();
    }

    private static ExperimentResult with(List<StrategyResult> rows, List<CurvePoint> curve) {
        return Variations.with(EXAMPLE, rows, curve, EXAMPLE.verdict());
    }

    private static List<String> figures(List<StrategyResult> rows, List<CurvePoint> curve) {
        Font font = Objects.requireNonNull(FigureFont.forNames(List.of()).font());
        return List.copyOf(Figures.plan(with(rows, curve), NO_PICTURES, font).keySet());
    }
}
