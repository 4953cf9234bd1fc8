package dev.graft.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubIdTest {
    @ParameterizedTest
    @CsvSource({
        "hf:owner/name, owner/name, main, ",
        "hf:gpt2, gpt2, main, ",
        "hf:timm/resnet18.a1_in1k@v1.0, timm/resnet18.a1_in1k, v1.0, ",
        "hf:o/n@refs/pr/1, o/n, refs/pr/1, ",
        "hf:o/n:sub/model.safetensors, o/n, main, sub/model.safetensors",
        "hf:o/n@abc:w.h5, o/n, abc, w.h5"
    })
    void readsRepositoryRevisionAndFile(String text, String repository, String revision, String file) {
        assertThat(HubId.parse(text)).isEqualTo(new HubId(repository, revision, file));
        assertThat(HubId.parse(HubId.parse(text).toString())).isEqualTo(HubId.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owner/name",
                "hf:",
                "hf:a/b/c",
                "hf:../name",
                "hf:owner/..",
                "hf:owner/name@",
                "hf:owner/name@../../etc",
                "hf:owner/name@a/./b",
                "hf:owner/name:../w",
                "hf:owner/name:/etc/passwd",
                "hf:owner/name:a b",
                "hf:owner/name:a?b",
                "hf:owner\\name",
                "hf:own--er/name",
                "hf:owner/name@main:a:b"
            })
    void refusesWhatIsNoNameOrLeadsElsewhere(String text) {
        assertThatThrownBy(() -> HubId.parse(text))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("hf:owner/name@revision:file");
    }

    @Test
    void onlyACommitIsPinned() {
        assertThat(HubId.parse("hf:o/n@" + FakeHub.COMMIT).isPinned()).isTrue();
        assertThat(HubId.parse("hf:o/n@v1").isPinned()).isFalse();
    }
}
