package dev.graft.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.slf4j.LoggerFactory;

/**
 * Runs what every command runs, and prints nothing. The {@code ./graft} script starts it once after a build, and keeps the
 * classes that it loaded in an archive, which makes every later start faster.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Takes no arguments. Never fails: without a rehearsal, all works, more slowly. */
    public static void main(String[] args) {
        rehearse("--help");
        rehearse("--version");
        rehearse("no-such-command");
        talk();
        predict();
    }

    /** A message of the log, a result as JSON and a progress bar. */
    private static void talk() {
        Console console = nowhere(new Terminal(true, 80, true, StandardCharsets.UTF_8));
        LogConfigurator.writeTo(console);
        LoggerFactory.getLogger(Rehearsal.class).warn("rehearsing");
        console.configure(new Console.Mode(true, false, false));
        console.result(new Console.Mode(true, false, false), "");
        try (Progress progress = console.progress("Rehearsing", 2)) {
            progress.advanceTo(1, "loss 0.1");
        }
    }

    /** One small picture through the engine, since starting to predict is what users wait for most often. */
    private static void predict() {
        try {
            Path picture = Files.createTempFile("graft-rehearsal-", ".png");
            try {
                ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
                rehearse("predict", "digits-cnn", picture.toString());
                rehearse("predict", "digits-cnn", picture.toString(), "--json");
            } finally {
                Files.delete(picture);
            }
        } catch (IOException e) {
            // No place for a picture: predicting starts more slowly.
            return;
        }
    }

    private static Console nowhere(Terminal terminal) {
        return new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), terminal);
    }

    private static void rehearse(String... args) {
        Console console = nowhere(Terminal.none());
        Graft.run(Graft.commandLine(console), console, args);
    }
}
