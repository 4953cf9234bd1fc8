package dev.graft.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.data.Environment;
import dev.graft.error.GraftException;
import dev.graft.hub.HubId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models for texts, from the hub's cache on this machine. */
class HubTextsTest {
    private static final Path BERT = Path.of("src", "test", "resources", "text", "bert");
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aModelForTextsIsNamedAfterItsRepositoryAndRemembersItsCommit() throws IOException {
        Environment offline = cached("config.json", "tokenizer.json", "model.safetensors");

        Backbone backbone = PublicWeights.fetch(HubId.parse("hf:owner/tiny-bert"), offline);

        assertThat(backbone.id()).isEqualTo("tiny-bert");
        assertThat(backbone.architecture().tokenization().tokens("good").ids()).isNotEmpty();
        assertThat(backbone.card().origin()).isEqualTo("hub");
        assertThat(backbone.card().command()).contains("owner/tiny-bert", COMMIT);
        Path directory = folder.resolve("backbone");
        Bundle.write(directory, backbone, false);
        assertThat(Bundle.readBackbone(directory).architecture().stages())
                .isEqualTo(backbone.architecture().stages());
    }

    @Test
    void withoutItsTokenizerItIsRefused() throws IOException {
        Environment offline = cached("config.json", "model.safetensors");

        assertThatThrownBy(() -> PublicWeights.fetch(HubId.parse("hf:owner/tiny-bert"), offline))
                .isInstanceOf(GraftException.class)
                .hasMessageContaining("tokenizer.json");
    }

    private Environment cached(String... files) throws IOException {
        Path hub = folder.resolve("hub");
        Path model = hub.resolve("models--owner--tiny-bert");
        Path snapshot = Files.createDirectories(model.resolve("snapshots").resolve(COMMIT));
        for (String file : List.of(files)) {
            Files.copy(BERT.resolve(file), snapshot.resolve(file));
        }
        Files.createDirectories(model.resolve("refs"));
        Files.write(model.resolve("refs/main"), COMMIT.getBytes(StandardCharsets.US_ASCII));
        return new Environment(Map.of("GRAFT_OFFLINE", "1", "HF_HUB_CACHE", hub.toString()), folder);
    }
}
