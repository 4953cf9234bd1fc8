package dev.graft.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/**
 * What the user's terminal can show.
 *
 * @param interactive whether standard error is a terminal whose line can be written again
 * @param columns its width in characters
 * @param color whether colours are wanted; see <a href="https://no-color.org">no-color.org</a>
 * @param charset the encoding of both output streams
 */
record Terminal(boolean interactive, int columns, boolean color, Charset charset) {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 40;

    /** No terminal: output goes to a file, to a pipe or to a test. */
    static Terminal none() {
        return new Terminal(false, DEFAULT_COLUMNS, false, StandardCharsets.UTF_8);
    }

    /** Reads what the launcher script, the environment and Java know. */
    static Terminal detect(Properties properties, Map<String, String> environment) {
        // The script sets this to the width when standard error is a terminal, since Java 17 cannot tell.
        String columns = properties.getProperty("graft.terminal");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean interactive = columns != null && !dumb;
        boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(interactive, width(columns), interactive && !noColor, charset(properties));
    }

    private static int width(@Nullable String columns) {
        if (columns == null || !columns.matches("[0-9]{1,5}")) {
            return DEFAULT_COLUMNS;
        }
        int width = Integer.parseInt(columns);
        return width == 0 ? DEFAULT_COLUMNS : Math.max(LEAST_COLUMNS, width);
    }

    private static Charset charset(Properties properties) {
        for (String name : new String[] {"stdout.encoding", "sun.stdout.encoding", "native.encoding"}) {
            String value = properties.getProperty(name);
            if (value != null && Charset.isSupported(value)) {
                return Charset.forName(value);
            }
        }
        return Charset.defaultCharset();
    }

    /** Whether signs outside ASCII, such as blocks, dashes and ellipses, arrive as they are. */
    boolean unicode() {
        return charset.newEncoder().canEncode('█');
    }

    /** The colours of help: picocli's own choice on a terminal, none elsewhere. */
    ColorScheme helpColors() {
        return Help.defaultColorScheme(color ? Ansi.AUTO : Ansi.OFF);
    }
}
