package dev.graft.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.graft.backbone.LayerSamples.Sample;
import dev.graft.engine.FrozenNetwork;
import dev.graft.feature.Rows;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.TokenEmbedding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of layer becomes nodes with which ONNX Runtime computes what the engine computes. */
class LayerNodesIT {
    @ParameterizedTest
    @MethodSource("dev.graft.backbone.LayerSamples#all")
    void everyKindIsTheSameThere(Sample sample) throws OrtException, IOException {
        float[] there = there(sample);
        float[] here = here(sample);

        assertThat(there).hasSameSizeAs(here);
        for (int i = 0; i < here.length; i++) {
            assertThat(there[i]).isCloseTo(here[i], within(1e-5f));
        }
    }

    private static float[] here(Sample sample) {
        float[] values = sample.rows(1);
        Rows row = new Rows() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public int width() {
                return values.length;
            }

            @Override
            public void read(int row, float[] target, int offset) {
                System.arraycopy(values, 0, target, offset, values.length);
            }
        };
        try (FrozenNetwork network =
                new FrozenNetwork(sample.input(), List.of(sample.stage()), List.of(), sample.weights())) {
            return elements(network.run(row, 0, 1, true).last(), sample.layer().outputShape(sample.input()));
        }
    }

    private static float[] there(Sample sample) throws OrtException, IOException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model(sample));
                OrtSession.Result result = session.run(inputs(environment, sample))) {
            FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[output.remaining()];
            output.get(values);
            return values;
        }
    }

    private static byte[] model(Sample sample) throws IOException {
        ActivationShape input = sample.input();
        OnnxGraph graph = new OnnxGraph();
        OnnxSequences sequences = input.isSequence() ? OnnxSequences.inputs(graph, "") : null;
        Object[] axes = new Object[input.axes().size() + 1];
        axes[0] = "batch";
        for (int i = 1; i < axes.length; i++) {
            axes[i] = input.isSequence() && i == 1 ? "tokens" : input.axes().get(i - 1);
        }
        String value = graph.input("values", axes);
        String output =
                new OnnxLayers(graph, sample.weights(), "", sequences).add(List.of(sample.layer()), value, input);
        ActivationShape made = sample.layer().outputShape(input);
        Object[] madeAxes = new Object[made.axes().size() + 1];
        Arrays.setAll(madeAxes, axis -> "axis" + axis);
        graph.output("output", output, madeAxes);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        graph.model("sample", "0", Map.of()).writeTo(bytes);
        return bytes.toByteArray();
    }

    private static Map<String, OnnxTensor> inputs(OrtEnvironment environment, Sample sample) throws OrtException {
        ActivationShape input = sample.input();
        float[] values = elements(sample.rows(1), input);
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        long[] shape = LongStream.concat(LongStream.of(1), input.axes().stream().mapToLong(axis -> axis))
                .toArray();
        inputs.put("values", OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
        if (input.isSequence()) {
            long[] tokens = {1, input.tokens()};
            long[] ids = new long[input.tokens()];
            for (int i = 0; i < ids.length && sample.layer() instanceof TokenEmbedding; i++) {
                ids[i] = (long) values[i];
            }
            long[] present = new long[ids.length];
            Arrays.fill(present, 1);
            inputs.put("input_ids", OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), tokens));
            inputs.put("attention_mask", OnnxTensor.createTensor(environment, LongBuffer.wrap(present), tokens));
        }
        return inputs;
    }

    /** A row without what says how long a sequence is, and with the channels outermost. */
    private static float[] elements(float[] row, ActivationShape shape) {
        if (shape.isSequence()) {
            return Arrays.copyOfRange(row, 1, row.length);
        }
        int places = shape.height() * shape.width();
        float[] values = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            values[i % shape.channels() * places + i / shape.channels()] = row[i];
        }
        return values;
    }
}
