package dev.graft.benchmark.curation;

import dev.graft.storage.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Measurements in a file, a line of JSON each, and a table of them between the marks of a page. */
final class JsonLines {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonLines() {}

    static <T> List<T> read(Path file, Class<T> type) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> JSON.readValue(line, type))
                    .toList();
        }
    }

    static void write(Path file, List<?> rows) throws IOException {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(JSON.writeValueAsString(row)).append('\n'));
        AtomicFiles.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Rewrites the part between a page's marks, {@code <!-- name: begin -->} and {@code <!-- name: end -->}. */
    static void rewrite(Path page, String name, String table) throws IOException {
        String first = "<!-- " + name + ": begin -->";
        String text = Files.readString(page);
        int begin = text.indexOf(first);
        int end = text.indexOf("<!-- " + name + ": end -->");
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no line '" + first + "' before one that ends the table");
        }
        Files.writeString(page, text.substring(0, begin + first.length()) + "\n" + table + text.substring(end));
    }
}
