package dev.graft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of the core's rooms to what their classes use. */
class RoomsTest {
    private static final Path PAGE = Path.of("..", "docs", "architecture.md");
    private static final String SOURCES = "../graft-core/src/main/java/dev/graft/";
    private static final String OURS = "dev.graft.";
    private static final Pattern ROW =
            Pattern.compile("\\| \\[`(\\w+)`]\\(" + Pattern.quote(SOURCES) + "(\\w+)\\) \\| (.*) \\| (.*) \\|");
    private static final Pattern USE = Pattern.compile("(\\w+)( \\([^)]*\\))?");

    /**
     * A row of the table.
     *
     * @param contents what lives in the room
     * @param uses the rooms it uses, each with what is said of that in brackets, or nothing
     */
    private record Row(String contents, Map<String, String> uses) {
        static Row of(String contents, String uses) {
            Map<String, String> named = new LinkedHashMap<>();
            Matcher use = USE.matcher(uses);
            while (use.find()) {
                named.put(use.group(1), use.group(2) == null ? "" : use.group(2));
            }
            return new Row(contents, named);
        }

        String corrected(String room, NavigableSet<String> used) {
            String names = used.stream()
                    .map(name -> name + uses.getOrDefault(name, ""))
                    .collect(Collectors.joining(", "));
            return "| [`" + room + "`](" + SOURCES + room + ") | " + contents + " | " + (names.isEmpty() ? "–" : names)
                    + " |";
        }
    }

    @Test
    void theTableNamesEveryRoomAndAllThatItUses() throws IOException {
        Map<String, Row> rows = rows();
        NavigableMap<String, NavigableSet<String>> rooms = rooms();
        NavigableMap<String, NavigableSet<String>> table = new TreeMap<>();
        rows.forEach((room, row) -> table.put(room, new TreeSet<>(row.uses().keySet())));

        assertThat(table)
                .as("The table of rooms in docs/architecture.md should be:%n%s%n", corrected(rows, rooms))
                .isEqualTo(rooms);
    }

    private static Map<String, Row> rows() throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(PAGE)) {
            lines.map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
                assertThat(row.group(1)).as("name and link").isEqualTo(row.group(2));
                assertThat(rows.put(row.group(1), Row.of(row.group(3), row.group(4))))
                        .as("one row for %s", row.group(1))
                        .isNull();
            });
        }
        return rows;
    }

    /** The packages of the core, and the others that the classes of each use; all may use the errors. */
    private static NavigableMap<String, NavigableSet<String>> rooms() throws IOException {
        NavigableMap<String, NavigableSet<String>> rooms = new TreeMap<>();
        try (Stream<Path> folders = Files.list(PAGE.resolveSibling(SOURCES))) {
            folders.forEach(folder -> rooms.put(folder.getFileName().toString(), new TreeSet<>()));
        }
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(rooms.keySet().stream().map(OURS::concat).toList());
        for (JavaClass type : classes) {
            String room = room(type);
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(OURS))
                    .map(RoomsTest::room)
                    .filter(other -> !other.equals(room) && !other.equals("error"))
                    .forEach(rooms.get(room)::add);
        }
        return rooms;
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName().substring(OURS.length());
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    private static String corrected(Map<String, Row> rows, NavigableMap<String, NavigableSet<String>> rooms) {
        Map<String, Row> all = new LinkedHashMap<>(rows);
        rooms.keySet().forEach(room -> all.putIfAbsent(room, Row.of("…", "")));
        return all.entrySet().stream()
                .filter(entry -> rooms.containsKey(entry.getKey()))
                .map(entry -> entry.getValue().corrected(entry.getKey(), rooms.get(entry.getKey())))
                .collect(Collectors.joining("\n"));
    }
}
