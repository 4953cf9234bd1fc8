package dev.graft.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a class of the page's style sheet looks like on white paper.
 *
 * @param colour its colour
 * @param size the width of a stroke, or the size of a font
 * @param bold whether text is bold
 * @param round whether strokes have round ends
 * @param dashes the lengths of dashes and gaps; empty for a solid line
 */
record PaperStyle(Color colour, float size, boolean bold, boolean round, List<Float> dashes) {
    // It stands for the colour of the group.
    private static final Color OF_GROUP = new Color(0);
    private static final Map<String, PaperStyle> STYLES = styles();

    private static Map<String, PaperStyle> styles() {
        Map<String, PaperStyle> styles = new HashMap<>();
        styles.put("grid", stroke(Canvas.LINE, 1));
        styles.put("track", stroke(Canvas.LINE, 1));
        styles.put("reference", stroke(Canvas.MUTED, 1.4f, 4, 4));
        styles.put("whisker", stroke(OF_GROUP, 2.4f).rounded());
        styles.put("leader", stroke(faint(OF_GROUP, 0.55), 1));
        styles.put("line", stroke(OF_GROUP, 2.2f).rounded());
        styles.put("line dashed", stroke(OF_GROUP, 2.2f, 5, 4));
        styles.put("line thin dashed", stroke(OF_GROUP, 1.5f, 5, 4));
        styles.put("trend", stroke(OF_GROUP, 1.4f, 1, 4).rounded());
        styles.put("dot", stroke(Color.WHITE, 1.2f));
        styles.put("dot hollow", stroke(OF_GROUP, 1.3f));
        styles.put("band", stroke(faint(OF_GROUP, 0.13), 0));
        styles.put("bar", stroke(faint(OF_GROUP, 0.42), 0));
        styles.put("gap", stroke(faint(Canvas.BAD, 0.32), 0));
        styles.put("count", stroke(faint(Canvas.MUTED, 0.75), 0));
        styles.put("tick", text(Canvas.MUTED, 12, false));
        styles.put("axis", text(Canvas.MUTED, 12, false));
        styles.put("note", text(Canvas.MUTED, 12, false));
        styles.put("tiny", text(Canvas.MUTED, 9.5f, false));
        styles.put("label", text(Canvas.INK, 13, false));
        styles.put("value", text(Canvas.INK, 13, true));
        styles.put("name", text(OF_GROUP, 13, true));
        return Map.copyOf(styles);
    }

    /** The look of some classes in a group of a colour, without those that say on which side of its place a text lies. */
    static PaperStyle of(String classes, Color group) {
        String look = classes.replace(" middle", "").replace(" end", "");
        PaperStyle style = Objects.requireNonNull(STYLES.get(look), look);
        Color own = style.colour();
        boolean ofGroup = (own.getRGB() & 0xFFFFFF) == (OF_GROUP.getRGB() & 0xFFFFFF);
        return ofGroup ? style.in(faint(group, own.getAlpha() / 255.0)) : style;
    }

    /** The classes that have a look. */
    static List<String> known() {
        return STYLES.keySet().stream().sorted().toList();
    }

    BasicStroke stroke() {
        float[] lengths = dashes.isEmpty() ? null : new float[] {dashes.get(0), dashes.get(1)};
        int cap = round ? BasicStroke.CAP_ROUND : BasicStroke.CAP_BUTT;
        return new BasicStroke(size, cap, BasicStroke.JOIN_ROUND, 1, lengths, 0);
    }

    private PaperStyle in(Color other) {
        return new PaperStyle(other, size, bold, round, dashes);
    }

    private PaperStyle rounded() {
        return new PaperStyle(colour, size, bold, true, dashes);
    }

    private static PaperStyle stroke(Color colour, float width) {
        return new PaperStyle(colour, width, false, false, List.of());
    }

    private static PaperStyle stroke(Color colour, float width, float dash, float gap) {
        return new PaperStyle(colour, width, false, false, List.of(dash, gap));
    }

    private static PaperStyle text(Color colour, float size, boolean bold) {
        return new PaperStyle(colour, size, bold, false, List.of());
    }

    private static Color faint(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * opacity));
    }
}
