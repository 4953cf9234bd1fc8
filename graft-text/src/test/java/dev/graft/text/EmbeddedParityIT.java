package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.graft.backbone.Backbone;
import dev.graft.feature.Pooling;
import dev.graft.layer.SequencePool;
import dev.graft.preparation.Tokenization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded models against ONNX Runtime on the same files. */
@Tag("slow")
class EmbeddedParityIT {
    private static final double TOLERANCE = 1e-4;
    private static final List<String> TEXTS = Sentences.varied(200);

    @ParameterizedTest
    @ValueSource(strings = {"minilm-l6", "bge-small-zh"})
    void everySentenceGivesTheVectorsOfTheOnnxFileAloneAndInBatches(String id) throws OrtException {
        Backbone backbone = TextBackbones.load(id);
        List<float[]> tokens =
                runtime(model(id), (Tokenization) backbone.architecture().preparation());
        String last = "layer" + (model(id).config().layers() - 1);
        List<float[]> alone = Outputs.tokens(backbone, last, TEXTS, 1);
        List<float[]> padded = Outputs.tokens(backbone, last, TEXTS, 32);
        List<float[]> sentences = Outputs.vectors(backbone, "sentence", Pooling.NONE, TEXTS, 32);

        for (int i = 0; i < TEXTS.size(); i++) {
            assertThat(Outputs.largestDifference(alone.get(i), tokens.get(i)))
                    .as("alone: %s", TEXTS.get(i))
                    .isLessThan(TOLERANCE);
            assertThat(Outputs.largestDifference(padded.get(i), tokens.get(i)))
                    .as("in a batch: %s", TEXTS.get(i))
                    .isLessThan(TOLERANCE);
            float[] sentence =
                    sentence(tokens.get(i), sentences.get(i).length, model(id).pooling());
            assertThat(Outputs.largestDifference(sentences.get(i), sentence))
                    .as("one vector: %s", TEXTS.get(i))
                    .isLessThan(TOLERANCE);
        }
        assertThat(Outputs.rows(backbone, TEXTS).truncated()).isGreaterThan(0);
    }

    private static EmbeddedModel model(String id) {
        return id.equals("minilm-l6") ? EmbeddedModel.MINILM_L6 : EmbeddedModel.BGE_SMALL_ZH;
    }

    /** The last hidden state of each text, run alone. */
    private static List<float[]> runtime(EmbeddedModel model, Tokenization tokenization) throws OrtException {
        byte[] file = EmbeddedWeights.read(model, EmbeddedModel.WEIGHTS);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        List<float[]> all = new ArrayList<>();
        try (OrtSession session = environment.createSession(file)) {
            for (String text : TEXTS) {
                long[] ids = Arrays.stream(tokenization.tokens(text).ids())
                        .asLongStream()
                        .toArray();
                long[] ones = new long[ids.length];
                Arrays.fill(ones, 1);
                try (OnnxTensor input = OnnxTensor.createTensor(environment, new long[][] {ids});
                        OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
                        OnnxTensor types = OnnxTensor.createTensor(environment, new long[][] {new long[ids.length]});
                        OrtSession.Result result = session.run(
                                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
                    OnnxTensor output = (OnnxTensor) result.get(0);
                    float[] values = new float[output.getFloatBuffer().remaining()];
                    output.getFloatBuffer().get(values);
                    all.add(values);
                }
            }
        }
        return all;
    }

    /** One vector of unit length for a text, in plain Java. */
    private static float[] sentence(float[] tokens, int width, SequencePool pooling) {
        int used = pooling == SequencePool.MEAN ? tokens.length / width : 1;
        double[] sum = new double[width];
        for (int i = 0; i < used * width; i++) {
            sum[i % width] += tokens[i];
        }
        double length = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
        float[] sentence = new float[width];
        for (int i = 0; i < width; i++) {
            sentence[i] = (float) (sum[i] / length);
        }
        return sentence;
    }
}
