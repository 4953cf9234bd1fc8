package dev.graft.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Environment;
import dev.graft.error.GraftException;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.weights.TensorFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HubTest extends HubFixture {
    HubTest() throws IOException {}

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
    void aModelForTextsBringsItsTokenizerAlsoToAnOlderCache() throws IOException {
        server.put("config.json", "{\"model_type\": \"bert\"}");
        Path old = hub().fetch(PINNED).directory();
        assertThat(old.resolve("tokenizer.json")).doesNotExist();
        server.put("tokenizer.json", "{}");

        assertThat(hub().fetch(PINNED).directory().resolve("tokenizer.json")).hasContent("{}");
        int requests = server.requests().size();
        hub().fetch(PINNED);
        assertThat(server.requests()).hasSize(requests);
    }

    @Test
    void whatChangesAModelsArithmeticComesAlong() throws IOException {
        server.put("modules.json", "[]");
        server.put("1_Pooling/config.json", "{\"pooling_mode_cls_token\": true}");
        server.put("sentence_bert_config.json", "{}");
        server.put("tokenizer_config.json", "{}");
        server.put("training_args.json", "{}");

        Path directory = hub().fetch(ID).directory();
        assertThat(directory.resolve("1_Pooling/config.json")).content().contains("cls_token");
        assertThat(directory.resolve("modules.json")).exists();
        assertThat(directory.resolve("sentence_bert_config.json")).exists();
        assertThat(directory.resolve("tokenizer_config.json")).exists();
        assertThat(directory.resolve("training_args.json")).doesNotExist();
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

    @Test
    void noMessageShowsTheSecretsOfAnAddress() {
        for (String endpoint : List.of(
                "http://user:secret@127.0.0.1:1", "http:/user:secret@host", "user:secret@host", "http://secret@")) {
            assertThatThrownBy(() -> Hub.of(new Environment(Map.of("HF_ENDPOINT", endpoint), folder))
                            .fetch(ID))
                    .isInstanceOf(GraftException.class)
                    .satisfies(thrown -> assertThat(trace(thrown)).doesNotContain("secret"));
        }
    }

    @Test
    void whatCannotBeATokenIsRefusedWithoutBeingShown() {
        for (String token : List.of("sec ret", "sec\nret", "sécret")) {
            assertThatThrownBy(() -> hub("HF_TOKEN", token).fetch(ID))
                    .isInstanceOf(SettingsException.class)
                    .satisfies(thrown ->
                            assertThat(trace(thrown)).contains("HF_TOKEN").doesNotContain(token, "ret\""));
        }
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
