package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Backbone;
import dev.graft.error.TrainingException;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.optimization.Schedule;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotFiniteIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void anAbsurdLearningRateStopsAndNamesPhaseEpochAndStep() {
        assertThatThrownBy(() -> Tiny.learning(diverging(1e25)).run())
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("not a finite number any more")
                .hasMessageContaining("phase 'rest', epoch 1, step 2")
                .hasMessageContaining("learning rate 1.0E25, batch size 8")
                .hasMessageContaining("lower the learning rate");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e25, 1e39})
    void theLastCheckpointIsKeptAndIsFinite(double rate) {
        assertThatThrownBy(() ->
                        Tiny.learning(diverging(rate)).checkpoints(folder, 1).run())
                .isInstanceOf(TrainingException.class);

        try (SafetensorsFile weights = SafetensorsFile.open(folder.resolve("last/weights.safetensors"))) {
            assertThat(weights.readAll().names()).contains("stem.conv.weight", "head.logits.weight");
        }
        assertThatThrownBy(() -> Tiny.learning(diverging(rate))
                        .checkpoints(folder, 1)
                        .resume(true)
                        .run())
                .as("resumed, it goes on to the same end")
                .isInstanceOf(TrainingException.class);
    }

    @Test
    void featuresThatAreNotFiniteStopASolvedPhase() {
        Backbone sound = Tiny.backbone();
        Map<String, FloatTensor> weights = new LinkedHashMap<>(sound.weights().asMap());
        float[] scale = sound.weights().get("body.norm.weight").values().clone();
        scale[0] = Float.NaN;
        weights.put("body.norm.weight", FloatTensor.of(scale, scale.length));
        Backbone broken = new Backbone(sound.architecture(), WeightSet.of(weights), sound.card());

        assertThatThrownBy(() -> Tiny.learning(Tiny.freezing(Frozen.everything(), Head.LogisticRegression.defaults()))
                        .backbone(broken)
                        .run())
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("phase 'only'");
    }

    /** A sound phase of one epoch, then one at an absurd rate. */
    private static Strategy diverging(double rate) {
        return new Tiny.Phases(
                Cut.at("pool"),
                Head.Mlp.defaults(),
                List.of(
                        new Phase("head", Frozen.everything(), 1, LearningRates.same(0.01), Schedule.CONSTANT),
                        new Phase("rest", Frozen.nothing(), 3, LearningRates.same(rate), Schedule.CONSTANT)));
    }
}
