package dev.graft.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.graft.layer.ActivationShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime on the CPU with all graph optimisations, which choose its own blocked layout. The images lie in native
 * memory, where it reads them without a copy.
 */
final class OnnxRuntimePeer implements Peer {
    @Override
    public void start() {
        Task task = Task.features("start", Networks.DIGITS, "conv1", 1);
        try (Work work = new Features(task)) {
            work.run();
        }
    }

    @Override
    public Work prepare(Task task) {
        return switch (task.kind()) {
            case FEATURES -> new Features(task);
            case TEXT_FEATURES -> new OnnxRuntimeText(task);
            default -> throw new UnsupportedOperationException(task.work());
        };
    }

    static OrtSession session(OrtEnvironment environment, byte[] model) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            return environment.createSession(model, options);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Features implements Work {
        private final Task task;
        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final OrtSession session;
        private final FloatBuffer images;
        private float[] last = new float[0];

        Features(Task task) {
            this.task = task;
            float[] values = task.data().channelsFirst();
            images = ByteBuffer.allocateDirect(4 * values.length)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer()
                    .put(values)
                    .flip();
            byte[] model = OnnxWriter.write(
                    task.layers(), task.input(), task.backbone().weights());
            session = session(environment, model);
        }

        @Override
        public void run() {
            ActivationShape input = task.input();
            for (int from = 0; from < task.images(); from += task.batch()) {
                int to = Math.min(task.images(), from + task.batch());
                FloatBuffer part = images.slice(from * input.elements(), (to - from) * input.elements());
                long[] shape = {to - from, input.channels(), input.height(), input.width()};
                try (OnnxTensor batch = OnnxTensor.createTensor(environment, part, shape);
                        OrtSession.Result result = session.run(Map.of("images", batch))) {
                    FloatBuffer features = ((OnnxTensor) result.get(0)).getFloatBuffer();
                    last = new float[features.remaining()];
                    features.get(last);
                } catch (OrtException e) {
                    throw new IllegalStateException(e);
                }
            }
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
}
