package dev.graft.report;

import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The font of the PNG figures: one that can draw every name in them.
 *
 * @param font the font; null if the system has none at all
 * @param notes what the reader should know, for the page
 */
record FigureFont(@Nullable Font font, List<String> notes) {
    private static final Logger LOG = LoggerFactory.getLogger(FigureFont.class);

    /** Finds a font for some names. The fonts of the system are listed only if the usual one lacks a character. */
    static FigureFont forNames(List<String> names) {
        try {
            List<String> hard = names.stream()
                    .distinct()
                    .filter(name -> !draws(plain(), name))
                    .toList();
            return hard.isEmpty() ? new FigureFont(plain(), List.of()) : among(installed(), hard);
        } catch (LinkageError | InternalError e) {
            // A Java without fontconfig or freetype fails in either way.
            LOG.warn("No fonts: the PNG figures are left out", e);
            return new FigureFont(
                    null,
                    List.of("The PNG figures were left out: Java found no fonts on this system;"
                            + " install e.g. fontconfig and DejaVu Sans."));
        }
    }

    /** Takes the first of some fonts that draws all names, one without serifs if there is one. */
    static FigureFont among(List<Font> fonts, List<String> names) {
        List<Font> able = fonts.stream()
                .filter(font -> names.stream().allMatch(name -> draws(font, name)))
                .sorted(Comparator.comparingInt(FigureFont::rank))
                .toList();
        if (!able.isEmpty()) {
            return new FigureFont(able.get(0).deriveFont(Font.PLAIN, 13f), List.of());
        }
        String note = "No installed font can draw " + String.join(", ", names.subList(0, Math.min(3, names.size())))
                + " in the PNG figures; install e.g. Noto Sans CJK.";
        LOG.warn("{}", note);
        return new FigureFont(plain(), List.of(note));
    }

    /** Not a constant: where there are no fonts, making one fails, and that must not break this class. */
    private static Font plain() {
        return new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    }

    private static List<Font> installed() {
        return Arrays.asList(GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts());
    }

    private static boolean draws(Font font, String name) {
        return font.canDisplayUpTo(name) < 0;
    }

    private static int rank(Font font) {
        String name = font.getFontName(Locale.ROOT).toLowerCase(Locale.ROOT);
        boolean plain = List.of("bold", "italic", "oblique", "light", "thin", "black", "medium", "mono").stream()
                .noneMatch(name::contains);
        boolean sans = name.contains("sans") || name.contains("hei") || name.contains("gothic");
        return (sans ? 0 : 2) + (plain ? 0 : 1);
    }
}
