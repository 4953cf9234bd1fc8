package dev.graft.text;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.OnnxFile;
import dev.graft.weights.OnnxNode;
import dev.graft.weights.TensorFile;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transformer's tensors in a file that others wrote: safetensors under the names of the Hugging Face library, with or
 * without the prefix of a whole model, or the initialisers of an ONNX model exported from there. Every tensor is accounted
 * for: it is the network's, or it belongs to the head of the task that the model was trained for, or nothing is loaded.
 */
final class PublishedTensors {
    private static final int SHOWN = 10;

    private static final Logger LOG = LoggerFactory.getLogger(PublishedTensors.class);

    /** How a model with a head calls the network within it; others are stripped too, and said. */
    private static final Set<String> USUAL = Set.of("", "bert.", "roberta.", "distilbert.", "transformer.");

    /** Heads: transfer replaces them. */
    private static final List<String> HEADS = List.of(
            "cls.",
            "classifier.",
            "lm_head.",
            "pooler.",
            "pre_classifier.",
            "qa_outputs.",
            "score.",
            "vocab_layer_norm.",
            "vocab_projector.",
            "vocab_transform.");

    /** Constants that old checkpoints hold beside their weights: positions counted up, and the causal mask. */
    private static final List<String> CONSTANTS =
            List.of("embeddings.position_ids", "embeddings.token_type_ids", ".attn.bias", ".attn.masked_bias");

    private final TensorFile file;
    private final Map<String, ParameterSpec> needed;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final String prefix;

    /** Where a tensor of ours lies. */
    private record Source(String name, boolean transposed) {}

    private PublishedTensors(Architecture architecture, TensorFile file) {
        this.file = file;
        this.needed = architecture.parameters().stream()
                .collect(Collectors.toMap(ParameterSpec::name, spec -> spec, (a, b) -> a, LinkedHashMap::new));
        this.prefix = prefix(file.tensors().keySet(), needed.keySet().iterator().next());
    }

    /** What stands before the names: found at the table of tokens, which every one of these networks has once. */
    static String prefix(Set<String> names, String table) {
        List<String> prefixes = names.stream()
                .filter(name -> name.equals(table) || name.endsWith("." + table))
                .map(name -> name.substring(0, name.length() - table.length()))
                .sorted(Comparator.comparingInt(String::length))
                .toList();
        return prefixes.isEmpty() ? "" : prefixes.get(0);
    }

    /**
     * Reads exactly the network's tensors.
     *
     * @param name what to call the file in messages
     * @throws WeightsMismatchException if a tensor is missing, unexpected or of another shape; nothing is read then
     */
    static WeightSet read(Architecture architecture, TensorFile file, String name) {
        PublishedTensors tensors = new PublishedTensors(architecture, file);
        tensors.match();
        if (!tensors.faults.isEmpty()) {
            throw tensors.mismatch(architecture.id(), name);
        }
        if (!USUAL.contains(tensors.prefix)) {
            LOG.warn("{}: the names of its tensors begin with {}, which is left out", name, tensors.prefix);
        }
        Map<String, FloatTensor> read = new LinkedHashMap<>();
        tensors.needed.forEach((ours, spec) -> read.put(ours, tensors.read(ours, spec)));
        return WeightSet.of(read);
    }

    private void match() {
        Map<String, String> matrices = file instanceof OnnxFile onnx ? matrices(onnx) : Map.of();
        file.tensors().forEach((theirs, info) -> {
            String matrix = matrices.get(theirs);
            place(theirs, info.shape(), matrix == null ? theirs : matrix, matrix != null);
        });
        needed.forEach((ours, spec) -> {
            if (!sources.containsKey(ours)) {
                faults.add("missing     " + ours + "  expected " + spec.shape());
            }
        });
    }

