package dev.graft.cli;

import dev.graft.data.FileName;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of standard input, which the argument {@code -} stands for. */
final class StandardInput {
    private static final Path MARK = Path.of("-");

    private StandardInput() {}

    /** Whether an argument stands for it. */
    static boolean isMeantBy(Path argument) {
        return argument.equals(MARK);
    }

    /** The arguments, in place of the mark a path for each line that is not blank. */
    static List<Path> inPlaceOfMark(List<Path> arguments) {
        List<Path> paths = new ArrayList<>();
        for (Path argument : arguments) {
            if (isMeantBy(argument)) {
                lines(FileName.encoding()).forEach(line -> paths.add(Path.of(line)));
            } else {
                paths.add(argument);
            }
        }
        return paths;
    }

    /** A text for each line that is not blank, in UTF-8. */
    static List<String> texts() {
        return lines(StandardCharsets.UTF_8);
    }

    private static List<String> lines(Charset encoding) {
        List<String> lines = new ArrayList<>();
        try {
            // Not closed: the process has one standard input.
            BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, encoding));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new DataException(
                    Problem.of("Standard input cannot be read.")
                            .where("-")
                            .expected("a path or a text a line")
                            .found(e)
                            .fix("give the files themselves"),
                    e);
        }
        if (lines.isEmpty()) {
            throw new DataException(Problem.of("Standard input is empty.")
                    .where("-")
                    .expected("a path or a text a line")
                    .found("no line")
                    .fix("send some into it, as in: ls photos/* | graft predict BUNDLE -"));
        }
        return lines;
    }
}
