package dev.graft.export;

import java.util.List;

/**
 * The masks of a text input, made once and used by every layer. Sequences are padded at their end.
 *
 * @param ids the tokens' numbers, int64, (batch, tokens)
 * @param present 1 for each token that counts, else 0: (batch, tokens, 1)
 * @param attention what is added to attention's scores: 0 or a number far below any score, (batch, 1, 1, tokens)
 * @param count the number of tokens that count: (batch, 1)
 */
record OnnxSequences(String ids, String present, String attention, String count) {
    private static final float NEVER = -1e9f;

    /** Declares the inputs {@code input_ids} and {@code attention_mask}, as public models name them. */
    static OnnxSequences inputs(OnnxGraph graph, String prefix) {
        String ids = graph.integerInput(prefix + "input_ids", "batch", prefix + "tokens");
        String mask = graph.integerInput(prefix + "attention_mask", "batch", prefix + "tokens");
        String floats = graph.node("Cast", List.of(mask), OnnxGraph.attributeInt("to", 1));
        String absent = graph.node("Sub", List.of(graph.constant(1), floats));
        String penalty = graph.node("Mul", List.of(absent, graph.constant(NEVER)));
        return new OnnxSequences(
                ids,
                graph.node("Unsqueeze", List.of(floats, graph.integers(2))),
                graph.node("Unsqueeze", List.of(penalty, graph.integers(1, 2))),
                graph.node("ReduceSum", List.of(floats, graph.integers(1))));
    }

    /** The number of tokens of the padded batch, without an axis. */
    String tokens(OnnxGraph graph) {
        String shape = graph.node("Shape", List.of(ids));
        return graph.node("Gather", List.of(shape, graph.integer(1)));
    }

    /** What is added to the scores of a decoder's attention: (tokens, tokens), nothing that comes later is seen. */
    String causal(OnnxGraph graph) {
        String tokens = graph.node("Unsqueeze", List.of(tokens(graph), graph.integers(0)));
        String square = graph.node("Concat", List.of(tokens, tokens), OnnxGraph.attributeInt("axis", 0));
        String never = graph.node("ConstantOfShape", List.of(square), OnnxGraph.attributeTensor("value", NEVER));
        // What lies above the diagonal alone stays.
        return graph.node("Trilu", List.of(never, graph.integer(1)), OnnxGraph.attributeInt("upper", 1));
    }

    /** The mean over the tokens that count: (batch, width). */
    String mean(OnnxGraph graph, String input) {
        String counted = graph.node("Mul", List.of(input, present));
        return graph.node("Div", List.of(sum(graph, counted), count));
    }

    /** The maximum over the tokens that count. */
    String max(OnnxGraph graph, String input) {
        String absent = graph.node("Sub", List.of(graph.constant(1), present));
        String penalty = graph.node("Mul", List.of(absent, graph.constant(NEVER)));
        String masked = graph.node("Add", List.of(input, penalty));
        return graph.node(
                "ReduceMax", List.of(masked), OnnxGraph.attribute("axes", 1), OnnxGraph.attributeInt("keepdims", 0));
    }

    /** The population standard deviation over the tokens that count. */
    String std(OnnxGraph graph, String input, String mean) {
        String center = graph.node("Unsqueeze", List.of(mean, graph.integers(1)));
        String apart = graph.node("Mul", List.of(graph.node("Sub", List.of(input, center)), present));
        String squares = sum(graph, graph.node("Mul", List.of(apart, apart)));
        return graph.node("Sqrt", List.of(graph.node("Div", List.of(squares, count))));
    }

    /** The last token that counts: (batch, width). */
    String last(OnnxGraph graph, String input) {
        String whole = graph.node("Cast", List.of(count), OnnxGraph.attributeInt("to", 7));
        String places = graph.node("Sub", List.of(whole, graph.integers(1)));
        return graph.node("GatherND", List.of(input, places), OnnxGraph.attributeInt("batch_dims", 1));
    }

    private static String sum(OnnxGraph graph, String input) {
        return graph.node("ReduceSum", List.of(input, graph.integers(1)), OnnxGraph.attributeInt("keepdims", 0));
    }
}
