package dev.graft.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.engine.Tap;
import dev.graft.feature.Pooling;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.Relu;
import dev.graft.layer.Stage;
import dev.graft.preparation.Tokenization;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which networks can be shown exactly, and where the cells of their maps lie. */
class ClassActivationTest {
    private static final WeightSet NONE = WeightSet.of(Map.of());

    @ParameterizedTest
    @CsvSource({
        "resnet18, pool, true",
        "mobilenet_v2, pool, true",
        "efficientnet_b0, pool, true",
        "tf_efficientnet_lite0, pool, true",
        "cifar-resnet, pool, true",
        "digits-cnn, flatten, true",
        "digits-cnn, dense, false",
        "convnext_tiny, pool, false"
    })
    void theLastStageBeforeTheClassifierDecides(String id, String stage, boolean exact) {
        Architecture architecture = Architectures.named(id);
        int features = architecture.outputShape(stage).elements();

        assertThat(exact(architecture, new Tap(stage, Pooling.NONE), List.of(new Linear("head", features, 3))))
                .isEqualTo(exact);
    }

    @Test
    void aHiddenLayerInTheHeadIsNotExact() {
        Architecture architecture = Architectures.named("resnet18");

        assertThat(exact(
                        architecture,
                        new Tap("pool", Pooling.NONE),
                        List.of(new Linear("hidden", 512, 8), new Relu(), new Linear("head", 8, 3))))
                .isFalse();
    }

    @Test
    void aMapOfOnePlaceShowsNothing() {
        Architecture architecture = Architectures.named("resnet18").withInputSize(32, 32);

        assertThat(architecture.outputShape("layer4").height()).isEqualTo(1);
        assertThat(exact(architecture, new Tap("pool", Pooling.NONE), List.of(new Linear("head", 512, 3))))
                .isFalse();
    }

    private static boolean exact(Architecture architecture, Tap tap, List<Layer> head) {
        return ClassActivation.of(architecture, List.of(tap), head, NONE).isPresent();
    }

    static Stream<Architecture> networksOfPictures() {
        return Architectures.ids().stream()
                .map(Architectures::named)
                .filter(architecture -> !(architecture.preparation() instanceof Tokenization));
    }

    /** A layer that moves places and is forgotten in the walk gives cells that leave the input, or are too close. */
    @ParameterizedTest
    @MethodSource("networksOfPictures")
    void theCellsOfEveryMapLieEvenlyOverTheInput(Architecture architecture) {
        ActivationShape input = architecture.inputShape();
        for (Stage stage : architecture.featureStages()) {
            ActivationShape map = architecture.outputShape(stage.name());
            if (map.isMap()) {
                InputCells cells = InputCells.of(input, architecture.stagesThrough(stage.name()));
                double last = cells.rows().middle(map.height() - 1);
                assertThat(cells.rows().first())
                        .as(stage.name())
                        .isBetween(0.0, cells.rows().step() * 2);
                assertThat(last)
                        .as(stage.name())
                        .isBetween(input.height() - 2 * cells.rows().step() - 1, input.height() - 1.0);
                assertThat(cells.columns()).isEqualTo(cells.rows());
            }
        }
    }

    @Test
    void theCellsOfTheDigitsNetworkAreTheMiddlesOfItsReceptiveFields() {
        Architecture architecture = Architectures.named("digits-cnn");

        // 3x3, 2x2 at stride 2, 3x3, 2x2 at stride 2, without padding: fields of 10 pixels from 0, each 4 further on.
        assertThat(InputCells.of(architecture.inputShape(), architecture.stagesThrough("pool2"))
                        .rows())
                .isEqualTo(new PicturePlace.Cells(4.5, 4));
    }
}
