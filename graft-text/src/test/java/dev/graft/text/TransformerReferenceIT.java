package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Backbone;
import dev.graft.feature.Pooling;
import dev.graft.layer.SequencePool;
import dev.graft.preparation.Tokenization;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiny transformers against what the library computes that saved them: see make_reference.py. */
class TransformerReferenceIT {
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(strings = {"bert", "distilbert", "roberta", "gpt2"})
    void tokensHaveTheNumbersOfTheReference(String family) {
        Backbone backbone = TextBackbones.open(Fixtures.folder(family));
        Tokenization tokenization = (Tokenization) backbone.architecture().preparation();
        try (SafetensorsFile expected = expected(family)) {
            for (int i = 0; i < Fixtures.TEXTS.size(); i++) {
                long[] ids = expected.readIntegers(i + ".ids");
                assertThat(tokenization.tokens(Fixtures.TEXTS.get(i)).ids())
                        .isEqualTo(Arrays.stream(ids).mapToInt(Math::toIntExact).toArray());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "distilbert", "roberta", "gpt2"})
    void everyStageGivesTheReferencesHiddenStatesAloneAndInABatch(String family) {
        Backbone backbone = TextBackbones.open(Fixtures.folder(family));
        try (SafetensorsFile expected = expected(family)) {
            for (int batch : new int[] {1, Fixtures.TEXTS.size()}) {
                compare(expected, "embeddings", Outputs.tokens(backbone, "embeddings", Fixtures.TEXTS, batch));
                compare(expected, "layer0", Outputs.tokens(backbone, "layer0", Fixtures.TEXTS, batch));
                if (!family.equals("gpt2")) {
                    compare(expected, "last", Outputs.tokens(backbone, "layer1", Fixtures.TEXTS, batch));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "distilbert", "roberta", "gpt2"})
    void aTextsVectorIsTheMeanTheFirstOrTheLastOfItsOwnTokens(String family) {
        for (SequencePool pooling : SequencePool.values()) {
            Backbone backbone = TextBackbones.open(Fixtures.folder(family), pooling, 40);
            List<String> texts = Fixtures.TEXTS.subList(0, 3);
            List<float[]> vectors = Outputs.vectors(backbone, "pooled", Pooling.NONE, texts, texts.size());
            try (SafetensorsFile expected = expected(family)) {
                for (int i = 0; i < texts.size(); i++) {
                    FloatTensor states = expected.read(i + ".last");
                    assertThat(Outputs.largestDifference(vectors.get(i), pooled(states, pooling)))
                            .as("%s of text %d", pooling, i)
                            .isLessThan(TOLERANCE);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "gpt2"})
    void statisticsOfAStageIgnorePadding(String family) {
        Backbone backbone = TextBackbones.open(Fixtures.folder(family));
        for (Pooling pooling : List.of(Pooling.MEAN, Pooling.MAX, Pooling.MEAN_MAX, Pooling.MEAN_MAX_STD)) {
            List<float[]> alone = Outputs.vectors(backbone, "layer0", pooling, Fixtures.TEXTS, 1);
            List<float[]> padded = Outputs.vectors(backbone, "layer0", pooling, Fixtures.TEXTS, 6);
            List<float[]> tokens = Outputs.tokens(backbone, "layer0", Fixtures.TEXTS, 6);
            for (int i = 0; i < alone.size(); i++) {
                assertThat(Outputs.largestDifference(alone.get(i), padded.get(i)))
                        .isLessThan(TOLERANCE);
                float[] first = statistics(tokens.get(i), 8, pooling);
                assertThat(Outputs.largestDifference(padded.get(i), first))
                        .as("%s of text %d", pooling, i)
                        .isLessThan(TOLERANCE);
            }
        }
    }

    private static void compare(SafetensorsFile expected, String stage, List<float[]> found) {
        for (int i = 0; i < found.size(); i++) {
            float[] states = expected.read(i + "." + stage).values();
            assertThat(Outputs.largestDifference(found.get(i), states))
                    .as("%s of text %d", stage, i)
                    .isLessThan(TOLERANCE);
        }
    }

    private static float[] pooled(FloatTensor states, SequencePool pooling) {
        int tokens = Math.toIntExact(states.shape()[0]);
        int width = Math.toIntExact(states.shape()[1]);
        return switch (pooling) {
            case MEAN -> statistics(states.values(), width, Pooling.MEAN);
            case FIRST -> Arrays.copyOf(states.values(), width);
            case LAST -> Arrays.copyOfRange(states.values(), (tokens - 1) * width, tokens * width);
        };
    }

    /** Means, maxima and standard deviations in plain Java. */
    private static float[] statistics(float[] tokens, int width, Pooling pooling) {
        int count = tokens.length / width;
        List<float[]> parts = new ArrayList<>();
        float[] mean = new float[width];
        float[] max = new float[width];
        float[] std = new float[width];
        for (int c = 0; c < width; c++) {
            double sum = 0;
            double squares = 0;
            double largest = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < count; t++) {
                double value = tokens[t * width + c];
                sum += value;
                squares += value * value;
                largest = Math.max(largest, value);
            }
            mean[c] = (float) (sum / count);
            max[c] = (float) largest;
            std[c] = (float) Math.sqrt(Math.max(0, squares / count - sum / count * (sum / count)));
        }
        switch (pooling) {
            case MEAN -> parts.add(mean);
            case MAX -> parts.add(max);
            case MEAN_MAX -> parts.addAll(List.of(mean, max));
            default -> parts.addAll(List.of(mean, max, std));
        }
        float[] joined = new float[parts.size() * width];
        for (int i = 0; i < parts.size(); i++) {
            System.arraycopy(parts.get(i), 0, joined, i * width, width);
        }
        return joined;
    }

    private static SafetensorsFile expected(String family) {
        Path file = Fixtures.folder(family).resolve("expected.safetensors");
        return SafetensorsFile.open(file);
    }
}
