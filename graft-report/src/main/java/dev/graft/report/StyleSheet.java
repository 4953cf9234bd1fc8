package dev.graft.report;

import gg.jte.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The style sheet that is written into the page. */
final class StyleSheet {
    private StyleSheet() {}

    /** Reads it from this module. */
    static Content css() {
        return read("report.css");
    }

    /** What pages of several labels, numbers and grades have beside it. */
    static Content answers() {
        return read("answers.css");
    }

    private static Content read(String name) {
        try (InputStream in = Objects.requireNonNull(StyleSheet.class.getResourceAsStream(name))) {
            String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return output -> output.writeContent(css);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
