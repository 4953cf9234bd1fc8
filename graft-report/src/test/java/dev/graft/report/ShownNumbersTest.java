package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.ExperimentResult;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes every number out of the page, and looks each up in metrics.json at the precision at which it is shown. */
final class ShownNumbersTest {
    private static final Pattern NUMBER =
            Pattern.compile("(?:(?<!\\p{Alnum})[-−+])?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?");

    /** The confidence of every interval, and what names have digits in them: SHA-256, F1. */
    private static final Set<String> WORDS = Set.of("95", "256", "1");

    private final ExperimentResult example = ExampleExperiment.shapes();

    @Test
    void areAllInMetricsJson() {
        JsonNode metrics = new JsonMapper().readTree(MetricsJson.toJson(example));
        Set<String> known = new HashSet<>(WORDS);
        collect(metrics, known);

        List<String> shown = numbers(text(Report.html(example, ExampleExperiment.pictures())));

        assertThat(shown).hasSizeGreaterThan(500);
        assertThat(shown).isSubsetOf(known);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 100})
    void ofOwnImagesAreAllInMetricsJson(int classes) {
        ExperimentResult own = OwnImages.experiment(classes);
        Set<String> known = new HashSet<>(WORDS);
        collect(new JsonMapper().readTree(MetricsJson.toJson(own)), known);

        List<String> shown = numbers(text(Report.html(own, OwnImages.pictures(classes))));

        assertThat(shown).hasSizeGreaterThan(200);
        assertThat(shown).isSubsetOf(known);
    }

    @Test
    void wouldBeMissedIfTheyWereNotThere() {
        Set<String> known = new HashSet<>(WORDS);
        collect(new JsonMapper().readTree(MetricsJson.toJson(example)), known);

        assertThat(known).contains("0.630", "−0.370", "123,426").doesNotContain("0.123", "123,427", "0.777");
    }

    /** The text of the page and what is read out for its pictures; labels of axes are no findings. */
    private static String text(String html) {
        String content =
                html.replaceAll("(?s)<style>.*?</style>", " ").replaceAll("<text class=\"tick[^>]*>[^<]*</text>", " ");
        StringBuilder spoken = new StringBuilder();
        Matcher labels =
                Pattern.compile("(?:aria-label|alt|title)=\"([^\"]*)\"").matcher(content);
        while (labels.find()) {
            spoken.append(labels.group(1)).append('\n');
        }
        return spoken + content.replaceAll("<[^>]*>", "\n");
    }

    private static List<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(MatchResult::group).toList();
    }

    private static void collect(JsonNode node, Set<String> known) {
        if (node.isNumber()) {
            add(node.doubleValue(), known);
        } else if (node.isString()) {
            known.addAll(numbers(node.stringValue()));
        } else {
            if (node.isArray()) {
                add(node.size(), known);
            }
            node.forEach(child -> collect(child, known));
        }
    }

    private static void add(double value, Set<String> known) {
        for (int decimals = 0; decimals <= 4; decimals++) {
            String text =
                    String.format(Locale.ROOT, "%,." + decimals + "f", value).replace('-', '−');
            known.add(text);
            known.add("+" + text);
            known.add(text.replace(",", ""));
            known.add(text.replaceFirst("^−(?=[0.]*$)", ""));
        }
    }
}
