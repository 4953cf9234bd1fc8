package dev.graft.source;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.fuzzing.Hostile;
import dev.graft.fuzzing.Scratch;
import dev.graft.fuzzing.Seeds;
import dev.graft.hub.HubId;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The preprocessing that a published model states. */
class PublishedSettingsFuzzTest {
    private static final Architecture RESNET = Architectures.named("resnet18");
    private static final HubId ID = HubId.parse("hf:timm/resnet18.a1_in1k");

    static Stream<byte[]> preprocessingSeeds() {
        return Seeds.texts("""
                {"architecture": "resnet18", "pretrained_cfg": {"input_size": [3, 224, 224], "mean": [0.485, 0.456, 0.406],
                "std": [0.229, 0.224, 0.225], "interpolation": "bicubic", "crop_pct": 0.95, "license": "apache-2.0"}}
                """, """
                {"pretrained_cfg": {"input_size": [3, "a", 1e400], "mean": [[]], "std": [0, -1, "x"], "crop_pct": "NaN"}}
                """);
    }

    @MethodSource("preprocessingSeeds")
    @FuzzTest
    void preprocessing(byte[] content) throws IOException {
        Hostile.readOrRefuse(content.length, () -> {
            HubConfig config = HubConfig.read(Scratch.file("published/config.json", content));
            config.license();
            config.prepared(RESNET, ID);
        });
    }
}
