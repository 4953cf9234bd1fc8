package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.UnaryOperator;

/**
 * What layers make on their way to an output. The engine's interface keeps every array until its scope is closed, so that the
 * memory of a batch would grow with the number of layers; in inference nobody reads them again.
 */
enum Intermediates {
    /** Given back as soon as a layer has its output. */
    FREED {
        @Override
        NDArray run(NDArray input, boolean keepInput, UnaryOperator<NDArray> layer) {
            NDManager outer = input.getManager();
            try (NDManager passing = outer.newSubManager()) {
                input.attach(passing);
                NDArray output = layer.apply(input);
                if (keepInput) {
                    input.attach(outer);
                }
                output.attach(outer);
                return output;
            }
        }
    },

    /** Kept until the scope is closed: a backward pass reads numbers and masks that Java gave, which go with their arrays. */
    KEPT {
        @Override
        NDArray run(NDArray input, boolean keepInput, UnaryOperator<NDArray> layer) {
            return layer.apply(input);
        }
    };

    /** What becomes of them in a run by the calling thread. */
    static Intermediates of(Pass pass) {
        return pass.training() || JniUtils.isGradMode() ? KEPT : FREED;
    }

    /**
     * Runs a layer.
     *
     * @param input what it takes; its scope receives the output
     * @param keepInput whether somebody else wants the input afterwards
     */
    abstract NDArray run(NDArray input, boolean keepInput, UnaryOperator<NDArray> layer);

    /** The next array, made of another that the engine made, which nobody else wants. */
    static NDArray replaced(NDArray made, NDArray next) {
        made.close();
        return next;
    }
}
