package dev.graft.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Objects;

/** ONNX Runtime on the very file that Graft reads its weights from; the mean over a text's tokens is taken in Java. */
final class OnnxRuntimeText implements Work {
    private static final String MODEL = "/dev/graft/text/minilm/minilm-l6/model.onnx";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final TextBatches batches;
    private float[] last = new float[0];

    OnnxRuntimeText(Task task) {
        batches = TextBatches.of(task);
        session = OnnxRuntimePeer.session(environment, model());
    }

    private static byte[] model() {
        try (InputStream in = Objects.requireNonNull(OnnxRuntimeText.class.getResourceAsStream(MODEL), MODEL)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void run() {
        for (int i = 0; i < batches.count(); i++) {
            TextBatches.Batch batch = batches.batch(i);
            long[] shape = {batch.texts(), batch.longest()};
            LongBuffer types = LongBuffer.allocate(batch.texts() * batch.longest());
            try (OnnxTensor ids = OnnxTensor.createTensor(environment, batch.ids(), shape);
                    OnnxTensor mask = OnnxTensor.createTensor(environment, batch.mask(), shape);
                    OnnxTensor first = OnnxTensor.createTensor(environment, types, shape);
                    OrtSession.Result result =
                            session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", first))) {
                last = means(((OnnxTensor) result.get(0)).getFloatBuffer(), batch);
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** (texts, tokens, width) to (texts, width), padding left out. */
    static float[] means(FloatBuffer tokens, TextBatches.Batch batch) {
        int width = tokens.remaining() / batch.texts() / batch.longest();
        float[] means = new float[batch.texts() * width];
        float[] values = new float[batch.longest() * width];
        for (int text = 0; text < batch.texts(); text++) {
            tokens.get(values);
            int used = 0;
            while (used < batch.longest() && batch.mask().get(text * batch.longest() + used) == 1) {
                used++;
            }
            for (int i = 0; i < used * width; i++) {
                means[text * width + i % width] += values[i] / used;
            }
        }
        return means;
    }

    @Override
    public float[] outcome() {
        return Statistics.ofFeatures(last);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
