package dev.graft.benchmark;

import dev.graft.layer.ActivationShape;
import java.util.Arrays;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow's kernels in graph mode, one session call a step. oneDNN is on, as it is by default on this platform. */
final class TensorFlowPeer implements Peer {
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
            case PHOTO_FIT -> new TensorFlowPhotoFit(task);
            default -> throw new UnsupportedOperationException(task.work());
        };
    }

    static Session session(Graph graph) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Session(
                graph,
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(cores)
                        .setInterOpParallelismThreads(Integer.getInteger("graft.tensorflow.inter", cores))
                        .build());
    }

    static Placeholder<TFloat32> images(Ops tf, ActivationShape input, int batch) {
        return tf.placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(batch, input.height(), input.width(), input.channels())));
    }

    private static final class Step implements Work {
        private final Graph graph = new Graph();
        private final Session session = session(graph);
        private final Placeholder<TFloat32> images;
        private final Placeholder<TFloat32> truth;
        private final TensorFlowAdam adam;
        private final float[] rows;
        private final int rowLength;
        private final Shape imageShape;
        private final int[] labels;
        private final Batches batches;
        private float lastLoss;

        Step(Task task) {
            Ops tf = Ops.create(graph);
            ActivationShape input = task.input();
            imageShape = Shape.of(task.batch(), input.height(), input.width(), input.channels());
            images = images(tf, input, task.batch());
            truth = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(task.batch(), SyntheticImages.CLASSES)));
            TensorFlowNetwork network =
                    new TensorFlowNetwork(tf, GraftStep.initial(task.backbone().architecture()), true);
            Operand<TFloat32> logits = network.apply(task.layers(), images, input);
            adam = new TensorFlowAdam(tf, network, TensorFlowAdam.loss(tf, logits, truth));
            adam.start(session);
            rows = task.data().channelsLast();
            labels = task.data().labels();
            rowLength = input.elements();
            batches = new Batches(task.images(), task.batch());
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
            try (TFloat32 x = TFloat32.tensorOf(imageShape, DataBuffers.of(values, false, false));
                    TFloat32 y = TFloat32.tensorOf(
                            Shape.of(batch.length, SyntheticImages.CLASSES), DataBuffers.of(oneHot, false, false))) {
                lastLoss = adam.step(session.runner().feed(images, x).feed(truth, y));
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
