package dev.graft.report;

import gg.jte.Content;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gives each strategy its colour and marker. The first colour is the baseline's grey; the others keep apart from each
 * other under the common colour vision deficiencies, after the palette of Okabe and Ito (2008), darkened for white
 * paper and lightened for dark screens.
 */
final class Palette {
    private static final String BASELINE = "from-scratch";
    private static final String SERIES = "series-";
    private static final List<Integer> LIGHT =
            List.of(0x5c6370, 0x0b62b8, 0xc2570c, 0x0f7f63, 0xa0397e, 0x7a6a00, 0x6a4fc4, 0x2a7f9e, 0x8c4a2f);
    private static final List<Integer> DARK =
            List.of(0xa3abb8, 0x6cb2ff, 0xffa057, 0x4fd0a8, 0xf08ccb, 0xdcc94a, 0xb7a2ff, 0x74cfe8, 0xd9a183);

    private final Map<String, SeriesStyle> styles = new LinkedHashMap<>();
    private int next = 0;

    /** Gives out styles in the order of the names. */
    Palette(List<String> strategies) {
        strategies.forEach(this::of);
    }

    /** The style of a strategy; a new one for a name not met before. */
    SeriesStyle of(String strategy) {
        SeriesStyle known = styles.get(strategy);
        if (known == null) {
            known = strategy.equals(BASELINE) ? new SeriesStyle(0, Marker.CROSS, true) : nextStyle();
            styles.put(strategy, known);
        }
        return known;
    }

    private SeriesStyle nextStyle() {
        int number = next++;
        Marker[] markers = Marker.values();
        // The cross is the baseline's; the counts of colours and markers differ, so that pairs repeat late.
        return new SeriesStyle(1 + number % (LIGHT.size() - 1), markers[number % (markers.length - 1)], false);
    }

    /** The strategies that have a style, in order. */
    List<String> strategies() {
        return List.copyOf(styles.keySet());
    }

    /** The colour of a style on white paper. */
    static Color onPaper(SeriesStyle style) {
        return new Color(LIGHT.get(style.palette()));
    }

    /** The colour that a group's class gives its parts on white paper: its series', or what it lies in. */
    static Color onPaper(String cssClass, Color outside) {
        if (cssClass.equals("probe")) {
            return new Color(LIGHT.get(1));
        }
        return cssClass.startsWith(SERIES)
                ? new Color(LIGHT.get(Integer.parseInt(cssClass.substring(SERIES.length()))))
                : outside;
    }

    /** The rules that define the colours of the page: light, dark, and light again on paper. */
    static Content css() {
        String light = variables(LIGHT);
        List<String> rules = new ArrayList<>();
        rules.add(":root{" + light + "}");
        rules.add("@media screen and (prefers-color-scheme:dark){:root{" + variables(DARK) + "}}");
        for (int i = 0; i < LIGHT.size(); i++) {
            rules.add(".series-" + i + "{--c:var(--series-" + i + ")}");
        }
        String css = String.join("\n", rules);
        return output -> output.writeContent(css);
    }

    private static String variables(List<Integer> colours) {
        StringBuilder css = new StringBuilder();
        for (int i = 0; i < colours.size(); i++) {
            css.append("--series-")
                    .append(i)
                    .append(":#")
                    .append(hex(colours.get(i)))
                    .append(';');
        }
        return css.toString();
    }

    private static String hex(int colour) {
        return String.format(Locale.ROOT, "%06x", colour);
    }
}
