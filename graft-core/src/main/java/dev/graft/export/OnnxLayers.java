package dev.graft.export;

import dev.graft.feature.Pooling;
import dev.graft.layer.Activation;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.AveragePool2d;
import dev.graft.layer.GatedFusion;
import dev.graft.layer.Layer;
import dev.graft.layer.LayerNorm;
import dev.graft.layer.LayerScale;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SamePadding;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SequencePool;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.SqueezeExcitation;
import dev.graft.layer.Standardization;
import dev.graft.layer.TokenEmbedding;
import dev.graft.layer.UnitLength;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Layers as nodes: activations are (batch, channels, height, width), (batch, tokens, width) or (batch, features), float32. What
 * training alone does, such as dropout, is left out.
 */
final class OnnxLayers {
    private final OnnxGraph graph;
    private final WeightSet weights;
    private final String prefix;
    private final @Nullable OnnxSequences sequences;
    private @Nullable String causal;

    /**
     * Adds to a graph.
     *
     * @param prefix what the tensors' names begin with in the weights
     * @param sequences the masks of a text; null for anything else
     */
    OnnxLayers(OnnxGraph graph, WeightSet weights, String prefix, @Nullable OnnxSequences sequences) {
        this.graph = graph;
        this.weights = weights;
        this.prefix = prefix;
        this.sequences = sequences;
    }

    String add(List<Layer> layers, String input, ActivationShape shape) {
        String value = input;
        ActivationShape at = shape;
        for (Layer layer : layers) {
            value = add(layer, value, at);
            at = layer.outputShape(at);
        }
        return value;
    }

    private String add(Layer layer, String input, ActivationShape shape) {
        if (layer instanceof Layer.Conv2d conv) {
            return convolution(conv, input);
        } else if (layer instanceof Layer.BatchNorm2d norm) {
            return node(
                    "BatchNormalization",
                    List.of(
                            input,
                            weight(norm.name() + ".weight"),
                            weight(norm.name() + ".bias"),
                            weight(norm.name() + ".running_mean"),
                            weight(norm.name() + ".running_var")),
                    OnnxGraph.attributeFloat("epsilon", norm.epsilon()));
        } else if (layer instanceof Layer.Relu) {
            return node("Relu", List.of(input));
        } else if (layer instanceof Layer.MaxPool2d pool) {
            return node("MaxPool", List.of(input), window(pool.kernel(), pool.stride(), pool.padding()));
        } else if (layer instanceof AveragePool2d pool) {
            OnnxMessage[] window = window(pool.kernel(), pool.stride(), pool.padding());
            return node(
                    "AveragePool",
                    List.of(input),
                    window[0],
                    window[1],
                    window[2],
                    OnnxGraph.attributeInt("count_include_pad", 1));
        } else if (layer instanceof SamePadding padding) {
            return padded(padding, input, shape);
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return mean(input);
        } else if (layer instanceof Layer.Flatten) {
            return node("Flatten", List.of(input));
        } else if (layer instanceof Layer.Linear linear) {
            return dense(linear, input);
        } else if (layer instanceof Layer.Dropout) {
            return input;
        } else if (layer instanceof Layer.Residual residual) {
            String body = add(residual.body(), input, shape);
            return node("Relu", List.of(node("Add", List.of(body, add(residual.shortcut(), input, shape)))));
        } else if (layer instanceof SkipConnection skip) {
            return node("Add", List.of(add(skip.body(), input, shape), input));
        } else if (layer instanceof Activation activation) {
            return activation(activation, input);
        } else if (layer instanceof SqueezeExcitation gate) {
            String means = node("GlobalAveragePool", List.of(input));
            String squeezed = activation(Activation.SILU, convolution(gate.reduce(), means));
            String factors = node("Sigmoid", List.of(convolution(gate.expand(), squeezed)));
            return node("Mul", List.of(input, factors));
        } else if (layer instanceof LayerNorm norm) {
            return outermost(normalized(norm, innermost(input, shape)), shape);
        } else if (layer instanceof PointwiseLinear linear) {
            return outermost(projected(linear, innermost(input, shape)), shape);
        } else if (layer instanceof LayerScale scale) {
            return node("Mul", List.of(input, weight(scale.name())));
        } else if (layer instanceof TokenEmbedding embedding) {
            return embedding(embedding);
        } else if (layer instanceof SelfAttention attention) {
            return attention(attention, input);
        } else if (layer instanceof SequencePool pool) {
            return switch (pool) {
                case MEAN -> masks().mean(graph, input);
                case FIRST -> node("Gather", List.of(input, graph.integer(0)), OnnxGraph.attributeInt("axis", 1));
                case LAST -> masks().last(graph, input);
            };
        } else if (layer instanceof UnitLength) {
            String length = node("ReduceL2", List.of(input), OnnxGraph.attribute("axes", 1));
            return node("Div", List.of(input, node("Max", List.of(length, graph.constant(1e-12f)))));
        } else if (layer instanceof Standardization standardization) {
            return standardized(standardization, input);
        } else if (layer instanceof GatedFusion fusion) {
            return fused(fusion, input);
        }
        throw new AssertionError("no nodes for " + layer);
    }

