package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.ExperimentResult;
import dev.graft.result.StrategyResult;
import dev.graft.result.StrategyResult.Score;
import dev.graft.result.TargetResult.Point;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages of several labels, numbers and grades. */
final class AnswersPageTest {
    private static String html(OtherTargets kind) {
        return Report.html(kind.experiment(), OtherTargets.pictures()).replace("<wbr>", "");
    }

    /** What a reader sees and hears, without the style sheet. */
    private static String words(String html) {
        return html.replaceAll("(?s)<style>.*?</style>", " ");
    }

    @ParameterizedTest
    @EnumSource
    void haveTheirSectionsInOrderAndLinksToEach(OtherTargets kind) {
        String html = html(kind);
        List<String> anchors = Pattern.compile("<section id=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(anchors).containsSubsequence("comparison", "answers", "choice", "learning", "errors", "made");
        assertThat(anchors.contains("mistakes")).isEqualTo(kind == OtherTargets.GRADES);
        assertThat(anchors).allMatch(anchor -> html.contains("href=\"#" + anchor + "\""));
        assertThat(html).doesNotContain("NaN", "Infinity", "null").endsWith("</html>\n");
        for (String tag : List.of("div", "section", "table", "tr", "td", "th", "ul", "li", "details", "svg", "g")) {
            assertThat(PageTest.tags(html, tag)).as(tag).hasSize(html.split("</" + tag + ">", -1).length - 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nameTheirOwnMeasure(OtherTargets kind) {
        String title = TargetWords.capital(kind.measure());

        assertThat(words(html(kind)))
                .contains(
                        "<p class=\"big-label\">test " + kind.measure(),
                        "Test " + kind.measure() + "</th>",
                        "Held-out " + kind.measure(),
                        "Promised " + kind.measure(),
                        "Mean test " + kind.measure(),
                        "cross-validated " + kind.measure(),
                        title + "</th>",
                        "mean absolute error",
                        "1235");
    }

    @ParameterizedTest
    @EnumSource(names = {"LABELS", "NUMBERS"})
    void sayNothingOfAccuracyOrClasses(OtherTargets kind) {
        String page = words(html(kind)).replaceAll("class=\"[^\"]*\"", "");

        assertThat(page.toLowerCase(Locale.ROOT)).doesNotContain("accurac", "class");
        assertThat(page).contains(">Score</h3>", "The score is ");
    }

    @ParameterizedTest
    @EnumSource
    void leaveOutScoresThatNeedOneNameForEachExample(OtherTargets kind) {
        assertThat(html(kind).contains("LogME")).isEqualTo(kind == OtherTargets.GRADES);
    }

    @Test
    void labelsShowPrecisionAndRecallOfEach() {
        assertThat(html(OtherTargets.LABELS))
                .contains("Examples with each label", "Precision, recall and F1 by label", "2 labels wrong");
    }

    @Test
    void numbersShowToldAgainstTrue() {
        String html = html(OtherTargets.NUMBERS);

        assertThat(html)
                .contains(
                        "told against true roundness",
                        "told against true weight",
                        "Intervals that shall hold 90% of the true numbers hold 89.3%.",
                        "3.21 standard deviations off, all numbers together",
                        "telling the mean");
        String chart = html.substring(html.indexOf("told against true roundness"));
        assertThat(chart.substring(0, chart.indexOf("</svg>")).split("class=\"bar\"", -1))
                .hasSizeBetween(200, 501);
    }

    @Test
    void anIntervalOfAMeanOverSeedsIsNotThatOfTheFirstSeed() {
        ExperimentResult experiment = OtherTargets.NUMBERS.experiment();
        StrategyResult row = experiment.results().get(0);
        StrategyResult overSeeds =
                row.withScore(new Score(0.7, 0.4, row.interval(), "student-t over seeds", List.of(0.813, 0.587)));
        ExperimentResult averaged =
                Variations.with(experiment, List.of(overSeeds), experiment.curve(), experiment.verdict());
        Page page = Page.of(averaged, OtherTargets.pictures(), List.of());
        Answers answers = page.answers().get(0);

        assertThat(answers.interval(answers.told().measures().get(0))).isNull();
        Answers ofOne = Page.of(experiment, OtherTargets.pictures(), List.of())
                .answers()
                .get(0);
        assertThat(ofOne.interval(ofOne.told().measures().get(0))).isEqualTo(row.interval());
    }

    @Test
    void gradesKeepTheirOrderHoweverMany() {
        List<String> many =
                IntStream.rangeClosed(1, 30).mapToObj(i -> "grade-" + i).toList();
        ExperimentResult experiment = OtherTargets.GRADES.experiment(many, 0.5);
        Page page = Page.of(experiment, OtherTargets.pictures(), List.of());

        assertThat(page.byClass(experiment.results().get(0)))
                .extracting(one -> one.name())
                .containsExactlyElementsOf(many);
        assertThat(page.balance()).extracting(one -> one.name()).containsExactlyElementsOf(many);
        assertThat(html(OtherTargets.GRADES)).contains("Rows are true grades", "2 grades off");
    }

    @ParameterizedTest
    @EnumSource
    void showTheLargestErrorsAndFoldTheRest(OtherTargets kind) {
        String html = html(kind);
        String errors = html.substring(html.indexOf("<section id=\"errors\""));
        String first = errors.substring(0, errors.indexOf("<details>"));

        assertThat(PageTest.tags(first, "li")).hasSize(14);
        assertThat(errors).contains("6 more examples", "no picture", "true <strong", "told <span");
        assertThat(PageTest.tags(errors, "img")).allMatch(image -> image.contains("alt=\"Test example "));
    }

    @ParameterizedTest
    @EnumSource
    void quoteTextsInTheLargestErrors(OtherTargets kind) {
        String html = Report.html(kind.experiment(), OtherTargets.texts("a <dreary> & long tale"));

        assertThat(html).contains("<q dir=\"auto\">a &lt;dreary&gt; &amp; long tale</q>", "12 more examples");
    }

    @ParameterizedTest
    @EnumSource
    void escapeHostileNames(OtherTargets kind) {
        String hostile = "\"><script>alert(1)</script><img src=x onerror='alert(2)'> ${7*7} &amp; ";
        ExperimentResult experiment = kind.experiment(List.of(hostile + "0", hostile + "1"), 0.5);
        ExperimentResult renamed = experiment.withTarget(experiment
                .target()
                .withTask(Objects.requireNonNull(experiment.target().task()), hostile));

        String html = Report.html(renamed, OtherTargets.texts(hostile));

        assertThat(html).doesNotContain("<script", "<img src=x").contains("&lt;script");
    }

    static Stream<Arguments> scores() {
        return Stream.of(OtherTargets.values())
                .flatMap(kind -> Stream.of(Double.NaN, -0.37, -41.0, -1e300, Double.NEGATIVE_INFINITY, 0.0, 1.0)
                        .map(score -> Arguments.of(kind, score)));
    }

    @ParameterizedTest
    @MethodSource("scores")
    void areDrawnWhateverTheScore(OtherTargets kind, double score) {
        ExperimentResult experiment = kind.experiment(kind.names(), score);

        String html = Report.html(experiment, OtherTargets.pictures());

        assertThat(html).doesNotContain("NaN", "Infinity").endsWith("</html>\n");
        if (score == -0.37) {
            assertThat(html).contains("−0.370");
        }
    }

    @ParameterizedTest
    @EnumSource
    void haveFiguresOfTheirOwn(OtherTargets kind) {
        Font font = FigureFont.forNames(List.of()).font();
        if (font == null) {
            return;
        }
        Map<String, Supplier<BufferedImage>> figures = Figures.plan(kind.experiment(), OtherTargets.pictures(), font);

        assertThat(figures)
                .containsKeys("largest-errors-fine-tuning.png", "comparison.png", "probes.png", "data-size-curve.png");
        assertThat(figures.containsKey("numbers-fine-tuning.png")).isEqualTo(kind == OtherTargets.NUMBERS);
        assertThat(figures.containsKey("curves-accuracy.png")).isEqualTo(kind == OtherTargets.GRADES);
        figures.values().forEach(figure -> assertThat(figure.get().getWidth()).isPositive());
    }

    @Test
    void anAxisOfScoresReachesBelowTheLowest() {
        assertThat(Scale.scores(Stream.of(0.93, 0.88).mapToDouble(value -> value)))
                .isEqualTo(Scale.accuracies(Stream.of(0.93, 0.88).mapToDouble(value -> value)));
        assertThat(Scale.scores(Stream.of(0.9, -0.07, Double.NaN).mapToDouble(value -> value)))
                .extracting(Scale::low, Scale::high)
                .containsExactly(-0.5, 1.0);
    }

    static Stream<List<Point>> clouds() {
        return Stream.of(
                List.of(),
                List.of(new Point("a", 3, 3)),
                List.of(new Point("a", 0, 0), new Point("a", 0, 0)),
                List.of(new Point("a", 1e17, 1e17), new Point("a", Math.nextUp(1e17), 1e17)),
                List.of(new Point("a", -Double.MAX_VALUE, Double.MAX_VALUE)),
                List.of(new Point("a", Double.MIN_VALUE, -Double.MIN_VALUE)));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aScatterHasOneScaleThatShowsEveryPoint(List<Point> points) {
        Scale range = ScatterChart.range(points);

        assertThat(range.high()).isGreaterThan(range.low()).isFinite();
        assertThat(range.high() - range.low()).isFinite();
        assertThat(SvgPainter.paint(ScatterChart.draw(points, "label")))
                .doesNotContain("NaN", "Infinity")
                .contains("class=\"reference\"");
    }
}
