package dev.graft.curation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What scikit-learn and cleanlab found: generate_reference.py beside the file. */
final class Reference {
    private static final JsonNode ALL = read();

    private Reference() {}

    private static JsonNode read() {
        try (InputStream in = Reference.class.getResourceAsStream("/curation/reference.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Embeddings vectors() {
        JsonNode rows = ALL.path("vectors");
        int width = rows.path(0).size();
        float[] values = new float[rows.size() * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows.path(i / width).path(i % width).asDouble();
        }
        return Embeddings.of(values, width);
    }

    static int number(String name) {
        return ALL.path(name).asInt();
    }

    static double decimal(String name) {
        return ALL.path(name).asDouble();
    }

    static int[] numbers(String name) {
        return numbers(ALL.path(name));
    }

    static int[] numbers(String name, int row) {
        return numbers(ALL.path(name).path(row));
    }

    static double[] decimals(String name) {
        return decimals(ALL.path(name));
    }

    static double[] decimals(String name, int row) {
        return decimals(ALL.path(name).path(row));
    }

    static float[][] probabilities() {
        JsonNode rows = ALL.path("probabilities");
        float[][] all = new float[rows.size()][];
        for (int i = 0; i < all.length; i++) {
            double[] row = decimals(rows.path(i));
            all[i] = new float[row.length];
            for (int k = 0; k < row.length; k++) {
                all[i][k] = (float) row[k];
            }
        }
        return all;
    }

    private static int[] numbers(JsonNode row) {
        return IntStream.range(0, row.size()).map(i -> row.path(i).asInt()).toArray();
    }

    private static double[] decimals(JsonNode row) {
        return IntStream.range(0, row.size())
                .mapToDouble(i -> row.path(i).asDouble())
                .toArray();
    }
}
