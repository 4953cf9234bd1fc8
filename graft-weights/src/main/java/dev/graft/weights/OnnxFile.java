package dev.graft.weights;

import dev.graft.error.WeightsFileException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The initialisers of an ONNX model, which are its weights, and the nodes that use them; parsed as data, never run.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">The format</a>
 */
public final class OnnxFile extends TensorFile {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_SPARSE_INITIALIZER = 15;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_NAME = 3;
    private static final int NODE_OPERATION = 4;

    private final ByteSource source;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, StoredTensors> decoded = new LinkedHashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final StoredTensors stored;
    private int namesLeft = Limits.NODE_NAMES;

    private OnnxFile(ByteSource source) {
        this.source = source;
        this.stored = new StoredTensors(source, tensors, 0);
    }

    /**
     * Opens a model and checks all of its initialisers. Files may be larger than 2 GiB.
     *
     * @throws WeightsFileException if it is not a well-formed ONNX file, or its weights lie in other files
     * @throws dev.graft.error.StorageException if it is not there or cannot be read
     */
    public static OnnxFile open(Path path) {
        ByteSource source = FileSource.open(path);
        try {
            return parse(source);
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    /**
     * Checks a model that is in memory, such as a resource, from the buffer's position to its limit.
     *
     * @param content the whole file; not copied, so leave it unchanged while tensors are read
     * @param displayName what to call it in messages
     * @throws WeightsFileException if it is not a well-formed ONNX file, or its weights lie in other files
     */
    public static OnnxFile parse(ByteBuffer content, String displayName) {
        return parse(new MemorySource(displayName, content));
    }

    private static OnnxFile parse(ByteSource source) {
        OnnxFile file = new OnnxFile(source);
        file.requireLikely();
        file.parse();
        return file;
    }

    private void requireLikely() {
        String expected = "an ONNX model";
        if (source.size() == 0) {
            throw new WeightsFileException(source.problem("the file is empty")
                    .where("byte 0")
                    .expected(expected)
                    .found("0 bytes")
                    .fix("download or export the file again"));
        }
        byte[] start = new byte[(int) Math.min(3, source.size())];
        source.read(0, ByteBuffer.wrap(start));
        WeightsFileException foreign =
                ForeignFormat.looksLikeOnnx(start) ? null : ForeignFormat.recognise(source, expected);
        if (foreign != null) {
            throw foreign;
        }
    }

    private void parse() {
        ProtobufReader model = ProtobufReader.of(source, "the model");
        boolean found = false;
        while (model.next()) {
            if (model.field() == MODEL_GRAPH) {
                found = true;
                readGraph(model.message("the graph"));
            }
        }
        if (!found) {
            throw model.refusal("it holds no graph", "an ONNX model with a graph", "none");
        }
    }

    private void readGraph(ProtobufReader graph) {
        int[] varintsLeft = {Limits.VARINT_VALUES};
        while (graph.next()) {
            switch (graph.field()) {
                case GRAPH_NODE -> nodes.add(readNode(graph, graph.message("a node")));
                case GRAPH_INITIALIZER ->
                    add(graph, OnnxTensorParser.parse(graph.message("an initializer"), varintsLeft));
                case GRAPH_SPARSE_INITIALIZER ->
                    throw graph.refusal("it holds a sparse tensor", "dense tensors", "a sparse initializer");
                default -> {
                    // Inputs, outputs and documentation hold no weights.
                }
            }
        }
    }

    private void add(ProtobufReader graph, OnnxTensorParser.Parsed parsed) {
        TensorInfo info = parsed.info();
        if (tensors.size() == Limits.TENSORS) {
            throw graph.refusal("it has too many tensors", "at most " + Limits.TENSORS + " tensors", "more");
        }
        if (tensors.putIfAbsent(info.name(), info) != null) {
            throw graph.refusal(
                    "two tensors have one name", "names that occur once", "duplicate " + Names.quote(info.name()));
        }
        if (parsed.decoded() != null) {
            ByteSource bytes = new MemorySource(source.name(), ByteBuffer.wrap(parsed.decoded()));
            decoded.put(info.name(), new StoredTensors(bytes, tensors, 0));
        }
    }

    private OnnxNode readNode(ProtobufReader graph, ProtobufReader node) {
        if (nodes.size() == Limits.NODES) {
            throw graph.refusal("it has too many nodes", "at most " + Limits.NODES + " nodes", "more");
        }
        String name = "";
        String operation = "";
        List<String> inputs = new ArrayList<>(2);
        List<String> outputs = new ArrayList<>(1);
        while (node.next()) {
            switch (node.field()) {
                case NODE_INPUT -> inputs.add(name(node));
                case NODE_OUTPUT -> outputs.add(name(node));
                case NODE_NAME -> name = node.text(Limits.PATH_BYTES);
                case NODE_OPERATION -> operation = node.text(Limits.NAME_CHARACTERS);
                default -> {
                    // Attributes: not needed to find the weights.
                }
            }
        }
        return new OnnxNode(name, operation, inputs, outputs);
    }

    private String name(ProtobufReader node) {
        if (namesLeft-- == 0) {
            throw node.refusal(
                    "its nodes have too many inputs and outputs", "at most " + Limits.NODE_NAMES + " in all", "more");
        }
        return node.text(Limits.PATH_BYTES);
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /** The operations of the main graph, in the file's order, which is the order of computation; cannot be changed. */
    public List<OnnxNode> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    @Override
    StoredTensors stored(String name) {
        return decoded.getOrDefault(name, stored);
    }

    @Override
    public void close() {
        source.close();
    }
}
