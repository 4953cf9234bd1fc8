package dev.graft.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.LayerSamples.Sample;
import dev.graft.layer.ActivationShape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InputCellsTest {
    @ParameterizedTest
    @MethodSource("dev.graft.backbone.LayerSamples#all")
    void itIsKnownOfEveryKindWhereItsOutputsLie(Sample sample) {
        ActivationShape input = sample.input();

        InputCells cells = InputCells.of(input, List.of(sample.stage()));

        ActivationShape output = sample.layer().outputShape(input);
        if (output.isMap()) {
            assertThat(cells.rows().step()).isEqualTo((double) Math.round((double) input.height() / output.height()));
        }
    }
}
