package dev.graft.hub;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.fuzzing.Hostile;
import dev.graft.fuzzing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What the hub, or whoever answers in its place, says about a model; and what users say is a model's name. */
class HubAnswersFuzzTest {
    private static final URI ADDRESS = URI.create("https://localhost/api/models/a/b");

    static Stream<byte[]> listingSeeds() {
        return Seeds.texts(
                "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\":"
                        + " [{\"rfilename\": \"config.json\"}, {\"rfilename\": \"model.safetensors\"}]}",
                "{\"sha\": [], \"siblings\": {\"rfilename\": {}}}",
                "{\"error\": \"Repository not found\"}");
    }

    @MethodSource("listingSeeds")
    @FuzzTest
    void listing(byte[] content) throws IOException {
        HubProblems problems = new HubProblems(HubId.parse("hf:a/b"), ADDRESS, false);
        Hostile.readOrRefuse(
                content.length, () -> HubListing.parse(new ByteArrayInputStream(content), ADDRESS, problems));
    }

    static Stream<byte[]> nameSeeds() {
        return Seeds.texts("hf:timm/resnet18.a1_in1k", "hf:a/b@main:model.safetensors", "hf:../b@../c:../../d");
    }

    @MethodSource("nameSeeds")
    @FuzzTest
    void name(byte[] content) throws IOException {
        String text = new String(content, StandardCharsets.UTF_8);
        Hostile.readOrRefuse(content.length, () -> HubId.parse(text));
        Hostile.readOrRefuse(content.length, () -> HubId.parse("hf:" + text));
    }
}
