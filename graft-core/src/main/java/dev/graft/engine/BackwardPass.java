package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The way back through one share of a training step, piece by piece. The engine records the operations of a piece and computes
 * their gradients; between two pieces stands a function that hands on the gradient, or an operation whose gradient Graft computes
 * itself. A piece may be left once only, so an activation that more than one operation takes must begin a new piece.
 */
final class BackwardPass {
    private final Deque<Runnable> seams = new ArrayDeque<>();

    /** An activation as the beginning of a new piece, for all who take it. */
    NDArray begin(NDArray activation) {
        if (!RecordedFunctions.takesGradient(activation)) {
            return activation;
        }
        NDArray leaf = leaf(activation);
        seams.push(() -> handOn(leaf, gradient -> TensorEngine.backward(activation, gradient)));
        return leaf;
    }

    /** What computes gradients on the way back. */
    @FunctionalInterface
    interface GradientFunction {
        /** Hands on the gradients that follow from that of the operation's output. */
        void handOn(NDArray outputGradient);
    }

    /** The output of an operation that was not recorded, as the beginning of a new piece. */
    NDArray begin(NDArray output, GradientFunction function) {
        NDArray leaf = leaf(output);
        seams.push(() -> handOn(leaf, function));
        return leaf;
    }

    /** Gives the memory of a gradient back as soon as it is handed on, as the engine does within a piece. */
    private static void handOn(NDArray leaf, GradientFunction function) {
        try (leaf;
                NDArray gradient = leaf.getGradient()) {
            function.handOn(gradient);
        }
    }

    private static NDArray leaf(NDArray activation) {
        NDArray leaf = activation.stopGradient();
        leaf.attach(activation.getManager());
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /** Computes all gradients, from that of the last output. */
    void run(NDArray output, NDArray gradient) {
        TensorEngine.backward(output, gradient);
        while (!seams.isEmpty()) {
            seams.pop().run();
        }
    }
}
