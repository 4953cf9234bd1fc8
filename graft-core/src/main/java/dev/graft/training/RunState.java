package dev.graft.training;

import dev.graft.result.EpochResult;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that a run is made of between two steps; what a checkpoint holds. */
final class RunState {
    /** The weights of all used stages and the head. */
    WeightSet weights;

    /** The optimiser's moments; null at the start of a phase. */
    @Nullable
    WeightSet optimizer;

    long optimizerSteps;

    /** Where the run stands: phases, epochs of the phase and steps of the epoch that are done. */
    int phase;

    int epoch;
    int step;

    /** Sums over the steps of the epoch so far. */
    double lossSum;

    double score;
    int seen;

    final List<EpochResult> history = new ArrayList<>();

    /** The best validation loss of the whole run, its weights, and the epochs of this phase since a better one. */
    double bestLoss = Double.POSITIVE_INFINITY;

    @Nullable
    WeightSet bestWeights;

    int epochsWithoutBetter;

    RunState(WeightSet weights) {
        this.weights = weights;
    }

    /** Puts newly trained tensors in the place of the old ones. */
    void update(WeightSet trained) {
        Map<String, FloatTensor> all = new LinkedHashMap<>(weights.asMap());
        all.putAll(trained.asMap());
        weights = WeightSet.of(all);
    }

    /** Clears what belongs to one epoch. */
    void startEpoch() {
        step = 0;
        lossSum = 0;
        score = 0;
        seen = 0;
    }

    /** Goes on as if no validation loss had been measured. */
    void forgetBest() {
        bestLoss = Double.POSITIVE_INFINITY;
        bestWeights = null;
    }

    /** Moves on to the next phase. */
    void startNextPhase() {
        phase++;
        epoch = 0;
        optimizer = null;
        optimizerSteps = 0;
        epochsWithoutBetter = 0;
        startEpoch();
    }
}
