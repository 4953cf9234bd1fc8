package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.ClassBalance;
import dev.graft.result.Classification.ClassResult;
import dev.graft.result.CurvePoint;
import dev.graft.result.ExperimentResult;
import dev.graft.result.PredictionResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PageTest {
    private static final ExperimentResult EXAMPLE = ExampleExperiment.shapes();
    private static final ReportPictures NO_PICTURES = new ReportPictures(List.of(), List.of(), Map.of());
    private static final Verdict SILENT = new Verdict("", List.of(), "", List.of());

    private static final List<String> ELEMENTS =
            List.of("div", "section", "table", "tr", "td", "th", "ul", "li", "dl", "details", "svg", "g");

    private final String page = Report.html(EXAMPLE, ExampleExperiment.pictures());

    @Test
    void loadsNothing() {
        assertThat(page).doesNotContain("http:", "https:", "<script", "@import", "url(");
        assertThat(attributes(page, "src")).allMatch(value -> value.startsWith("data:image/png;base64,"));
        assertThat(attributes(page, "href")).allMatch(value -> value.startsWith("#") || value.equals("data:,"));
        assertThat(page).contains("Content-Security-Policy");
    }

    @Test
    void saysWhatToDoFirst() {
        assertThat(page)
                .containsSubsequence(
                        "<h1>Use feature-extraction on pooled features</h1>",
                        "1.000",
                        "feature-extraction@dense is negative transfer",
                        "0.630",
                        "−0.370",
                        "<h2>Source and target</h2>");
    }

    @Test
    void hasItsSectionsInOrderAndLinksToEach() {
        List<String> anchors = attributes(page, "href").stream()
                .filter(href -> href.startsWith("#") && !href.equals("#content"))
                .map(href -> href.substring(1))
                .toList();

        assertThat(anchors)
                .containsExactly(
                        "transferred",
                        "comparison",
                        "probes",
                        "data-size",
                        "learning",
                        "networks",
                        "mistakes",
                        "gallery",
                        "made");
        assertThat(Pattern.compile("<section id=\"([^\"]+)\"")
                        .matcher(page)
                        .results()
                        .map(match -> match.group(1)))
                .containsExactlyElementsOf(anchors);
    }

    @Test
    void ownImagesHaveSectionsOfTheirOwn() {
        String html =
                Report.html(OwnImages.experiment(4), OwnImages.pictures(4)).replace("<wbr>", "");

        assertThat(Pattern.compile("<section id=\"([^\"]+)\"")
                        .matcher(html)
                        .results()
                        .map(match -> match.group(1)))
                .containsExactly(
                        "transferred",
                        "data",
                        "comparison",
                        "learning",
                        "networks",
                        "confidence",
                        "unknown",
                        "mistakes",
                        "surest",
                        "gallery",
                        "made");
        assertThat(html)
                .contains("2 files could not be read", "向日葵/照片-", "validation examples")
                .containsSubsequence("Reliability diagram of", "before calibration", "after calibration");
        assertThat(attributes(html, "href").stream().filter(href -> href.startsWith("#")))
                .allMatch(href -> html.contains("id=\"" + href.substring(1) + "\""));
        assertThat(html).doesNotContain("NaN", "Infinity", "null").endsWith("</html>\n");
        assertThat(tags(html, "svg")).allMatch(svg -> svg.contains("aria-label=") || svg.contains("aria-hidden="));
        assertThat(tags(html, "img")).allMatch(image -> image.matches(".*alt=\"[^\"]+\".*"));
        for (String tag : ELEMENTS) {
            assertThat(tags(html, tag)).as(tag).hasSize(html.split("</" + tag + ">", -1).length - 1);
        }
    }

    @Test
    void confidencesThatWereNotCalibratedSayWhy() {
        ExperimentResult own = OwnImages.experiment(4);
        StrategyResult row = OwnImages.uncalibrated(own.results().get(0));

        String html = Report.html(Variations.with(own, List.of(row), List.of(), own.verdict()), OwnImages.pictures(4));

        assertThat(html)
                .contains("there is no validation data", "As the network gives them")
                .doesNotContain("after calibration", "<section id=\"unknown\"");
    }

    @Test
    void showsWhatWasSaidOnTheWay() {
        String html = Report.html(EXAMPLE.withNotes(List.of("'testing' is taken as <the> test part")), NO_PICTURES);

        assertThat(html).contains("<section id=\"data\"", "is taken as &lt;the&gt; test part");
    }

    @Test
    void aHundredClassesStayReadable() {
        ExperimentResult own = OwnImages.experiment(100);
        String html = Report.html(own, OwnImages.pictures(100));
        StrategyResult row = own.results().get(0);
        Page model = Page.of(own, NO_PICTURES, List.of());

        assertThat(html).contains("the worst recall first", "the rarest first", "Most frequent mistakes");
        assertThat(html).doesNotContain("<table class=\"matrix");
        assertThat(model.byClass(row)).hasSize(100);
        assertThat(model.byClass(row).stream().filter(one -> one.support() > 0))
                .isSortedAccordingTo(Comparator.comparingDouble(ClassResult::recall));
        assertThat(model.balance()).isSortedAccordingTo(Comparator.comparingInt(ClassBalance::total));
        assertThat(model.confusion(row).worst()).hasSize(20);
        assertThat(html.length()).isLessThan(600_000);
    }

    @Test
    void describesEveryChartAndPicture() {
        assertThat(tags(page, "svg")).allMatch(svg -> svg.contains("aria-label=") || svg.contains("aria-hidden="));
        assertThat(tags(page, "img")).allMatch(image -> image.matches(".*alt=\"[^\"]+\".*"));
    }

    @Test
    void unfoldsTheNetworksThatMatterMost() {
        assertThat(Pattern.compile("<details class=\"network\"( open)?>")
                        .matcher(page)
                        .results()
                        .map(match -> match.group(1) != null))
                .containsExactly(true, true, false, false);
    }

    @Test
    void tellsRightFromWrongByMoreThanColour() {
        assertThat(page).contains("aria-label=\"right\">✓", "aria-label=\"wrong\">✗");
    }

    @Test
    void closesEveryElement() {
        for (String tag : ELEMENTS) {
            assertThat(tags(page, tag)).as(tag).hasSize(page.split("</" + tag + ">", -1).length - 1);
        }
    }

    @Test
    void escapesHostileNamesEverywhere() {
        String hostile = "\"><script>alert(1)</script><img src=x onerror='alert(2)'> ${7*7} &amp; ";
        List<StrategyResult> rows = EXAMPLE.results().stream()
                .map(row -> Variations.named(row, hostile + row.strategy()))
                .toList();
        List<CurvePoint> curve = EXAMPLE.curve().stream()
                .map(point -> new CurvePoint(
                        point.samples(),
                        hostile + point.strategy(),
                        point.meanAccuracy(),
                        point.interval(),
                        point.seeds(),
                        point.seedAccuracies()))
                .toList();
        List<String> classes = List.of(hostile + "0", hostile + "1");
        Verdict verdict = new Verdict(
                hostile + "fine-tuning",
                List.of(hostile),
                hostile,
                EXAMPLE.verdict().probes());
        TargetTask target = new TargetTask(hostile, classes, 5, 0, 5, 0, hostile);
        String html = Report.html(
                Variations.with(EXAMPLE, target, rows, curve, verdict), ExampleExperiment.pictures(classes));

        assertThat(html).doesNotContain("<script", "<img src=x").contains("&lt;script");
        assertThat(tags(html, "img")).allMatch(tag -> tag.contains("src=\"data:image/png;base64,"));
        assertThat(attributes(html, "alt")).anyMatch(value -> value.endsWith("&amp;amp; 0"));
        assertThat(attributes(html, "aria-label")).anyMatch(value -> value.endsWith("&amp;amp; fine-tuning"));
    }

    static Stream<ExperimentResult> poorExperiments() {
        List<StrategyResult> rows = EXAMPLE.results();
        List<StrategyResult> noScratch = rows.subList(0, 2);
        List<String> hundred = IntStream.range(0, 100)
                .mapToObj(i -> "a rather long name of a class " + i)
                .toList();
        return Stream.of(
                Variations.with(EXAMPLE, List.of(), List.of(), SILENT),
                Variations.with(EXAMPLE, rows, List.of(), SILENT),
                Variations.with(EXAMPLE, rows.subList(0, 1), List.of(), EXAMPLE.verdict()),
                Variations.with(EXAMPLE, noScratch, EXAMPLE.curve().subList(0, 1), EXAMPLE.verdict()),
                Variations.with(EXAMPLE, rows.stream().map(Variations::bare).toList(), List.of(), SILENT),
                Variations.with(
                        EXAMPLE, rows.stream().map(Variations::withoutLosses).toList(), List.of(), SILENT),
                Variations.with(
                        EXAMPLE,
                        new TargetTask("many", hundred, 1000, 0, 1100, 0, ""),
                        rows.stream()
                                .map(row -> Variations.manyClasses(row, hundred))
                                .toList(),
                        List.of(),
                        SILENT));
    }

    @ParameterizedTest
    @MethodSource("poorExperiments")
    void leavesOutWhatIsMissing(ExperimentResult poor) {
        String html = Report.html(poor, NO_PICTURES);

        assertThat(html).doesNotContain("NaN", "Infinity", "null").endsWith("</html>\n");
        assertThat(attributes(html, "href").stream().filter(href -> href.startsWith("#")))
                .allMatch(href -> html.contains("id=\"" + href.substring(1) + "\""));
    }

    @Test
    void showsAHeatMapAndTheWorstMistakesOfManyClasses() {
        String html =
                Report.html(poorExperiments().reduce((first, last) -> last).orElseThrow(), NO_PICTURES);

        assertThat(html).contains("Heat map of the confusion matrix", "Most frequent mistakes");
        assertThat(html.length()).isLessThan(600_000);
    }

    @Test
    void showsChineseNames() {
        List<String> classes = List.of("方形", "圆形");
        String html = Report.html(ExampleExperiment.shapes(classes), ExampleExperiment.pictures(classes));

        assertThat(html).contains("圆形", "方形");
    }

    @Test
    void callsAPredictionOutsideTheClassesByItsNumber() {
        StrategyResult row = EXAMPLE.results().get(0);
        Page model = Page.of(EXAMPLE, NO_PICTURES, List.of());

        assertThat(model.className(7)).isEqualTo("class 7");
        assertThat(model.picture(new PredictionResult(99, 0, 0, 1))).isNull();
        assertThat(model.recommended(row)).isTrue();
    }

    static List<String> tags(String html, String tag) {
        return Pattern.compile("<" + tag + "(?=[ >])[^>]*>")
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static List<String> attributes(String html, String name) {
        return Pattern.compile("\\s" + name + "=\"([^\"]*)\"")
                .matcher(html)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
