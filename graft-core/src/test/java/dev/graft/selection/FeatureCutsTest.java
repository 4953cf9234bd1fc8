package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Initialization;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureCutsTest {
    static Stream<Architecture> networks() {
        return Stream.concat(Architectures.ids().stream().map(Architectures::named), Stream.of(manyVectors()));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyStageIsTriedAloneAndNoCutTwice(Architecture network) {
        List<Cut> cuts = FeatureCuts.of(network);

        assertThat(new HashSet<>(cuts)).hasSameSizeAs(cuts);
        assertThat(cuts).allMatch(cut -> !cut.stages().isEmpty());
        assertThat(cuts)
                .containsAll(FeatureCuts.stages(network).stream()
                        .map(stage -> new Cut(List.of(stage), Pooling.MEAN_MAX_STD))
                        .toList());
        // What is chosen where nothing can be compared.
        assertThat(cuts.get(0).stages())
                .hasSizeGreaterThan(FeatureCuts.stages(network).size() - 2);
    }

    @Test
    void ofManyFeatureMapsFewerRunsAreTried() {
        assertThat(FeatureCuts.of(Architectures.named("tf_efficientnet_lite0")))
                .hasSize(28)
                .contains(new Cut(
                        List.of("blocks.2", "blocks.3", "blocks.4", "blocks.5", "blocks.6"), Pooling.MEAN_MAX_STD))
                .doesNotContain(new Cut(List.of("blocks.2", "blocks.3"), Pooling.MEAN_MAX_STD));
        assertThat(FeatureCuts.of(manyVectors())).hasSize(1 + 2 * 10 + 12);
    }

    @ParameterizedTest
    @CsvSource({
        "tf_efficientnet_lite0, 0.4, blocks.5",
        "tf_efficientnet_lite0, 0.1, head",
        "tf_efficientnet_lite0, 1, stem",
        "resnet18, 0.4, layer4",
        "digits-cnn, 0, dense"
    })
    void theEndOfANetworkIsWhatCostsNoMoreThanItsShare(String id, double share, String stage) {
        assertThat(FeatureCuts.end(Architectures.named(id), share)).isEqualTo(stage);
    }

    /** As many stages as a large transformer has, and no feature map. */
    private static Architecture manyVectors() {
        List<Stage> stages = new ArrayList<>();
        stages.add(Stage.of("flatten", new Layer.Flatten()));
        for (int i = 0; i < 12; i++) {
            stages.add(Stage.of("dense" + i, new Layer.Linear("dense" + i, 4, 4)));
        }
        stages.add(Stage.of("logits", new Layer.Linear("logits", 4, 2)));
        return new Architecture("many", Preprocessing.unitRange(2, 2, 1), stages, Initialization.HE_UNIFORM);
    }
}
