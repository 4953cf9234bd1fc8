package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Paper shows charts as the style sheet shows them on the page. */
class PaperStyleTest {
    static List<String> classes() {
        return PaperStyle.known();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void sizesDashesAndOpacityAreThoseOfTheStyleSheet(String classes) throws IOException {
        PaperStyle style = PaperStyle.of(classes, Color.RED);

        assertThat(style.size()).isEqualTo(number(classes, "stroke-width|font-size", fallback(classes)));
        assertThat(style.colour().getAlpha() / 255f).isCloseTo(number(classes, "opacity", 1), offset(0.01f));
        String dashes = value(classes, "stroke-dasharray", "");
        assertThat(style.dashes())
                .isEqualTo(Pattern.compile(" ")
                        .splitAsStream(dashes)
                        .filter(length -> !length.isEmpty())
                        .map(Float::valueOf)
                        .toList());
        assertThat(style.round())
                .isEqualTo(value(classes, "stroke-linecap", "butt").equals("round"));
        assertThat(style.bold()).isEqualTo(number(classes, "font-weight", 400) >= 600);
    }

    /** What a class that says nothing of a size has: no stroke, or the font of all text. */
    private static float fallback(String classes) {
        return List.of("label", "value", "name").contains(classes) ? 13 : 0;
    }

    private static float number(String classes, String property, float otherwise) throws IOException {
        String value = value(classes, property, "");
        return value.isEmpty() ? otherwise : Float.parseFloat(value.replace("px", ""));
    }

    /** The value of a property; what a later rule says counts. */
    private static String value(String classes, String property, String otherwise) throws IOException {
        String value = otherwise;
        Matcher rules = Pattern.compile("(?m)^(svg [^{]*) \\{([^}]*)}").matcher(styleSheet());
        while (rules.find()) {
            boolean applies = List.of(rules.group(1).split(", ", -1)).stream()
                    .map(selector -> selector.replace("svg .", "").replace('.', ' '))
                    .anyMatch(
                            selector -> List.of(classes.split(" ", -1)).containsAll(List.of(selector.split(" ", -1))));
            Matcher declaration =
                    Pattern.compile("(?:^|[ ;])(?:" + property + "): ([^;]*);").matcher(rules.group(2));
            boolean halo = rules.group(2).contains("paint-order");
            if (applies && !halo && declaration.find()) {
                value = declaration.group(1);
            }
        }
        return value;
    }

    private static String styleSheet() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PaperStyleTest.class.getResourceAsStream("/dev/graft/report/report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
