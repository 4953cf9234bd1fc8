package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiplicationsTest {
    @Test
    void aConvolutionUsesEachWeightAtEachPlaceOfItsOutput() {
        Layer convolution = new Layer.Conv2d("conv", 3, 8, 3, 2, 1, false);
        assertThat(Multiplications.of(List.of(convolution), ActivationShape.map(3, 16, 16)))
                .isEqualTo(3 * 8 * 9 * 8 * 8);
    }

    @Test
    void bothWaysOfAResidualBlockCount() {
        Layer body = new Layer.Conv2d("body", 4, 4, 3, 1, 1, false);
        Layer shortcut = new Layer.Conv2d("shortcut", 4, 4, 1, 1, 0, false);
        assertThat(Multiplications.of(
                        List.of(new Layer.Residual(List.of(body), List.of(shortcut))), ActivationShape.map(4, 5, 5)))
                .isEqualTo(25 * (4 * 4 * 9 + 4 * 4));
    }

    @Test
    void layersAfterEachOtherAddUp() {
        assertThat(Multiplications.of(
                        List.of(new Layer.Linear("one", 10, 20), new Layer.Relu(), new Layer.Linear("two", 20, 5)),
                        ActivationShape.vector(10)))
                .isEqualTo(10 * 20 + 20 * 5);
    }
}
