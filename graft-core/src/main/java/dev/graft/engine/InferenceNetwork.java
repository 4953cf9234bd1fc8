package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.backbone.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A whole network, backbone and head, for prediction only. Holds native memory until closed. Not safe for use by several
 * threads.
 */
public final class InferenceNetwork implements AutoCloseable {
    private final NDManager scope = TensorEngine.newScope();
    private final ActivationShape input;
    private final List<Tap> taps;
    private final List<Layer> head;
    private final Program program;
    private final Parameters parameters;

    /**
     * Makes the network.
     *
     * @param input the shape of one example
     * @param stages the stages, in order
     * @param taps where the head's features are taken out
     * @param head the head's layers
     * @param weights at least the tensors of stages and head
     */
    public InferenceNetwork(
            ActivationShape input, List<Stage> stages, List<Tap> taps, List<Layer> head, WeightSet weights) {
        this.input = input;
        this.taps = List.copyOf(taps);
        this.head = List.copyOf(head);
        Folding.Folded folded = Folding.of(stages, weights);
        this.program = new Program(folded.stages(), taps);
        List<ParameterSpec> headSpecs =
                head.stream().flatMap(layer -> layer.parameters().stream()).toList();
        Map<String, FloatTensor> all = new LinkedHashMap<>(folded.weights().asMap());
        headSpecs.forEach(spec -> all.put(spec.name(), weights.get(spec.name())));
        this.parameters = Parameters.of(
                scope,
                Stream.concat(folded.parameters().stream(), headSpecs.stream()).toList(),
                WeightSet.of(all));
    }

    /**
     * The logits of some examples, row after row.
     *
     * @param rows (examples, height x width x channels), channels innermost; of texts the number of tokens, then these
     * @param examples the number of examples
     */
    public float[] logits(float[] rows, int examples) {
        TensorEngine.stopRecording();
        try (NDManager step = scope.newSubManager()) {
            NDArray batch = step.create(rows, new Shape(examples, input.rowLength()));
            Entry entry = Entry.of(batch, input, Pass.inference());
            Program.Outcome outcome = program.run(entry.activation(), parameters, entry.pass());
            List<NDArray> parts = taps.stream()
                    .map(tap -> Objects.requireNonNull(outcome.tapped().get(tap)))
                    .toList();
            NDArray joined = parts.get(0);
            if (parts.size() > 1) {
                joined = joined.getNDArrayInternal().concat(new NDList(parts.subList(1, parts.size())), 1);
            }
            return Kernels.run(head, joined, parameters, Pass.inference()).toFloatArray();
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
