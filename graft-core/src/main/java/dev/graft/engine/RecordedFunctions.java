package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Functions of training steps for which the engine's Java interface has none, or only several operations, each of which would
 * read and write a whole activation there and back. They are recorded like any other operation.
 */
final class RecordedFunctions {
    private static final TorchScript RELU6 = activation("torch.hardtanh(x, 0, 6)");
    private static final TorchScript SILU = activation("torch.silu(x)");
    private static final TorchScript GELU_TANH = activation("torch.gelu(x, approximate=\"tanh\")");
    private static final TorchScript SAME_IF_GRADIENT = compiled(
            "x: Tensor",
            List.of(
                    "r = annotate(List[Tensor], [])",
                    "if ops.prim.requires_grad(x):",
                    "  _0 = torch.append(r, x)",
                    "return r"));
    private static final Map<Float, TorchScript> NORMALIZED = new ConcurrentHashMap<>();
    private static final Map<Float, TorchScript> NORMALIZED_GRADIENTS = new ConcurrentHashMap<>();
    private static final Map<Sliding, TorchScript> DEPTHWISE_GRADIENTS = new ConcurrentHashMap<>();

    /** How a convolution's kernel goes over its input. */
    private record Sliding(int stride, int padding) {}

    private RecordedFunctions() {}

    /**
     * Whether an array collects its gradient, or was computed from one that does. Of an array that was computed, the engine's
     * Java interface says that it does not.
     */
    static boolean takesGradient(NDArray array) {
        List<NDArray> same = SAME_IF_GRADIENT.forward(array);
        same.forEach(NDArray::close);
        return !same.isEmpty();
    }

    /** min(max(x, 0), 6). */
    static NDArray relu6(NDArray input) {
        return RELU6.forward(input).get(0);
    }

    /**
     * Batch normalisation by given statistics, then clipped to 0 to 6.
     *
     * @param input (batch, channels, height, width)
     * @param tensors weight, bias, mean and variance, each (channels)
     * @param epsilon added to the variance
     */
    static NDArray normalizedAndClipped(NDArray input, List<NDArray> tensors, float epsilon) {
        return NORMALIZED
                .computeIfAbsent(
                        epsilon,
                        value -> compiled(
                                "x: Tensor, w: Tensor, b: Tensor, m: Tensor, v: Tensor",
                                List.of(
                                        "n = torch.batch_norm(x, w, b, m, v, False, 0., %s, False)".formatted(value),
                                        "return [torch.hardtanh_(n, 0, 6)]")))
                .forward(input, tensors.get(0), tensors.get(1), tensors.get(2), tensors.get(3))
                .get(0);
    }

    /**
     * The gradients of {@link #normalizedAndClipped}: of its input, of the weight and of the bias.
     *
     * @param target what the gradients live in
     * @param gradient of the output, (batch, channels, height, width)
     * @param output the output: where it is 0 or 6, nothing goes back
     */
    static List<NDArray> normalizedGradients(
            NDManager target, NDArray gradient, NDArray output, NDArray input, List<NDArray> tensors, float epsilon) {
        List<NDArray> gradients = NORMALIZED_GRADIENTS
                .computeIfAbsent(
                        epsilon,
                        value -> compiled(
                                "g: Tensor, y: Tensor, x: Tensor, w: Tensor, m: Tensor, v: Tensor",
                                List.of(
                                        "c = torch.hardtanh_backward(g, y, 0, 6)",
                                        ("dx, dw, db = torch.native_batch_norm_backward(c, x, w, m, v, None, None, False,"
                                                        + " %s, [True, True, True])")
                                                .formatted(value),
                                        "return [dx, dw, db]")))
                .forward(gradient, output, input, tensors.get(0), tensors.get(2), tensors.get(3));
        gradients.forEach(array -> array.attach(target));
        return gradients;
    }

    /** x times the logistic function of x. */
    static NDArray silu(NDArray input) {
        return SILU.forward(input).get(0);
    }

    /** GELU by its approximation with the hyperbolic tangent (Hendrycks and Gimpel 2016). */
    static NDArray geluByTanh(NDArray input) {
        return GELU_TANH.forward(input).get(0);
    }

