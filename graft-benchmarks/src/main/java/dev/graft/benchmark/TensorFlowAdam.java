package dev.graft.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Adam steps of what a network learns, with TensorFlow's own kernel, one session call each. */
final class TensorFlowAdam {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-7f;

    private final TensorFlowNetwork network;
    private final Operand<TFloat32> loss;
    private final Placeholder<TFloat32> power1;
    private final Placeholder<TFloat32> power2;
    private final Op update;
    private long steps;

    /**
     * Adds the update to the network's graph.
     *
     * @param loss the mean over a batch
     */
    TensorFlowAdam(Ops tf, TensorFlowNetwork network, Operand<TFloat32> loss) {
        this.network = network;
        this.loss = loss;
        this.power1 = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        this.power2 = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        this.update = update(tf);
    }

    /** The loss of a batch: the mean cross-entropy. */
    static Operand<TFloat32> loss(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> truth) {
        return tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, truth).loss(), tf.constant(0));
    }

    private Op update(Ops tf) {
        Gradients gradients = tf.gradients(loss, network.learned);
        List<Op> updates = new ArrayList<>(network.statistics);
        for (int i = 0; i < network.learned.size(); i++) {
            Variable<TFloat32> weight = network.learned.get(i);
            Shape shape = weight.asOutput().shape();
            float[] zeros = new float[Math.toIntExact(shape.size())];
            updates.add(tf.train.applyAdam(
                    weight,
                    network.variable(zeros, shape.asArray()),
                    network.variable(zeros, shape.asArray()),
                    power1,
                    power2,
                    tf.constant((float) GraftStep.LEARNING_RATE),
                    tf.constant(BETA1),
                    tf.constant(BETA2),
                    tf.constant(EPSILON),
                    gradients.<TFloat32>dy(i)));
        }
        return tf.withControlDependencies(updates).noOp();
    }

    /** Gives all variables their first values. */
    void start(Session session) {
        steps = 0;
        Session.Runner start = session.runner();
        network.initializers.forEach(start::addTarget);
        start.run().close();
    }

    /**
     * Does a step and gives its loss.
     *
     * @param fed a call that has its batch
     */
    float step(Session.Runner fed) {
        steps++;
        try (TFloat32 beta1 = TFloat32.scalarOf((float) Math.pow(BETA1, (double) steps));
                TFloat32 beta2 = TFloat32.scalarOf((float) Math.pow(BETA2, (double) steps));
                Result result = fed.feed(power1, beta1)
                        .feed(power2, beta2)
                        .addTarget(update)
                        .fetch(loss)
                        .run()) {
            return ((TFloat32) result.get(0)).getFloat();
        }
    }
}
