package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.AdapterBundle;
import dev.graft.bundle.Bundle;
import dev.graft.prediction.Classifier;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bundles of every kind that an old release wrote load for ever, and predict what they always did. */
class ReleasedTextBundlesIT {
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-6f);

    @Test
    void bundlesOfTextsItemsAndAdaptersPredictWhatTheyAlwaysDid() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(ReleasedTextBundlesIT.class.getResource("/bundles/expected.json"))
                        .toURI())
                .getParent();
        JsonNode expected;
        try (InputStream in = ReleasedTextBundlesIT.class.getResourceAsStream("/bundles/expected.json")) {
            expected = JsonMapper.shared().readTree(Objects.requireNonNull(in).readAllBytes());
        }
        Map<String, float[][]> found = predictions(Objects.requireNonNull(folder));

        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
        found.forEach((name, rows) -> {
            assertThat(rows).as(name).hasNumberOfRows(expected.path(name).size());
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < rows[i].length; j++) {
                    assertThat(rows[i][j])
                            .as("%s, example %d, class %d", name, i, j)
                            .isCloseTo(expected.path(name).path(i).path(j).floatValue(), TOLERANCE);
                }
            }
        });
    }

    /** What the bundles in a folder say of the examples, by name. */
    static Map<String, float[][]> predictions(Path folder) {
        Map<String, float[][]> found = new LinkedHashMap<>();
        Backbone bert = TextBackbones.open(Fixtures.folder("bert"));
        try (Classifier text = new Classifier(Bundle.read(folder.resolve("text")));
                Classifier adapted = new Classifier(
                        AdapterBundle.read(folder.resolve("adapters")).merge(bert));
                Classifier image = new Classifier(Bundle.read(folder.resolve("image")));
                Classifier items = new Classifier(Bundle.read(folder.resolve("items")));
                Classifier numbers = new Classifier(Bundle.read(folder.resolve("numbers")))) {
            found.put("text", text.probabilitiesOfTexts(ReleasedTextBundles.TEXTS));
            found.put("adapters", adapted.probabilitiesOfTexts(ReleasedTextBundles.TEXTS));
            found.put("image", image.probabilities(ReleasedTextBundles.images()));
            found.put("items", items.probabilitiesOfItems(ReleasedTextBundles.items()));
            found.put("numbers", numbers.probabilitiesOfItems(ReleasedTextBundles.items()));
        }
        return found;
    }
}
