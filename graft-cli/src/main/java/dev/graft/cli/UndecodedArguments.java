package dev.graft.cli;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Arguments whose bytes are no text in the encoding that Java takes from the locale. They arrive with a replacement
 * character in place of what was typed, and would be called files that are not there, or classified as another text.
 */
final class UndecodedArguments {
    private static final char REPLACEMENT = '\uFFFD';
    private static final String TEXT = "--text";

    private UndecodedArguments() {}

    /**
     * Refuses them.
     *
     * @param encoding that of arguments and of the names of files
     * @throws SettingsException if there is one
     */
    static void refuse(Charset encoding, String... arguments) {
        boolean unicode = encoding.newEncoder().canEncode(REPLACEMENT);
        for (int i = 0; i < arguments.length; i++) {
            boolean text = arguments[i].startsWith(TEXT + "=") || (i > 0 && arguments[i - 1].equals(TEXT));
            if (arguments[i].indexOf(REPLACEMENT) >= 0 && !(unicode && (text || Files.exists(Path.of(arguments[i]))))) {
                throw new SettingsException(Problem.of("An argument is no text in the encoding of this system.")
                        .expected(encoding.name() + ", which the locale says")
                        .found(arguments[i])
                        .fix(
                                unicode
                                        ? "give a file whose name is in this encoding another one, or start the command in"
                                                + " the locale that its name was made in"
                                        : "start the command in a locale with UTF-8, such as LC_ALL=C.UTF-8"));
            }
        }
    }
}