    private void place(String theirs, long[] shape, String name, boolean transposed) {
        String ours = translate(name);
        ParameterSpec spec = needed.get(ours);
        if (spec == null) {
            if (!beside(ours)) {
                faults.add("unexpected  " + theirs);
            }
            return;
        }
        long[] expected = transposed ? reversed(spec.shapeArray()) : spec.shapeArray();
        if (!Arrays.equals(shape, expected)) {
            faults.add("mis-shaped  " + theirs + "  expected " + Arrays.toString(expected) + ", found "
                    + Arrays.toString(shape));
        }
        if (sources.putIfAbsent(ours, new Source(theirs, transposed)) != null) {
            faults.add("double      " + theirs + "  is " + ours + " a second time");
        }
    }

    private String translate(String theirs) {
        String name = theirs;
        int shared = 0;
        // A head of a wrapped model has the wrapper's part of the prefix alone.
        for (int dot = prefix.indexOf('.'); dot >= 0; dot = prefix.indexOf('.', dot + 1)) {
            if (theirs.startsWith(prefix.substring(0, dot + 1))) {
                shared = dot + 1;
            }
        }
        name = name.substring(shared);
        // Checkpoints that were converted from TensorFlow call a layer norm's tensors so.
        return name.endsWith("LayerNorm.gamma")
                ? name.replace("LayerNorm.gamma", "LayerNorm.weight")
                : name.replace("LayerNorm.beta", "LayerNorm.bias");
    }

    private static boolean beside(String name) {
        return HEADS.stream().anyMatch(name::startsWith) || CONSTANTS.stream().anyMatch(name::endsWith);
    }

    /**
     * The names of matrices that the exporter gave others, {@code onnx::MatMul_788} for instance: each is multiplied, and
     * to the product a bias is added that kept its name.
     */
    private static Map<String, String> matrices(OnnxFile onnx) {
        Map<String, String> products = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        for (OnnxNode node : onnx.nodes()) {
            if (node.inputs().size() != 2 || node.outputs().isEmpty()) {
                continue;
            }
            String matrix = node.inputs().get(1);
            if (node.operation().equals("MatMul") && onnx.tensors().containsKey(matrix)) {
                products.put(node.outputs().get(0), matrix);
            } else if (node.operation().equals("Add")) {
                String bias = node.inputs().stream()
                        .filter(input ->
                                input.endsWith(".bias") && onnx.tensors().containsKey(input))
                        .findFirst()
                        .orElse("");
                @Nullable
                String multiplied = node.inputs().stream()
                        .map(products::get)
                        .filter(found -> found != null)
                        .findFirst()
                        .orElse(null);
                if (multiplied != null && !bias.isEmpty()) {
                    names.put(multiplied, bias.substring(0, bias.length() - "bias".length()) + "weight");
                }
            }
        }
        return names;
    }

    private FloatTensor read(String ours, ParameterSpec spec) {
        Source source = sources.get(ours);
        if (source == null) {
            throw new AssertionError("checked before");
        }
        FloatTensor tensor = file.readFinite(source.name());
        return new FloatTensor(
                spec.shapeArray(), source.transposed() ? transposed(tensor.values(), spec) : tensor.values());
    }

    private static float[] transposed(float[] values, ParameterSpec spec) {
        int rows = Math.toIntExact(spec.shape().get(0));
        int columns = Math.toIntExact(spec.shape().get(1));
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[row * columns + column] = values[column * rows + row];
            }
        }
        return turned;
    }

    private static long[] reversed(long[] shape) {
        long[] reversed = shape.clone();
        for (int i = 0; i < shape.length; i++) {
            reversed[i] = shape[shape.length - 1 - i];
        }
        return reversed;
    }

    private WeightsMismatchException mismatch(String id, String name) {
        return new WeightsMismatchException(Problem.of("The weights do not fit backbone " + id + ".")
                .where(name)
                .expected(needed.size() + " tensors, and besides only a head's")
                .found(faults.size() + " that do not fit" + (faults.size() > SHOWN ? ", the first " + SHOWN : "")
                        + ":\n" + faults.stream().limit(SHOWN).collect(Collectors.joining("\n")))
                .fix("use weights that belong to this config.json; nothing was loaded"));
    }
}
