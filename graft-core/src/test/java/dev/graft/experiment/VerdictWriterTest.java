package dev.graft.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.Interval;
import dev.graft.result.ProbeResult;
import dev.graft.result.TargetTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictWriterTest {
    private static final TargetTask TARGET = new TargetTask("texts", List.of("no", "yes"), 400, 0, 100, 100, "digest");

    @Test
    void wherePlacesArePooledItIsSaidHow() {
        ProbeResult early = probe("conv1", "mean+max", 0.95);
        ProbeResult late = probe("dense", "none", 0.55);

        assertThat(VerdictWriter.whatFeaturesTell(early, List.of(early, late), TARGET))
                .startsWith("The frozen features tell no and yes apart best at 'conv1', pooled by mean+max: 0.950.")
                .contains("From there to 'dense'", "falls to 0.550");
    }

    @Test
    void whereThereIsNothingToPoolNothingIsSaidOfIt() {
        ProbeResult only = probe("pooled", "none", 0.759);

        assertThat(VerdictWriter.whatFeaturesTell(only, List.of(only), TARGET))
                .isEqualTo("The frozen features tell no and yes apart best at 'pooled': 0.759.");
    }

    private static ProbeResult probe(String cut, String pooling, double accuracy) {
        return new ProbeResult(cut, pooling, 10, accuracy, new Interval(accuracy - 0.03, accuracy + 0.03));
    }
}
