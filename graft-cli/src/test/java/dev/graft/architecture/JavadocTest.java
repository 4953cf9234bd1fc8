package dev.graft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds comments to a form that can be read without what stands above them. */
class JavadocTest {
    private static final Pattern THE_SAME = Pattern.compile("/\\*\\*\\s+(\\*\\s+)?The same\\b");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

    /** Packages that still have such comments. Take one out when it has none left; add none. */
    private static final Set<String> NOT_YET = Set.of("dev.graft.cli");

    @Test
    void aCommentOpensWithWhatAThingIsForAndNotWithWhatItIsLike() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            boolean held = PACKAGE.matcher(source).results().noneMatch(declared -> NOT_YET.contains(declared.group(1)));
            if (held && THE_SAME.matcher(source).find()) {
                found.add(file.normalize().toString());
            }
        }

        assertThat(found)
                .as("files with a comment that begins with \"The same\"")
                .isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            List<Path> sources = new ArrayList<>();
            for (Path module : modules.sorted().toList()) {
                Path main = module.resolve(Path.of("src", "main", "java"));
                if (Files.isDirectory(main)) {
                    try (Stream<Path> files = Files.walk(main)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
            assertThat(sources).hasSizeGreaterThan(400);
            return sources;
        }
    }
}
