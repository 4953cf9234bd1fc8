package dev.graft.weights;

import java.util.List;

/**
 * One operation of an ONNX graph: what it is called and what it takes and gives.
 *
 * <p>Exporters rename weights, {@code onnx::MatMul_788} for instance; the node that uses one still says where in the
 * network it belongs.
 *
 * @param name its own name, such as {@code /encoder/layer.0/attention/self/query/MatMul}; empty if it has none
 * @param operation the operator, such as {@code MatMul}
 * @param inputs the names of its inputs in order, weights among them; empty for one that is left out
 * @param outputs the names of its outputs in order
 */
public record OnnxNode(String name, String operation, List<String> inputs, List<String> outputs) {
    /** Copies the lists. */
    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