    /** Pools an activation to (batch, features), as {@link Pooling} describes. */
    String pool(String input, ActivationShape shape, Pooling pooling) {
        if (!shape.hasPlaces()) {
            return input;
        }
        return switch (pooling) {
            case NONE -> node("Flatten", List.of(input));
            case MEAN -> mean(input, shape);
            case MAX -> max(input, shape);
            case MEAN_MAX -> joined(List.of(mean(input, shape), max(input, shape)));
            case MEAN_MAX_STD -> {
                String mean = mean(input, shape);
                yield joined(List.of(mean, max(input, shape), std(input, shape, mean)));
            }
            case QUADRANTS -> quadrants(input, shape);
        };
    }

    /** Features one after the other. */
    String joined(List<String> parts) {
        return parts.size() == 1 ? parts.get(0) : node("Concat", parts, OnnxGraph.attributeInt("axis", 1));
    }

    private String mean(String input, ActivationShape shape) {
        return shape.isSequence() ? masks().mean(graph, input) : mean(input);
    }

    private String mean(String map) {
        return node("Flatten", List.of(node("GlobalAveragePool", List.of(map))));
    }

    private String max(String input, ActivationShape shape) {
        return shape.isSequence()
                ? masks().max(graph, input)
                : node("Flatten", List.of(node("GlobalMaxPool", List.of(input))));
    }

    private String std(String input, ActivationShape shape, String mean) {
        if (shape.isSequence()) {
            return masks().std(graph, input, mean);
        }
        String center = node("Unsqueeze", List.of(mean, graph.integers(2, 3)));
        String apart = node("Sub", List.of(input, center));
        return node("Sqrt", List.of(mean(node("Mul", List.of(apart, apart)))));
    }

    private String quadrants(String input, ActivationShape shape) {
        List<String> means = new ArrayList<>();
        for (int[] rows : halves(shape.height())) {
            for (int[] columns : halves(shape.width())) {
                String quarter = node(
                        "Slice",
                        List.of(
                                input,
                                graph.integers(rows[0], columns[0]),
                                graph.integers(rows[1], columns[1]),
                                graph.integers(2, 3)));
                means.add(mean(quarter));
            }
        }
        return joined(means);
    }

    private static int[][] halves(int side) {
        return new int[][] {{0, (side + 1) / 2}, {side / 2, side}};
    }

    private String padded(SamePadding padding, String input, ActivationShape shape) {
        long[] zeros = {
            0,
            0,
            padding.before(shape.height()),
            padding.before(shape.width()),
            0,
            0,
            padding.after(shape.height()),
            padding.after(shape.width())
        };
        return node("Pad", List.of(input, graph.integers(zeros)));
    }

