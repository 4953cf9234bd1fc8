package dev.graft.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** The tiny models of the test resources, and the texts that their expected numbers are of. */
final class Fixtures {
    static final List<String> TEXTS = texts();

    private Fixtures() {}

    static Path folder(String family) {
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource("/text/" + family))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** One of the directories as others publish models, with something missing or something beside. */
    static Path directory(String name) {
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource("/directories/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts() {
        try (InputStream in = Fixtures.class.getResourceAsStream("/text/texts.json")) {
            List<String> texts = new ArrayList<>();
            JsonMapper.builder()
                    .build()
                    .readTree(Objects.requireNonNull(in).readAllBytes())
                    .forEach(node -> texts.add(node.asString()));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
