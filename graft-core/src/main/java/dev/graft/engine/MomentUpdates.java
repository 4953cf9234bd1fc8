package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.graft.backbone.ParameterSpec;
import dev.graft.backbone.ParameterSpec.Role;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Adam's and AdamW's updates on a network's learned tensors, with a state that can be saved. */
final class MomentUpdates {
    private static final String FIRST = "m.";
    private static final String SECOND = "v.";
    private static final float NO_ELEMENTWISE_CLIPPING = -1f;

    private final NDManager scope;
    private final Parameters parameters;
    private final StepSettings settings;
    private final List<ParameterSpec> learned;
    private final PullGradients pulls;
    private Parameters first;
    private Parameters second;
    private long steps;

    MomentUpdates(NDManager scope, Parameters parameters, StepSettings settings) {
        this.scope = scope;
        this.parameters = parameters;
        this.settings = settings;
        this.learned =
                parameters.specs().stream().filter(ParameterSpec::learned).toList();
        this.pulls = new PullGradients(scope, learned, settings.pulls());
        this.first = Parameters.zerosLike(scope, learned);
        this.second = Parameters.zerosLike(scope, learned);
    }

    /** One update from the gradients that the last backward pass left, which are zeroed. */
    void apply(double rateFactor) {
        steps++;
        List<NDArray> gradients = new ArrayList<>();
        try {
            for (ParameterSpec spec : learned) {
                NDArray weight = parameters.get(spec.name());
                NDArray gradient = weight.getGradient();
                gradients.add(gradient);
                pulls.addTo(gradient, spec.name(), weight);
            }
            float rescale = rescale(gradients);
            for (int i = 0; i < learned.size(); i++) {
                update(learned.get(i), gradients.get(i), rateFactor, rescale);
            }
        } finally {
            gradients.forEach(NDArray::close);
        }
    }

    private void update(ParameterSpec spec, NDArray gradient, double rateFactor, float rescale) {
        Optimizer optimizer = settings.optimizer();
        NDArray weight = parameters.get(spec.name());
        double rate =
                rateFactor * Objects.requireNonNull(settings.learningRates().get(spec.name()), spec.name());
        float decay = spec.role() == Role.WEIGHT ? optimizer.weightDecay() : 0f;
        weight.getNDArrayInternal()
                .adamUpdate(
                        new NDList(weight, gradient, first.get(spec.name()), second.get(spec.name())),
                        new NDList(weight),
                        (float) rate,
                        (float) (rate * optimizer.biasCorrection(steps)),
                        decay,
                        rescale,
                        NO_ELEMENTWISE_CLIPPING,
                        optimizer.beta1(),
                        optimizer.beta2(),
                        optimizer.epsilon(),
                        false,
                        optimizer.kind() == Optimizer.Kind.ADAMW);
    }

    /** The factor that brings the gradients' global norm down to the limit. */
    private float rescale(List<NDArray> gradients) {
        if (Double.isInfinite(settings.clipNorm())) {
            return 1f;
        }
        double squares = 0;
        for (NDArray gradient : gradients) {
            try (NDManager passing = scope.newSubManager()) {
                gradient.tempAttach(passing);
                squares += gradient.square().sum().getFloat();
            }
        }
        double norm = Math.sqrt(squares);
        return norm > settings.clipNorm() ? (float) (settings.clipNorm() / norm) : 1f;
    }

    long steps() {
        return steps;
    }

    WeightSet state() {
        return first.toWeights().withPrefix(FIRST).plus(second.toWeights().withPrefix(SECOND));
    }

    void restore(WeightSet state, long stepsDone) {
        first.release();
        second.release();
        first = Parameters.of(scope, learned, state.select(FIRST));
        second = Parameters.of(scope, learned, state.select(SECOND));
        steps = stepsDone;
    }
}
