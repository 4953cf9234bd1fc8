package dev.graft.bundle;

import dev.graft.error.Problem;
import dev.graft.error.VisibleText;
import dev.graft.error.WeightsFileException;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The content of {@code labels.txt}: a class name a line. It is for other tools; Graft itself reads the names in
 * {@code config.json}, and refuses a bundle whose two files differ: somebody changed one of them. A backslash, a line
 * break and whatever else {@link VisibleText} writes out is written with a backslash, {@code \\}, {@code \n},
 * {@code \t}, so that a line stays a class.
 */
final class LabelLines {
    private static final int SLACK = 1 << 10;

    private LabelLines() {}

    static String of(List<String> names) {
        return names.stream().map(LabelLines::line).collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * Checks that a bundle's {@code labels.txt}, if it has one, says what its {@code config.json} says.
     *
     * @throws WeightsFileException if it does not
     */
    static void requireSame(Path directory, List<String> names) {
        Path file = directory.resolve(Bundle.LABELS);
        if (!Files.isRegularFile(file)) {
            return;
        }
        String expected = of(names);
        try {
            // Every character may take four bytes, and a line's end two.
            Bundle.requireSize(file, 4L * expected.length() + names.size() + SLACK);
            // Bundles of earlier versions have more signs as they are.
            String found = VisibleText.lines(new String(InputFiles.readAllBytes(file), StandardCharsets.UTF_8));
            if (!found.equals(expected)) {
                throw differing(file, expected.split("\n", -1), found.split("\n", -1));
            }
        } catch (IOException e) {
            throw Bundle.unreadable(file, e);
        }
    }

    private static WeightsFileException differing(Path file, String[] expected, String[] found) {
        int line = 0;
        while (line < Math.min(expected.length, found.length) && expected[line].equals(found[line])) {
            line++;
        }
        return new WeightsFileException(Problem.of("A bundle's two lists of classes differ.")
                .where(file + ", line " + (line + 1))
                .expected(
                        line < expected.length ? "'" + expected[line] + "', as " + Bundle.CONFIG + " says" : "no line")
                .found(line < found.length ? "'" + found[line] + "'" : "no line")
                .fix("restore both files, or write the bundle again: one of them was changed"));
    }

    private static String line(String name) {
        return VisibleText.line(name.replace("\\", "\\\\"));
    }
}
