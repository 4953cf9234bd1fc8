package dev.graft.benchmark;

import dev.graft.backbone.ActivationShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow's kernels in graph mode, one session call a step. oneDNN is on, as it is by default on this platform. */
final class TensorFlowPeer implements Peer {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-7f;

    @Override
    public void start() {
        TensorFlow.version();
        try (Graph graph = new Graph();
                Session session = session(graph)) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> ones = tf.constant(new float[][] {{1, 1}, {1, 1}});
            session.runner().fetch(tf.linalg.matMul(ones, ones)).run().close();
        }
    }

    @Override
    public Work prepare(Task task) {
        return switch (task.kind()) {
            case STEP -> new Step(task);
            case FEATURES -> new Features(task);
            default -> throw new UnsupportedOperationException(task.work());
        };
    }

    private static Session session(Graph graph) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Session(
                graph,
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(cores)
                        .setInterOpParallelismThreads(Integer.getInteger("graft.tensorflow.inter", cores))
                        .build());
    }

    private static Placeholder<TFloat32> images(Ops tf, ActivationShape input, int batch) {
        return tf.placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(batch, input.height(), input.width(), input.channels())));
    }

    private static final class Step implements Work {
        private final Graph graph = new Graph();
        private final Session session = session(graph);
        private final Placeholder<TFloat32> images;
        private final Placeholder<TFloat32> truth;
        private final Placeholder<TFloat32> power1;
        private final Placeholder<TFloat32> power2;
        private final Operand<TFloat32> loss;
        private final Op update;
        private final float[] rows;
        private final int rowLength;
        private final Shape imageShape;
        private final int[] labels;
        private final Batches batches;
        private long steps;
        private float lastLoss;

        Step(Task task) {
            Ops tf = Ops.create(graph);
            ActivationShape input = task.input();
            imageShape = Shape.of(task.batch(), input.height(), input.width(), input.channels());
            images = images(tf, input, task.batch());
            truth = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(task.batch(), SyntheticImages.CLASSES)));
            power1 = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
            power2 = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
            TensorFlowNetwork network =
                    new TensorFlowNetwork(tf, GraftStep.initial(task.backbone().architecture()), true);
            Operand<TFloat32> logits = network.apply(task.layers(), images, input);
            loss = tf.math.mean(
                    tf.nn.softmaxCrossEntropyWithLogits(logits, truth).loss(), tf.constant(0));
            update = update(tf, network);
            Session.Runner start = session.runner();
            network.initializers.forEach(start::addTarget);
            start.run().close();
            rows = task.data().channelsLast();
            labels = task.data().labels();
            rowLength = input.elements();
            batches = new Batches(task.images(), task.batch());
        }

        private Op update(Ops tf, TensorFlowNetwork network) {
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

        @Override
        public void run() {
            int[] batch = batches.next();
            float[] values = new float[batch.length * rowLength];
            float[] oneHot = new float[batch.length * SyntheticImages.CLASSES];
            for (int i = 0; i < batch.length; i++) {
                System.arraycopy(rows, batch[i] * rowLength, values, i * rowLength, rowLength);
                oneHot[i * SyntheticImages.CLASSES + labels[batch[i]]] = 1;
            }
            steps++;
            try (TFloat32 x = TFloat32.tensorOf(imageShape, DataBuffers.of(values, false, false));
                    TFloat32 y = TFloat32.tensorOf(
                            Shape.of(batch.length, SyntheticImages.CLASSES), DataBuffers.of(oneHot, false, false));
                    TFloat32 beta1 = TFloat32.scalarOf((float) Math.pow(BETA1, (double) steps));
                    TFloat32 beta2 = TFloat32.scalarOf((float) Math.pow(BETA2, (double) steps));
                    Result result = session.runner()
                            .feed(images, x)
                            .feed(truth, y)
                            .feed(power1, beta1)
                            .feed(power2, beta2)
                            .addTarget(update)
                            .fetch(loss)
                            .run()) {
                lastLoss = ((TFloat32) result.get(0)).getFloat();
            }
        }

        @Override
        public float[] outcome() {
            return new float[] {lastLoss};
        }

        @Override
        public void close() {
            session.close();
            graph.close();
        }
    }

    private static final class Features implements Work {
        private final Task task;
        private final Graph graph = new Graph();
        private final Session session = session(graph);
        private final Placeholder<TFloat32> images;
        private final Operand<TFloat32> features;
        private final float[] rows;
        private float[] last = new float[0];

        Features(Task task) {
            this.task = task;
            Ops tf = Ops.create(graph);
            images = images(tf, task.input(), -1);
            features = new TensorFlowNetwork(tf, task.backbone().weights(), false)
                    .apply(task.layers(), images, task.input());
            rows = task.data().channelsLast();
        }

        @Override
        public void run() {
            ActivationShape input = task.input();
            int rowLength = input.elements();
            for (int from = 0; from < task.images(); from += task.batch()) {
                int to = Math.min(task.images(), from + task.batch());
                float[] part = Arrays.copyOfRange(rows, from * rowLength, to * rowLength);
                Shape shape = Shape.of(to - from, input.height(), input.width(), input.channels());
                try (TFloat32 x = TFloat32.tensorOf(shape, DataBuffers.of(part, false, false));
                        Result result =
                                session.runner().feed(images, x).fetch(features).run()) {
                    TFloat32 tensor = (TFloat32) result.get(0);
                    last = new float[Math.toIntExact(tensor.size())];
                    tensor.asRawTensor().data().asFloats().read(last);
                }
            }
        }

        @Override
        public float[] outcome() {
            return Statistics.ofFeatures(last);
        }

        @Override
        public void close() {
            session.close();
            graph.close();
        }
    }
}
