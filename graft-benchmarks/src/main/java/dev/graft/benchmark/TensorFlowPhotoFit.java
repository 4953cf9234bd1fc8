package dev.graft.benchmark;

import dev.graft.backbone.Architecture;
import dev.graft.data.LabeledImages;
import dev.graft.feature.ImageRows;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.reading.ImageFolder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A head on a frozen network, trained as Keras's guide to transfer learning does it: ten epochs in batches of 32, the frozen
 * network and the head in every step. Pictures are decoded and prepared once, by Graft's decoder, and then stay in memory,
 * as the guide's {@code cache()} of the data set keeps them.
 */
final class TensorFlowPhotoFit implements Work {
    private static final int EPOCHS = 10;
    private static final long SEED = 42;

    private final Task task;
    private final JpegFolder files;
    private final Graph graph = new Graph();
    private final Session session = TensorFlowPeer.session(graph);
    private final Placeholder<TFloat32> images;
    private final Placeholder<TFloat32> truth;
    private final Operand<TFloat32> features;
    private final TensorFlowAdam adam;
    private float[] prepared = new float[0];

    TensorFlowPhotoFit(Task task) {
        this.task = task;
        this.files = PhotoFit.draw(task);
        Architecture architecture = task.backbone().architecture();
        Ops tf = Ops.create(graph);
        images = TensorFlowPeer.images(tf, task.input(), -1);
        truth = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, PhotoFit.CLASSES)));
        features =
                new TensorFlowNetwork(tf, task.backbone().weights(), false).apply(task.layers(), images, task.input());
        ActivationShape width = architecture.outputShape(task.cut());
        Layer.Linear layer = new Layer.Linear("head", width.elements(), PhotoFit.CLASSES);
        TensorFlowNetwork head = new TensorFlowNetwork(
                tf, architecture.weightInitialization().initialize(layer.parameters(), SEED), true);
        Operand<TFloat32> logits = head.apply(List.of(layer), features, width);
        adam = new TensorFlowAdam(tf, head, TensorFlowAdam.loss(tf, logits, truth));
    }

    @Override
    public void run() {
        adam.start(session);
        LabeledImages pictures = ImageFolder.of(files.folder());
        prepared = prepare(pictures);
        Batches batches = new Batches(pictures.size(), task.batch());
        for (int step = 0; step < EPOCHS * (pictures.size() / task.batch()); step++) {
            step(pictures, batches.next());
        }
    }

    private float[] prepare(LabeledImages pictures) {
        ImageRows rows = new ImageRows(pictures, task.backbone().architecture().preprocessing());
        float[] values = new float[rows.count() * rows.width()];
        rows.read(IntStream.range(0, rows.count()).toArray(), values);
        return values;
    }

    private void step(LabeledImages pictures, int[] batch) {
        int width = task.input().elements();
        float[] values = new float[batch.length * width];
        float[] oneHot = new float[batch.length * PhotoFit.CLASSES];
        for (int i = 0; i < batch.length; i++) {
            System.arraycopy(prepared, batch[i] * width, values, i * width, width);
            oneHot[i * PhotoFit.CLASSES + pictures.label(batch[i])] = 1;
        }
        try (TFloat32 x = tensor(values, batch.length);
                TFloat32 y = TFloat32.tensorOf(
                        Shape.of(batch.length, PhotoFit.CLASSES), DataBuffers.of(oneHot, false, false))) {
            adam.step(session.runner().feed(images, x).feed(truth, y));
        }
    }

    private TFloat32 tensor(float[] values, int count) {
        ActivationShape input = task.input();
        return TFloat32.tensorOf(
                Shape.of(count, input.height(), input.width(), input.channels()), DataBuffers.of(values, false, false));
    }

    /** Of the features that the head was trained on. */
    @Override
    public float[] outcome() {
        int width = task.input().elements();
        int channels = task.backbone().architecture().outputShape(task.cut()).elements();
        float[] all = new float[task.images() * channels];
        for (int from = 0; from < task.images(); from += task.batch()) {
            int to = Math.min(task.images(), from + task.batch());
            try (TFloat32 x = tensor(Arrays.copyOfRange(prepared, from * width, to * width), to - from);
                    Result result =
                            session.runner().feed(images, x).fetch(features).run()) {
                float[] part = new float[(to - from) * channels];
                ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(part);
                System.arraycopy(part, 0, all, from * channels, part.length);
            }
        }
        return Statistics.ofFeatures(all);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
        files.close();
    }
}
