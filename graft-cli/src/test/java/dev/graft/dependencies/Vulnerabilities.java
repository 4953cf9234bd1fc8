package dev.graft.dependencies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares libraries with a folder of OSV records (https://ossf.github.io/osv-schema/), one JSON file for each. */
final class Vulnerabilities {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Vulnerabilities() {}

    /** A line for each library and record that speaks of its version. */
    static List<String> known(List<LockedLibrary> libraries, Path records) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(records)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JsonNode vulnerability = read(file);
                for (LockedLibrary library : libraries) {
                    if (!vulnerability.has("withdrawn") && affects(vulnerability, library)) {
                        found.add(library.packageName() + ":" + library.version() + "  "
                                + vulnerability.path("id").asString("") + "  "
                                + vulnerability.path("summary").asString(""));
                    }
                }
            }
        }
        return found;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean affects(JsonNode vulnerability, LockedLibrary library) {
        for (JsonNode affected : vulnerability.path("affected")) {
            JsonNode named = affected.path("package");
            if (named.path("ecosystem").asString("").equals("Maven")
                    && named.path("name").asString("").equals(library.packageName())
                    && (listed(affected, library.version()) || inARange(affected, library.version()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean listed(JsonNode affected, String version) {
        for (JsonNode one : affected.path("versions")) {
            if (one.asString("").equals(version)) {
                return true;
            }
        }
        return false;
    }

    /** By the schema's algorithm: the last event at or before the version decides. */
    private static boolean inARange(JsonNode affected, String version) {
        ComparableVersion ours = new ComparableVersion(version);
        for (JsonNode range : affected.path("ranges")) {
            boolean inside = false;
            for (JsonNode event : range.path("events")) {
                if (event.has("introduced")) {
                    String from = event.path("introduced").asString("");
                    inside |= from.equals("0") || ours.compareTo(new ComparableVersion(from)) >= 0;
                } else if (event.has("fixed")) {
                    inside &= ours.compareTo(
                                    new ComparableVersion(event.path("fixed").asString("")))
                            < 0;
                } else if (event.has("last_affected")) {
                    inside &= ours.compareTo(new ComparableVersion(
                                    event.path("last_affected").asString("")))
                            <= 0;
                }
            }
            if (inside) {
                return true;
            }
        }
        return false;
    }
}
