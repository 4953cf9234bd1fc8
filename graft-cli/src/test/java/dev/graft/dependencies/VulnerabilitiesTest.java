package dev.graft.dependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VulnerabilitiesTest {
    @TempDir
    private Path records;

    /** The environment's {@code GRAFT_OSV} names a folder of records, such as the unpacked export of all that is Maven. */
    @Test
    void noneIsKnownOfTheLibrariesOfTheLock() throws IOException {
        String given = System.getenv().getOrDefault("GRAFT_OSV", "");
        assumeTrue(!given.isEmpty(), "no database of vulnerabilities is given");

        assertThat(Vulnerabilities.known(Lock.written(), Path.of(given))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.26.0, true",
        "1.25.0, true",
        "1.3, true",
        "1.26.1, false",
        "1.28.0, false",
        "1.2, false",
        "2.0, true",
        "2.1, true",
        "2.1.1, false",
        "9.9-alpha, true"
    })
    void aVersionIsAffectedFromWhereItIsIntroducedToWhereItIsFixed(String version, boolean affected)
            throws IOException {
        write("Maven", "org.example:packer", "");

        List<String> found = Vulnerabilities.known(List.of(packer(version)), records);

        assertThat(found).hasSize(affected ? 1 : 0);
        assertThat(found).allMatch(line -> line.equals("org.example:packer:" + version + "  X-2026-1  Endless loop"));
    }

    @Test
    void otherPackagesOtherEcosystemsAndWithdrawnRecordsSayNothing() throws IOException {
        for (Map.Entry<String, String> other : Map.of("npm", "org.example:packer", "Maven", "org.example:other")
                .entrySet()) {
            write(other.getKey(), other.getValue(), "");
            assertThat(Vulnerabilities.known(List.of(packer("1.25.0")), records))
                    .isEmpty();
        }
        write("Maven", "org.example:packer", "\"withdrawn\": \"2026-01-01T00:00:00Z\",");
        assertThat(Vulnerabilities.known(List.of(packer("1.25.0")), records)).isEmpty();
    }

    private void write(String ecosystem, String name, String more) throws IOException {
        Files.writeString(records.resolve("X-2026-1.json"), """
                {"id": "X-2026-1", "summary": "Endless loop", %s "affected": [{
                  "package": {"ecosystem": "%s", "name": "%s"},
                  "versions": ["9.9-alpha"],
                  "ranges": [
                    {"type": "ECOSYSTEM", "events": [{"introduced": "1.3"}, {"fixed": "1.26.1"}]},
                    {"type": "ECOSYSTEM", "events": [{"introduced": "2.0"}, {"last_affected": "2.1"}]}]}]}
                """.formatted(more, ecosystem, name));
    }

    private static LockedLibrary packer(String version) {
        return new LockedLibrary("org.example", "packer", version, "", "00");
    }
}
