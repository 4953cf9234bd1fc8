package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    record Prediction(String file, double probability) {}

    @Test
    void resultsGoToStandardOutputAndNotesToStandardError() {
        Console console = console(false, false);

        console.result(new Prediction("七.png", 0.5), "七.png: 0.5");
        console.note("loading");
        console.warn("careful");

        assertThat(text(out)).isEqualToNormalizingNewlines("七.png: 0.5\n");
        assertThat(text(err)).isEqualToNormalizingNewlines("loading\ncareful\n");
    }

    @Test
    void jsonPrintsOneValueALineAndNothingElseOnStandardOutput() {
        Console console = console(true, false);

        console.result(new Prediction("七.png", 0.5), "七.png: 0.5");
        console.result(List.of(1, 2), "1, 2");
        console.note("loading");

        assertThat(text(out)).isEqualTo("{\"file\":\"七.png\",\"probability\":0.5}\n[1,2]\n");
    }

    @Test
    void jsonIsUtf8WhateverTheTerminal() {
        Console console = new Console(out, err, new Terminal(false, 80, false, StandardCharsets.US_ASCII));
        console.configure(new Console.Mode(true, false, false));

        console.result(List.of("圆"), "圆");

        assertThat(text(out)).isEqualTo("[\"圆\"]\n");
    }

    @Test
    void quietLeavesOutNotesAndProgressButNoWarnings() {
        Console console = console(false, true);

        console.note("loading");
        console.warn("careful");
        try (Progress progress = console.progress("Training", 10)) {
            progress.advanceTo(10, "");
        }

        assertThat(text(err)).isEqualToNormalizingNewlines("careful\n");
    }

    @Test
    void aLineNeverLandsInAProgressBar() {
        Console console = new Console(out, err, new Terminal(true, 80, false, StandardCharsets.UTF_8));

        console.showBar("Training 50%");
        console.note("saved");

        assertThat(text(err)).endsWith("Training 50%\r\033[Ksaved" + System.lineSeparator());
    }

    @Test
    void aBarIsDrawnOnATerminalAndTakenAwayAtTheEnd() {
        Console console = new Console(out, err, new Terminal(true, 60, false, StandardCharsets.US_ASCII));

        try (Progress progress = console.progress("Training", 10)) {
            progress.advanceTo(5, "loss 0.3");
        }

        assertThat(text(err)).contains("Training").endsWith("\r\033[K");
        assertThat(text(err).chars()).allMatch(letter -> letter < 128);
        assertThat(text(out)).isEmpty();
    }

    private Console console(boolean json, boolean quiet) {
        Console console = new Console(out, err, Terminal.none());
        console.configure(new Console.Mode(json, quiet, false));
        return console;
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
