package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.report.Report;
import dev.graft.serve.GraftServer;
import dev.graft.text.TextBackbones;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What messages advise, picocli knows: every option and every command in a text of any class is there. */
class AdvisedOptionsTest {
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*[a-z0-9]");
    private static final Pattern COMMAND = Pattern.compile("(?:`|^  |: )graft ([a-z]+)");
    private static final Pattern NAMED = Pattern.compile("(?s).*\\bgraft ([a-z]+)\\b.*?");
    private static final int UTF8 = 1;

    private final CommandLine graft =
            Graft.commandLine(new Console(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Terminal.none()));

    @Test
    void everyOptionInATextOfACommandIsOneOfThatCommandAndOfAMixinOneOfAllThatHaveIt() throws Exception {
        Map<String, Set<String>> unknown = new TreeMap<>();
        Map<String, List<CommandSpec>> commands = commands();
        texts(Graft.class).forEach((type, texts) -> {
            List<CommandSpec> users = commands.getOrDefault(type.replaceFirst("\\$.*", ""), List.of());
            for (String text : texts) {
                Matcher option = OPTION.matcher(text);
                while (option.find()) {
                    if (!known(option.group(), text.substring(0, option.start()), users)) {
                        unknown.computeIfAbsent(type, unused -> new TreeSet<>()).add(option.group());
                    }
                }
            }
        });

        assertThat(commands).hasSizeGreaterThan(8);
        assertThat(unknown).isEmpty();
    }

    @Test
    void noTextOfTheLibraryNamesAnOptionOrACommand() throws Exception {
        // The report's own texts are style sheets too, whose variables look like options.
        for (Class<?> library : List.of(Problem.class, Architecture.class, TextBackbones.class, GraftServer.class)) {
            texts(library).forEach((type, texts) -> {
                // The page that lies in a bundle tells people both ways to use it.
                if (!type.endsWith("ModelCard")) {
                    assertThat(found(OPTION, texts, 0)).as(type).isEmpty();
                    assertThat(found(COMMAND, texts, 1)).as(type).isEmpty();
                }
            });
        }
    }

    @Test
    void everyCommandInATextIsThere() throws Exception {
        for (Class<?> module :
                List.of(Graft.class, Problem.class, Architecture.class, TextBackbones.class, Report.class)) {
            texts(module).forEach((type, texts) -> assertThat(found(COMMAND, texts, 1))
                    .as(type)
                    .isSubsetOf(graft.getSubcommands().keySet()));
        }
    }

    @Test
    void theOptionsThatStandForTheLibrarysSettingsAreThere() {
        assertThat(OptionWords.names()).isNotEmpty().allMatch(this::anyKnows);
    }

    /** Whether an option is one of the command that the text before it names, or else of the commands that have the text. */
    private boolean known(String option, String before, List<CommandSpec> users) {
        Matcher named = NAMED.matcher(before);
        CommandLine command = named.matches() ? graft.getSubcommands().get(named.group(1)) : null;
        if (command != null) {
            return command.getCommandSpec().findOption(option) != null;
        }
        return users.isEmpty() ? anyKnows(option) : users.stream().allMatch(user -> user.findOption(option) != null);
    }

    private boolean anyKnows(String option) {
        return Stream.concat(Stream.of(graft), graft.getSubcommands().values().stream())
                .anyMatch(command -> command.getCommandSpec().findOption(option) != null);
    }

    /** The commands that have the options of a class, which is a command itself or mixed in, by the class's name. */
    private Map<String, List<CommandSpec>> commands() {
        Map<String, List<CommandSpec>> commands = new LinkedHashMap<>();
        for (CommandLine command : graft.getSubcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            commands.computeIfAbsent(command.getCommand().getClass().getSimpleName(), unused -> new ArrayList<>())
                    .add(spec);
            for (CommandSpec mixin : spec.mixins().values()) {
                commands.computeIfAbsent(mixin.userObject().getClass().getSimpleName(), unused -> new ArrayList<>())
                        .add(spec);
            }
        }
        return commands;
    }

    private static Set<String> found(Pattern pattern, List<String> texts, int group) {
        Set<String> found = new TreeSet<>();
        for (String text : texts) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                found.add(matcher.group(group));
            }
        }
        return found;
    }

    /** The texts in every class of the module that a class belongs to, by the classes' simple names. */
    private static Map<String, List<String>> texts(Class<?> inModule) throws IOException, URISyntaxException {
        URI place = inModule.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path path = Path.of(place);
        if (Files.isDirectory(path)) {
            return texts(path);
        }
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
            return texts(jar.getPath("/"));
        }
    }

    private static Map<String, List<String>> texts(Path root) throws IOException {
        Map<String, List<String>> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                String name = file.getFileName().toString();
                try (InputStream in = Files.newInputStream(file)) {
                    texts.put(name.substring(0, name.length() - ".class".length()), constants(in));
                }
            }
        }
        assertThat(texts).as(root.toString()).isNotEmpty();
        return texts;
    }

    /** The texts of a class file's constant pool (The Java Virtual Machine Specification, 4.4). */
    private static List<String> constants(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        data.skipNBytes(8);
        int count = data.readUnsignedShort();
        List<String> texts = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int tag = data.readUnsignedByte();
            switch (tag) {
                case UTF8 -> texts.add(data.readUTF());
                case 7, 8, 16, 19, 20 -> data.skipNBytes(2);
                case 15 -> data.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> data.skipNBytes(4);
                case 5, 6 -> {
                    data.skipNBytes(8);
                    i++;
                }
                default -> throw new AssertionError("a constant of an unknown kind: " + tag);
            }
        }
        return texts;
    }
}
