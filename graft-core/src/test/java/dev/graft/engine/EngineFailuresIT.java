package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.error.StorageException;
import dev.graft.error.TrainingException;
import org.junit.jupiter.api.Test;

class EngineFailuresIT {
    @Test
    void tellsHowToNeedLessMemoryWhereThereIsNoMore() {
        try (NDManager scope = TensorEngine.newScope()) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> EngineFailures.told("a step", () -> scope.zeros(new Shape(1L << 45))))
                    .withMessageContaining("This machine's memory does not suffice.")
                    .withMessageContaining("a step")
                    .withMessageContaining("can't allocate memory")
                    .withMessageContaining("fewer examples at a time")
                    .withCauseInstanceOf(EngineException.class);
        }
    }

    @Test
    void saysWhatWasComputedWhenTheEngineRefuses() {
        try (NDManager scope = TensorEngine.newScope()) {
            assertThatExceptionOfType(TrainingException.class)
                    .isThrownBy(() -> EngineFailures.told(
                            "a step", () -> scope.zeros(new Shape(2, 3)).matMul(scope.zeros(new Shape(2, 3)))))
                    .withMessageContaining("a step")
                    .withMessageContaining("mat1 and mat2 shapes cannot be multiplied")
                    .withCauseInstanceOf(EngineException.class);
        }
    }
}