    private String convolution(Layer.Conv2d conv, String input) {
        OnnxMessage[] window = window(conv.kernel(), conv.stride(), conv.padding());
        List<String> inputs = new ArrayList<>(List.of(input, weight(conv.name() + ".weight")));
        if (conv.bias()) {
            inputs.add(weight(conv.name() + ".bias"));
        }
        return node("Conv", inputs, window[0], window[1], window[2], OnnxGraph.attributeInt("group", conv.groups()));
    }

    private static OnnxMessage[] window(int kernel, int stride, int padding) {
        return new OnnxMessage[] {
            OnnxGraph.attribute("kernel_shape", kernel, kernel),
            OnnxGraph.attribute("strides", stride, stride),
            OnnxGraph.attribute("pads", padding, padding, padding, padding)
        };
    }

    private String dense(Layer.Linear linear, String input) {
        return node(
                "Gemm",
                List.of(input, weight(linear.name() + ".weight"), weight(linear.name() + ".bias")),
                OnnxGraph.attributeInt("transB", 1));
    }

    private String projected(PointwiseLinear linear, String input) {
        String matrix = weight(linear.name() + ".weight");
        if (!linear.inputsFirst()) {
            matrix = node("Transpose", List.of(matrix), OnnxGraph.attribute("perm", 1, 0));
        }
        return node("Add", List.of(node("MatMul", List.of(input, matrix)), weight(linear.name() + ".bias")));
    }

    private String normalized(LayerNorm norm, String input) {
        return node(
                "LayerNormalization",
                List.of(input, weight(norm.name() + ".weight"), weight(norm.name() + ".bias")),
                OnnxGraph.attributeInt("axis", -1),
                OnnxGraph.attributeFloat("epsilon", norm.epsilon()));
    }

    /** A map with its channels last; anything else as it is. */
    private String innermost(String input, ActivationShape shape) {
        return shape.isMap() ? node("Transpose", List.of(input), OnnxGraph.attribute("perm", 0, 2, 3, 1)) : input;
    }

    private String outermost(String input, ActivationShape shape) {
        return shape.isMap() ? node("Transpose", List.of(input), OnnxGraph.attribute("perm", 0, 3, 1, 2)) : input;
    }

    private String activation(Activation activation, String input) {
        return switch (activation) {
            case RELU6 -> node("Clip", List.of(input, graph.constant(0), graph.constant(6)));
            case SILU -> node("Mul", List.of(input, node("Sigmoid", List.of(input))));
            case GELU -> {
                String error = node("Erf", List.of(node("Div", List.of(input, graph.constant((float) Math.sqrt(2))))));
                String share = node("Add", List.of(error, graph.constant(1)));
                yield node("Mul", List.of(node("Mul", List.of(input, share)), graph.constant(0.5f)));
            }
            case GELU_TANH -> {
                String cubed = node("Mul", List.of(node("Mul", List.of(input, input)), input));
                String sum = node("Add", List.of(input, node("Mul", List.of(cubed, graph.constant(0.044715f)))));
                String scaled = node("Mul", List.of(sum, graph.constant((float) Math.sqrt(2 / Math.PI))));
                String share = node("Add", List.of(node("Tanh", List.of(scaled)), graph.constant(1)));
                yield node("Mul", List.of(node("Mul", List.of(input, share)), graph.constant(0.5f)));
            }
        };
    }

    private String embedding(TokenEmbedding embedding) {
        String words = node("Gather", List.of(weight(embedding.words() + ".weight"), masks().ids()));
        String first = graph.integer(embedding.firstPosition());
        String end = node("Add", List.of(masks().tokens(graph), first));
        String places = node("Range", List.of(first, end, graph.integer(1)));
        String positions = node("Gather", List.of(weight(embedding.positions() + ".weight"), places));
        String sum = node("Add", List.of(words, positions));
        if (embedding.typeCount() == 0) {
            return sum;
        }
        String type = node("Gather", List.of(weight(embedding.types() + ".weight"), graph.integers(0)));
        return node("Add", List.of(sum, type));
    }

