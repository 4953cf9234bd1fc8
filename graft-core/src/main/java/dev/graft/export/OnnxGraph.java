package dev.graft.export;

import dev.graft.weights.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph that grows node by node, and becomes an ONNX model of operator set 17. Field numbers are those of
 * {@code onnx.proto} (github.com/onnx/onnx, IR version 8). Axes that an example decides, such as {@code batch}, have names.
 */
final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_TENSOR = 4;
    private static final int ATTRIBUTE_INTS = 7;

    private final OnnxMessage graph = new OnnxMessage();
    private final Set<String> initializers = new HashSet<>();
    private int values;

    /** Adds a node with one output, and gives the output's name. */
    String node(String operation, List<String> inputs, OnnxMessage... attributes) {
        String output = "v" + values++;
        node(operation, inputs, output, attributes);
        return output;
    }

    /** Adds a node whose output has a name of the caller's. */
    void node(String operation, List<String> inputs, String output, OnnxMessage... attributes) {
        OnnxMessage node = new OnnxMessage();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(3, operation + "_" + output).text(4, operation);
        for (OnnxMessage attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node);
    }

    static OnnxMessage attribute(String name, int... numbers) {
        OnnxMessage attribute = new OnnxMessage().text(1, name);
        for (int number : numbers) {
            attribute.number(8, number);
        }
        return attribute.number(20, ATTRIBUTE_INTS);
    }

    static OnnxMessage attributeInt(String name, int number) {
        return new OnnxMessage().text(1, name).number(3, number).number(20, ATTRIBUTE_INT);
    }

    static OnnxMessage attributeFloat(String name, float number) {
        return new OnnxMessage().text(1, name).real(2, number).number(20, ATTRIBUTE_FLOAT);
    }

    static OnnxMessage attributeTensor(String name, float number) {
        return new OnnxMessage()
                .text(1, name)
                .message(5, tensor("", FloatTensor.of(new float[] {number}, 1)))
                .number(20, ATTRIBUTE_TENSOR);
    }

    /** Adds a weight under its name, once. */
    String weight(String name, FloatTensor tensor) {
        if (initializers.add(name)) {
            graph.message(5, tensor(name, tensor));
        }
        return name;
    }

    /** Adds a number. */
    String constant(float value) {
        return weight("float " + value, FloatTensor.of(new float[] {value}));
    }

    /** Adds numbers, such as indexes: (n). */
    String integers(long... numbers) {
        StringBuilder name = new StringBuilder("int");
        ByteBuffer raw = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            name.append(' ').append(number);
            raw.putLong(number);
        }
        return integers(name.toString(), new OnnxMessage().number(1, numbers.length), raw.array());
    }

    /** Adds one number without an axis. */
    String integer(long number) {
        byte[] raw = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
        return integers("scalar " + number, new OnnxMessage(), raw);
    }

    private String integers(String name, OnnxMessage axes, byte[] raw) {
        if (initializers.add(name)) {
            graph.message(5, axes.number(2, INT64).text(8, name).bytes(9, raw));
        }
        return name;
    }

    /** Declares an input of float32. */
    String input(String name, Object... axes) {
        graph.message(11, value(name, FLOAT, axes));
        return name;
    }

    /** Declares an input of int64. */
    String integerInput(String name, Object... axes) {
        graph.message(11, value(name, INT64, axes));
        return name;
    }

    /** Declares an output of float32, which a value that is there becomes. */
    void output(String name, String value, Object... axes) {
        node("Identity", List.of(value), name);
        graph.message(12, value(name, FLOAT, axes));
    }

    /**
     * The whole model.
     *
     * @param metadata what else a reader may want to know, by key
     */
    OnnxMessage model(String name, String version, Map<String, String> metadata) {
        graph.text(2, name);
        OnnxMessage model = new OnnxMessage()
                .number(1, IR_VERSION)
                .text(2, "graft")
                .text(3, version)
                .message(7, graph)
                .message(8, new OnnxMessage().text(1, "").number(2, OPSET));
        metadata.forEach(
                (key, value) -> model.message(14, new OnnxMessage().text(1, key).text(2, value)));
        return model;
    }

    private static OnnxMessage tensor(String name, FloatTensor tensor) {
        OnnxMessage message = new OnnxMessage();
        for (long axis : tensor.shape()) {
            message.number(1, axis);
        }
        float[] values = tensor.values();
        ByteBuffer raw =
                ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return message.number(2, FLOAT).text(8, name).bytes(9, raw.array());
    }

    private static OnnxMessage value(String name, int type, Object... axes) {
        OnnxMessage shape = new OnnxMessage();
        for (Object axis : axes) {
            shape.message(
                    1,
                    axis instanceof Integer size
                            ? new OnnxMessage().number(1, size)
                            : new OnnxMessage().text(2, axis.toString()));
        }
        OnnxMessage tensorType = new OnnxMessage().number(1, type).message(2, shape);
        return new OnnxMessage().text(1, name).message(2, new OnnxMessage().message(1, tensorType));
    }
}
