package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OnnxFileTest {
    @Test
    void aRenamedMatrixIsFoundThroughTheNodeThatUsesIt() {
        try (OnnxFile file = OnnxFile.open(Fixtures.folder("onnx").resolve("named-by-node.onnx"))) {
            OnnxNode node = file.nodes().stream()
                    .filter(one -> one.name().equals("/encoder/layer.0/query/MatMul"))
                    .findFirst()
                    .orElseThrow();
            assertThat(node.operation()).isEqualTo("MatMul");
            assertThat(node.inputs()).containsExactly("x", "onnx::MatMul_788");
            assertThat(node.outputs()).containsExactly("h");
            assertThat(file.read(node.inputs().get(1)).shape()).containsExactly(4, 3);
            assertThat(file.nodes()).extracting(OnnxNode::operation).containsExactly("MatMul", "Add");
        }
    }
}