    private String attention(SelfAttention attention, String input) {
        int depth = attention.width() / attention.heads();
        List<String> heads = new ArrayList<>();
        for (String part : queryKeyValue(attention, input)) {
            String split = node("Reshape", List.of(part, graph.integers(0, 0, attention.heads(), depth)));
            heads.add(node("Transpose", List.of(split), OnnxGraph.attribute("perm", 0, 2, 1, 3)));
        }
        String keys = node("Transpose", List.of(heads.get(1)), OnnxGraph.attribute("perm", 0, 1, 3, 2));
        String products = node("MatMul", List.of(heads.get(0), keys));
        String scores = node("Div", List.of(products, graph.constant((float) Math.sqrt(depth))));
        String masked = node("Add", List.of(scores, mask(attention.causal())));
        String shares = node("Softmax", List.of(masked), OnnxGraph.attributeInt("axis", -1));
        String mixed = node("MatMul", List.of(shares, heads.get(2)));
        String tokens = node("Transpose", List.of(mixed), OnnxGraph.attribute("perm", 0, 2, 1, 3));
        return projected(attention.output(), node("Reshape", List.of(tokens, graph.integers(0, 0, attention.width()))));
    }

    private List<String> queryKeyValue(SelfAttention attention, String input) {
        if (attention.inputs().size() == 3) {
            return attention.inputs().stream().map(one -> projected(one, input)).toList();
        }
        String all = projected(attention.inputs().get(0), input);
        int width = attention.width();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parts.add(slice(all, i * width, (i + 1) * width, 2));
        }
        return parts;
    }

    /** A causal token looks only back, and padding lies at the end: no token that counts ever sees it. */
    private String mask(boolean onlyBack) {
        if (!onlyBack) {
            return masks().attention();
        }
        String known = causal == null ? masks().causal(graph) : causal;
        causal = known;
        return known;
    }

    private String standardized(Standardization layer, String input) {
        float[] variances = weights.get(prefix + layer.variances()).values();
        float[] factors = new float[variances.length];
        for (int i = 0; i < factors.length; i++) {
            // What never varied becomes 0.
            factors[i] = variances[i] > 0 ? (float) (1 / Math.sqrt(variances[i])) : 0;
        }
        String factor = graph.weight(prefix + layer.name() + ".factor", FloatTensor.of(factors, factors.length));
        return node("Mul", List.of(node("Sub", List.of(input, weight(layer.means()))), factor));
    }

    private String fused(GatedFusion layer, String input) {
        List<String> values = new ArrayList<>();
        List<String> scores = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < layer.features().size(); i++) {
            int end = start + layer.features().get(i);
            String own = node("Tanh", List.of(dense(layer.value(i), slice(input, start, end, 1))));
            values.add(node("Unsqueeze", List.of(own, graph.integers(1))));
            scores.add(node("Unsqueeze", List.of(dense(layer.gate(i), input), graph.integers(1))));
            start = end;
        }
        String shares = node("Softmax", List.of(joined(scores)), OnnxGraph.attributeInt("axis", 1));
        String mixed = node("Mul", List.of(joined(values), shares));
        return node("ReduceSum", List.of(mixed, graph.integers(1)), OnnxGraph.attributeInt("keepdims", 0));
    }

    private String slice(String input, int from, int to, int axis) {
        return node("Slice", List.of(input, graph.integers(from), graph.integers(to), graph.integers(axis)));
    }

    private OnnxSequences masks() {
        return Objects.requireNonNull(sequences, "a layer of sequences without a text");
    }

    private String weight(String name) {
        return graph.weight(prefix + name, weights.get(prefix + name));
    }

    private String node(String operation, List<String> inputs, OnnxMessage... attributes) {
        return graph.node(operation, inputs, attributes);
    }
}
