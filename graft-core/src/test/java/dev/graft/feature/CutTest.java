package dev.graft.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutTest {
    private static final Architecture DIGITS = Architectures.named("digits-cnn");

    @Test
    void oneStageGivesItsWholeOutput() {
        Cut cut = Cut.at("pool2");

        assertThat(cut.features(DIGITS)).isEqualTo(1600);
        assertThat(cut.last(DIGITS)).isEqualTo("pool2");
        assertThat(cut.stageNames()).isEqualTo("pool2");
        assertThat(cut.poolingLabel()).isEqualTo("none");
    }

    @Test
    void featuresOfSeveralStagesAddUp() {
        assertThat(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2").features(DIGITS))
                .isEqualTo(3 * 32 + 3 * 64);
        assertThat(Cut.pooled(Pooling.MEAN, "conv1", "dense").features(DIGITS)).isEqualTo(32 + 64);
        assertThat(Cut.pooled(Pooling.NONE, "pool1", "dense").features(DIGITS)).isEqualTo(32 * 13 * 13 + 64);
    }

    @Test
    void orderIsThatOfTheNetworkWhateverTheUserWrote() {
        Cut cut = Cut.pooled(Pooling.MEAN, "dense", "conv1", "pool2");

        assertThat(cut.ordered(DIGITS)).extracting(Cut.Place::stage).containsExactly("conv1", "pool2", "dense");
        assertThat(cut.last(DIGITS)).isEqualTo("dense");
        assertThat(cut.stageNames()).isEqualTo("dense+conv1+pool2");
    }

    @Test
    void aStagePooledInTwoWaysGivesTheFeaturesOfBoth() {
        Cut cut = Cut.joined(List.of(
                Cut.pooled(Pooling.QUADRANTS, "conv2", "conv1"), Cut.pooled(Pooling.MEAN, "conv1"), Cut.at("dense")));

        assertThat(cut.features(DIGITS)).isEqualTo(4 * 64 + 4 * 32 + 32 + 64);
        assertThat(cut.stageNames()).isEqualTo("conv2+conv1+dense");
        assertThat(cut.poolingLabel()).isEqualTo("conv2 (quadrants), conv1 (quadrants), conv1 (mean), dense");
        assertThat(cut.ordered(DIGITS))
                .containsExactly(
                        new Cut.Place("conv1", Pooling.MEAN),
                        new Cut.Place("conv1", Pooling.QUADRANTS),
                        new Cut.Place("conv2", Pooling.QUADRANTS),
                        new Cut.Place("dense", Pooling.NONE));
        assertThat(Cut.joined(List.of(cut, cut))).isEqualTo(cut);
    }

    @Test
    void anUnknownStageIsAnsweredWithThoseThereAre() {
        Cut cut = Cut.pooled(Pooling.MEAN, "conv1", "conv9");

        for (Runnable question :
                List.<Runnable>of(() -> cut.features(DIGITS), () -> cut.last(DIGITS), () -> cut.ordered(DIGITS))) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(question::run)
                    .withMessageContaining("conv9")
                    .withMessageContaining("conv1, pool1, conv2");
        }
    }

    @Test
    void noStageAndRepeatedStagesAreRefused() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Cut.pooled(Pooling.MEAN))
                .withMessageContaining("at least one stage");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Cut.pooled(Pooling.MEAN, "conv1", "conv1"))
                .withMessageContaining("each only once");
    }

    @Test
    void copiesItsStages() {
        List<String> stages = new ArrayList<>(List.of("conv1"));
        Cut cut = new Cut(stages, Pooling.MAX);
        stages.clear();

        assertThat(cut.stages()).containsExactly("conv1");
    }
}
