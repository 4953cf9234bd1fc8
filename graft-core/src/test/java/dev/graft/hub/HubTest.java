package dev.graft.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Environment;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.hub.FakeHub.Request;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsWriter;
import dev.graft.weights.TensorFile;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTest {
    private static final HubId ID = HubId.parse("hf:owner/model");
    private static final HubId PINNED = HubId.parse("hf:owner/model@" + FakeHub.COMMIT);
    private static final int VALUES = 50_000;

    @TempDir
    private Path folder = Path.of("");

    private FakeHub server;
    private final List<Duration> pauses = new ArrayList<>();
    private byte[] weights = {};

    HubTest() throws IOException {
        server = new FakeHub();
    }

    @BeforeEach
    void fill() {
        weights = safetensors("weight", VALUES);
        server.put("config.json", "{\"architecture\": \"resnet18\"}");
        server.put("model.safetensors", weights);
        server.put("pytorch_model.bin", "a pickle");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static byte[] safetensors(String name, int values) {
        float[] ramp = new float[values];
        for (int i = 0; i < values; i++) {
            ramp[i] = i;
        }
        return SafetensorsWriter.toBytes(WeightSet.of(Map.of(name, FloatTensor.of(ramp, values))), Map.of());
    }

    private Hub hub(String... variables) {
        return hub(Duration.ofSeconds(20), Long.MAX_VALUE, variables);
    }

    private Hub hub(Duration limit, long free, String... variables) {
        Map<String, String> all =
                new java.util.HashMap<>(Map.of("HF_ENDPOINT", server.address() + "/", "HF_HOME", folder.toString()));
        IntStream.range(0, variables.length / 2).forEach(i -> all.put(variables[2 * i], variables[2 * i + 1]));
        return new Hub(new Environment(all, folder.resolve("home")), limit, pauses::add, directory -> free);
    }

    private Path repository() {
        return folder.resolve("hub").resolve("models--owner--model");
    }

    private Path blob() {
        return repository().resolve("blobs").resolve(FakeHub.hex("SHA-256", weights));
    }

    @Test
    void weightsAndConfigLieWhereTheHubsOwnLibraryKeepsThem() throws IOException {
        HubFiles files = hub().fetch(ID);

        assertThat(files.commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(files.directory())
                .isEqualTo(repository().resolve("snapshots").resolve(FakeHub.COMMIT));
        assertThat(files.weights()).isEqualTo(files.directory().resolve("model.safetensors"));
        assertThat(files.weights().toRealPath()).isEqualTo(blob().toRealPath());
        assertThat(Files.readString(files.configFile().orElseThrow())).contains("resnet18");
        assertThat(repository().resolve("refs").resolve("main")).hasContent(FakeHub.COMMIT);
        try (TensorFile file = TensorFile.open(files.weights())) {
            assertThat(file.read("weight").elements()).isEqualTo(VALUES);
        }
        assertThat(partsLeft()).isEmpty();
    }

    @Test
    void picklesAreNeitherDownloadedNorTakenForWeights() {
        HubFiles files = hub().fetch(ID);

        assertThat(files.directory().resolve("pytorch_model.bin")).doesNotExist();
        assertThat(server.requests()).noneMatch(request -> request.path().contains("pytorch"));
    }

    @Test
    void whatIsCachedIsNotDownloadedAgain() {
        hub().fetch(ID);
        int downloads = downloads();

        assertThat(hub().fetch(ID).weights()).exists();
        assertThat(downloads()).isEqualTo(downloads);
    }

    @Test
    void aPinnedCommitThatIsCachedNeedsNoNetwork() {
        hub().fetch(PINNED);
        int requests = server.requests().size();

        assertThat(hub().fetch(PINNED).commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(server.requests()).hasSize(requests);
    }

    @Test
    void aBranchThatMovedBringsItsNewFiles() throws IOException {
        hub().fetch(ID);
        String later = "f".repeat(40);
        server.commit(later);
        server.put("model.safetensors", safetensors("later", 10));

        HubFiles files = hub().fetch(ID);

        assertThat(files.commit()).isEqualTo(later);
        assertThat(Files.size(files.weights())).isLessThan(weights.length);
        assertThat(repository().resolve("refs").resolve("main")).hasContent(later);
    }

    @Test
    void aRevisionMayHaveSlashes() {
        assertThat(hub().fetch(HubId.parse("hf:owner/model@refs/pr/1")).weights())
                .exists();
        assertThat(repository().resolve("refs/refs/pr/1")).hasContent(FakeHub.COMMIT);
    }

    @Test
    void allShardsOfAnIndexAreFetched() {
        server.put("shards/a.safetensors", safetensors("a", 3));
        server.put("shards/b.safetensors", safetensors("b", 4));
        server.put(
                "shards/model.safetensors.index.json",
                "{\"weight_map\": {\"a\": \"a.safetensors\", \"b\": \"b.safetensors\"}}");
        HubId id = HubId.parse("hf:owner/model@main:shards/model.safetensors.index.json");

        try (TensorFile file = TensorFile.open(hub().fetch(id).weights())) {
            assertThat(file.tensors().keySet()).containsExactly("a", "b");
        }
        assertThat(hub("HF_HUB_OFFLINE", "1").fetch(id).weights()).exists();
    }

    @Test
    void anIndexThatLeadsOutOfItsFolderIsRefused() {
        server.put("bad.safetensors.index.json", "{\"weight_map\": {\"a\": \"../../../escaped.safetensors\"}}");

        assertThatThrownBy(() -> hub().fetch(HubId.parse("hf:owner/model@main:bad.safetensors.index.json")))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("outside the index's own folder");
    }

    @Test
    void theTokenGoesToTheHubAndNeverToTheServerItSendsTo() {
        server.gate("secret");

        assertThat(hub("HF_TOKEN", "secret").fetch(ID).weights()).exists();
        assertThat(server.downloads()).isNotEmpty().allMatch(request -> request.authorization()
                .equals("null"));
        assertThat(server.requests())
                .filteredOn(request -> request.server().equals("hub"))
                .allMatch(request -> request.authorization().equals("Bearer secret"));
    }

    @Test
    void aGatedModelSaysWhereToAcceptItsTermsAndNeverShowsTheToken() {
        server.gate("secret");

        assertThatThrownBy(() -> hub().fetch(ID))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(server.address() + "/owner/model")
                .hasMessageContaining("HF_TOKEN");
        assertThatThrownBy(() -> hub("HF_TOKEN", "wrong-token").fetch(ID))
                .hasMessageContaining("with the token in HF_TOKEN")
                .hasMessageNotContaining("wrong-token");
    }

    @Test
    void aMissingModelRevisionOrFileIsNamed() {
        assertThatThrownBy(() -> hub().fetch(HubId.parse("hf:owner/other")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no model 'owner/other'");
        assertThatThrownBy(() -> hub().fetch(HubId.parse("hf:owner/model@v9")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no revision 'v9'");
        assertThatThrownBy(() -> hub().fetch(HubId.parse("hf:owner/model@main:absent.safetensors")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("absent.safetensors")
                .hasMessageContaining("model.safetensors");
    }

    @Test
    void aModelWithoutSafetensorsSaysWhatItHas() throws IOException {
        server.close();
        server = new FakeHub();
        server.put("pytorch_model.bin", "a pickle");

        assertThatThrownBy(() -> hub().fetch(ID))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("pytorch_model.bin")
                .hasMessageContaining("safetensors");
    }

    @Test
    void offlineAndNotCachedNamesThePathAndTheAddress() {
        assertThatThrownBy(() -> hub("GRAFT_OFFLINE", "1").fetch(ID))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(repository().toString())
                .hasMessageContaining(server.address() + "/api/models/owner/model/revision/main")
                .hasMessageContaining("GRAFT_OFFLINE=1");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void offlineTakesWhatIsCached() {
        hub().fetch(ID);
        int requests = server.requests().size();

        HubFiles files = hub("HF_HUB_OFFLINE", "1").fetch(ID);

        assertThat(files.weights()).exists();
        assertThat(files.configFile()).isPresent();
        assertThat(server.requests()).hasSize(requests);
    }

    @Test
    void aHubThatIsDownIsReplacedByTheCacheOrNamed() {
        hub().fetch(ID);
        server.close();

        assertThat(hub().fetch(ID).weights()).exists();
        assertThatThrownBy(() -> hub().fetch(HubId.parse("hf:owner/other")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot connect");
    }

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

    @Test
    void withoutLinksOfItsOwnTheCacheIsBelowGraftHome() {
        Hub hub = new Hub(
                new Environment(
                        Map.of(
                                "HF_ENDPOINT",
                                server.address().toString(),
                                "GRAFT_HOME",
                                folder.resolve("g").toString()),
                        folder),
                Duration.ofSeconds(20),
                pauses::add,
                directory -> Long.MAX_VALUE);

        assertThat(hub.fetch(ID).directory()).startsWith(folder.resolve("g").resolve("hub"));
    }

    @Test
    void anEndpointThatIsNoAddressIsRefused() {
        assertThatThrownBy(() -> Hub.of(new Environment(Map.of("HF_ENDPOINT", "file:///etc"), folder)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("file:///etc");
    }

    private int downloads() {
        return (int) server.requests().stream().filter(Request::isDownload).count();
    }

    private List<Path> partsLeft() {
        try (Stream<Path> files = Files.walk(repository())) {
            return files.filter(path ->
                            path.toString().endsWith(".part") || path.toString().endsWith(".incomplete"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
