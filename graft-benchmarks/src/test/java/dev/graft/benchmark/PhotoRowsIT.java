package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows on photographs; a peer that computes other features than Graft would end the measurement. */
@Tag("slow")
class PhotoRowsIT {
    @TempDir
    private Path directory;

    private final List<String> failures = new ArrayList<>();

    @Test
    void enginesComputeTheFeaturesOfAPhotographThatGraftComputes() {
        List<String> peers = List.of("tensorflow", "djl", "onnxruntime");

        Row row = measure(Task.photoFeatures("photo-features", 3), peers);

        assertThat(failures).isEmpty();
        assertThat(row.peers()).containsOnlyKeys(peers);
    }

    @Test
    void aHeadIsTrainedOnTheSameFeaturesWithoutACache() {
        Row row = measure(Task.photos("photo-fit", Task.Kind.PHOTO_FIT, 32), List.of("tensorflow"));

        assertThat(failures).isEmpty();
        assertThat(row.peers()).containsOnlyKeys("tensorflow");
    }

    private Row measure(Task task, List<String> peers) {
        Path log = directory.resolve("peers.log");
        try (SideBySide sideBySide = new SideBySide(peers, SideBySide.Effort.SMALLEST, log, failures::add)) {
            return sideBySide.measure(new Catalogue.Entry(task, Map.of()), null);
        }
    }
}
