package dev.graft.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Tabular;
import dev.graft.data.ColumnKind;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.preparation.BagOfWords;
import dev.graft.preparation.NumberScaling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedCutTest {
    @Test
    void everyStageOfASmallNetworkIsRecorded() {
        Cut cut = only("digits-cnn");

        assertThat(cut.stages()).containsExactly("conv1", "pool1", "conv2", "pool2", "dense");
        assertThat(cut.isPooledBy(Pooling.MEAN_MAX_STD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tf_efficientnet_lite0", "resnet18", "resnet50", "mobilenet_v2", "convnext_tiny"})
    void ofWideNetworksMeansAreRecordedAsFarAsThereIsRoom(String id) {
        Cut cut = only(id);

        assertThat(cut.isPooledBy(Pooling.MEAN)).isTrue();
        assertThat(cut.features(Architectures.named(id))).isBetween(512, RecordedCut.MOST_FEATURES);
    }

    @Test
    void branchesShareTheRoom() {
        Architecture wide = Architectures.named("resnet50");
        String last = last(wide);
        List<ModelBranch> branches = List.of(
                new ModelBranch("front", ColumnKind.IMAGE, List.of("front"), wide, Cut.at(last)),
                new ModelBranch("back", ColumnKind.IMAGE, List.of("back"), wide, Cut.at(last)),
                new ModelBranch(
                        "size",
                        ColumnKind.NUMBER,
                        List.of("size"),
                        Tabular.architecture("size", new NumberScaling(List.of("size"), List.of(1.0), List.of(1.0))),
                        Cut.at(Tabular.VALUES)));

        List<Cut> cuts = RecordedCut.of(branches).orElseThrow();

        int sum = 0;
        for (int i = 0; i < cuts.size(); i++) {
            sum += cuts.get(i).features(branches.get(i).architecture());
        }
        assertThat(cuts).hasSize(3);
        assertThat(sum).isLessThanOrEqualTo(RecordedCut.MOST_FEATURES);
    }

    @Test
    void manyCountedWordsAreNotRecorded() {
        Map<String, Double> terms = new HashMap<>();
        for (int i = 0; i < 2 * RecordedCut.MOST_FEATURES; i++) {
            terms.put("word" + i, 1.0);
        }
        Architecture words = Tabular.architecture("bag-of-words", BagOfWords.of(terms));

        assertThat(RecordedCut.of(List.of(ModelBranch.only(words, Cut.at(Tabular.VALUES)))))
                .isEmpty();
    }

    private static Cut only(String id) {
        Architecture architecture = Architectures.named(id);
        return RecordedCut.of(List.of(ModelBranch.only(architecture, Cut.at(last(architecture)))))
                .orElseThrow()
                .get(0);
    }

    private static String last(Architecture architecture) {
        return architecture
                .featureStages()
                .get(architecture.featureStages().size() - 1)
                .name();
    }
}
