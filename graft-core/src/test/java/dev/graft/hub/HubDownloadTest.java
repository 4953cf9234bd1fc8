package dev.graft.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.hub.FakeHub.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens to downloads that meet trouble. */
class HubDownloadTest extends HubFixture {
    HubDownloadTest() throws IOException {}

    @Test
    void aBusyHubIsAskedAgainAfterTheTimeItAsksFor() {
        server.failWith(429, 503);

        assertThat(hub().fetch(ID).weights()).exists();
        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void aHubThatStaysBusyIsGivenUp() {
        server.failWith(500, 500, 500, 500, 500);

        assertThatThrownBy(() -> hub().fetch(ID))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("HTTP status 500");
        assertThat(pauses).hasSize(4);
    }

    @Test
    void aBodyThatBreaksOffIsContinuedWhereItEnded() {
        server.cutAfter(70_000, 30_000);

        assertThat(hub().fetch(ID).weights()).hasBinaryContent(weights);
        List<String> ranges = server.downloads().stream().map(Request::range).toList();
        assertThat(ranges).hasSize(3).startsWith("null").doesNotContain("bytes=0-");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void aLaterRunGoesOnWithWhatAnEarlierOneLeft() throws IOException {
        Files.createDirectories(blob().getParent());
        Path part = blob().resolveSibling(blob().getFileName() + ".incomplete");
        Files.write(part, java.util.Arrays.copyOf(weights, 1234));

        assertThat(hub().fetch(ID).weights()).hasBinaryContent(weights);
        assertThat(server.downloads()).singleElement().satisfies(request -> assertThat(request.range())
                .isEqualTo("bytes=1234-"));
    }

    @Test
    void aDamagedLeftoverIsThrownAwayAndTheFileFetchedWhole() throws IOException {
        Files.createDirectories(blob().getParent());
        Path part = blob().resolveSibling(blob().getFileName() + ".incomplete");
        Files.write(part, new byte[1234]);

        assertThat(hub().fetch(ID).weights()).hasBinaryContent(weights);
        Files.delete(hub().fetch(ID).weights());
        Files.delete(blob());
        Files.write(part, new byte[weights.length + 10]);
        assertThat(hub().fetch(ID).weights()).hasBinaryContent(weights);
    }

    @Test
    void aServerThatKnowsNoRangesIsReadFromTheBeginning() {
        server.cutAfter(70_000);
        server.forgetRanges();

        assertThat(hub().fetch(ID).weights()).hasBinaryContent(weights);
    }

    @Test
    void aServerThatRefusesTheRangeIsReadFromTheBeginning() {
        server.cutAfter(70_000);
        server.refuseRanges();

        assertThat(hub().fetch(ID).weights()).hasBinaryContent(weights);
        assertThat(server.downloads()).extracting(Request::range).hasSize(3).endsWith("null");
    }

    @Test
    void aBodyThatStallsIsGivenUpAndTriedAgain() {
        server.cutAfter(1000, 1000, 1000, 1000, 1000);
        server.stall();

        assertThatThrownBy(() -> hub(Duration.ofMillis(200), Long.MAX_VALUE).fetch(ID))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("what was downloaded so far is kept");
        assertThat(blob()).doesNotExist();
    }

    @Test
    void aFileThatIsNotWhatWasAnnouncedIsDeleted() {
        byte[] other = weights.clone();
        other[other.length - 1] ^= 1;
        server.falsify("model.safetensors", other);

        assertThatThrownBy(() -> hub().fetch(ID))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining(FakeHub.hex("SHA-256", weights))
                .hasMessageContaining(FakeHub.hex("SHA-256", other));
        assertThat(blob()).doesNotExist();
        assertThat(partsLeft()).isEmpty();
    }

    @Test
    void moreBytesThanAnnouncedAreRefused() {
        server.falsify("model.safetensors", java.util.Arrays.copyOf(weights, weights.length + 1));

        assertThatThrownBy(() -> hub().fetch(ID))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(weights.length + " bytes, as announced");
        assertThat(blob()).doesNotExist();
    }

    @Test
    void aServerThatAnnouncesNoDigestIsRefused() {
        server.hideDigests();

        assertThatThrownBy(() -> hub().fetch(ID))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("X-Linked-Etag");
        assertThat(server.downloads()).isEmpty();
    }

    @Test
    void aDiskThatIsTooFullIsToldBeforeTheDownload() {
        assertThatThrownBy(() -> hub(Duration.ofSeconds(20), 1000).fetch(ID))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("not enough space")
                .hasMessageContaining("1000 bytes free");
        assertThat(server.downloads()).isEmpty();
    }

    @Test
    void manyAtOnceLeaveOneWholeFile() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<HubFiles>> calls = IntStream.range(0, 6)
                    .<Callable<HubFiles>>mapToObj(i -> () -> hub().fetch(ID))
                    .toList();
            for (Future<HubFiles> files : threads.invokeAll(calls)) {
                assertThat(files.get().weights()).hasBinaryContent(weights);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(partsLeft()).isEmpty();
    }
}
