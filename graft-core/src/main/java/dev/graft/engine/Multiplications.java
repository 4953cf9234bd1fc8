package dev.graft.engine;

import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.TokenEmbedding;
import java.util.Arrays;
import java.util.List;

/** How many multiplications layers take, to the nearest power of two or so: what decides how many threads are worth it. */
final class Multiplications {
    private Multiplications() {}

    /** Of one example of a shape; of a sequence, for each of its tokens. */
    static long of(List<Layer> layers, ActivationShape input) {
        long sum = 0;
        ActivationShape shape = input;
        for (Layer layer : layers) {
            ActivationShape output = layer.outputShape(shape);
            sum += of(layer, shape, output);
            shape = output;
        }
        return sum;
    }

    private static long of(Layer layer, ActivationShape input, ActivationShape output) {
        if (!layer.chains().isEmpty()) {
            return layer.chains().stream().mapToLong(chain -> of(chain, input)).sum();
        } else if (layer instanceof TokenEmbedding) {
            // Rows are looked up.
            return 0;
        }
        long places = output.isMap() ? (long) output.height() * output.width() : 1;
        // Scores and sums of values, for as many tokens as there can be.
        long attention = layer instanceof SelfAttention self ? 2L * self.width() * input.tokens() : 0;
        return places * weights(layer) + attention;
    }

    /** Every weight of a matrix or a kernel is used once at each place. */
    private static long weights(Layer layer) {
        return layer.parameters().stream()
                .map(ParameterSpec::shapeArray)
                .filter(shape -> shape.length > 1)
                .mapToLong(shape -> Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                .sum();
    }
}