    /**
     * The gradients of a depthwise convolution: of its input, its kernel, and its bias.
     *
     * @param target what the gradients live in
     * @param gradient of the output, (batch, channels, height, width)
     * @param input (batch, channels, height, width)
     * @param kernel (channels, 1, kernel height, kernel width)
     * @param stride along height and width
     * @param padding zeros on each side
     * @return (batch, channels, height, width), (channels, 1, kernel height, kernel width) and (channels)
     */
    static List<NDArray> depthwiseGradients(
            NDManager target, NDArray gradient, NDArray input, NDArray kernel, int stride, int padding) {
        List<NDArray> gradients = DEPTHWISE_GRADIENTS
                .computeIfAbsent(
                        new Sliding(stride, padding),
                        sliding -> compiled("g: Tensor, x: Tensor, w: Tensor", depthwiseGradients(sliding)))
                .forward(gradient, input, kernel);
        gradients.forEach(array -> array.attach(target));
        return gradients;
    }

    private static TorchScript activation(String expression) {
        return compiled("x: Tensor", List.of("return [" + expression + "]"));
    }

    private static TorchScript compiled(String arguments, List<String> statements) {
        // A new scope would end the recording of those who need a function for the first time.
        return TensorEngine.withoutRecording(() -> TorchScript.compile(
                TensorEngine.newScope(), List.of(new TorchScript.Function("forward", arguments, statements))));
    }

    /**
     * oneDNN has a fast kernel for the weight gradient of kernels that are up to three columns wide: a wider one's is computed
     * three columns at a time, from the columns of the input that they meet. At stride 1 the input's gradient is a convolution
     * with the kernel turned around.
     */
    private static List<String> depthwiseGradients(Sliding sliding) {
        int stride = sliding.stride();
        int padding = sliding.padding();
        String known = "[%d, %d], [%d, %%s], [1, 1], False, [0, 0], groups, [%%s, %%s, False])"
                .formatted(stride, stride, padding);
        List<String> inputGradient = stride == 1
                ? List.of(
                        "q = torch.sub(torch.size(w, 3), %d)".formatted(padding + 1),
                        "dx = torch.conv2d(g, torch.flip(w, [2, 3]), None, [1, 1], [q, q], [1, 1], groups)")
                : List.of("dx, _0, _1 = torch.convolution_backward(g, x, w, None, "
                        + known.formatted(padding, "True", "False"));
        List<String> statements = new ArrayList<>(List.of("groups = torch.size(x, 1)"));
        statements.addAll(inputGradient);
        statements.addAll(List.of(
                "k = torch.size(w, 3)",
                // From the first column that the kernel's left edge stands on to the last.
                "way = torch.mul(torch.sub(torch.size(g, 3), 1), %d)".formatted(stride),
                "parts = annotate(List[Tensor], [])",
                "c = 0",
                "while torch.lt(c, k):",
                "  n = ops.prim.min(torch.sub(k, c), 3)",
                "  first = torch.sub(c, %d)".formatted(padding),
                "  all = torch.add(way, n)",
                "  start = ops.prim.min(ops.prim.max(first, 0), torch.size(x, 3))",
                "  end = ops.prim.max(ops.prim.min(torch.add(first, all), torch.size(x, 3)), start)",
                "  some = torch.contiguous(torch.slice(w, 3, c, torch.add(c, n), 1))",
                "  if torch.lt(start, end):",
                "    left = torch.sub(start, first)",
                "    right = torch.sub(all, torch.sub(end, first))",
                "    seen = torch.constant_pad_nd(torch.slice(x, 3, start, end, 1), [left, right, 0, 0], 0)",
                "    _2, dw, _3 = torch.convolution_backward(g, seen, some, None, "
                        + known.formatted(0, "False", "True"),
                "  else:",
                // They stand on nothing but padding.
                "    dw = torch.zeros_like(some)",
                "  _4 = torch.append(parts, dw)",
                "  c = torch.add(c, n)",
                "return [dx, torch.cat(parts, 3), torch.sum(g, [0, 2, 3])]"));
        return statements;
    }
}
