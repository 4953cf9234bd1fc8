package dev.graft.benchmark;

import dev.graft.layer.Activation;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.SamePadding;
import dev.graft.layer.SkipConnection;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a network as an ONNX model, opset 17, with one input {@code images}, (batch, channels, height, width). Only the
 * fields that ONNX Runtime needs; their numbers are those of onnx.proto.
 */
final class OnnxWriter {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final int FLOAT = 1;
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_INTS = 7;

    private final Message graph = new Message();
    private final Set<Float> constants = new HashSet<>();
    private int values;
    // Zeros above, on the left, below and on the right, that the next convolution adds.
    private int @Nullable [] uneven;

    private OnnxWriter() {}

    static byte[] write(List<Layer> layers, ActivationShape input, WeightSet weights) {
        OnnxWriter writer = new OnnxWriter();
        String output = writer.add(layers, "images", input);
        Message graph = writer.graph;
        graph.text(2, "graft");
        layers.stream()
                .flatMap(layer -> layer.parameters().stream())
                .forEach(spec -> graph.message(5, tensor(spec.name(), weights.get(spec.name()))));
        graph.message(11, value("images", input.channels(), input.height(), input.width()));
        graph.message(12, new Message().text(1, output).message(2, tensorType(new Message())));
        return new Message()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, OPSET))
                .toBytes();
    }

    private String add(List<Layer> layers, String input, ActivationShape inputShape) {
        String value = input;
        ActivationShape shape = inputShape;
        for (Layer layer : layers) {
            value = add(layer, value, shape);
            shape = layer.outputShape(shape);
        }
        return value;
    }

    private String add(Layer layer, String input, ActivationShape shape) {
        if (layer instanceof Layer.Conv2d conv) {
            return convolution(conv, input);
        } else if (layer instanceof SamePadding padding) {
            uneven = new int[] {
                padding.before(shape.height()),
                padding.before(shape.width()),
                padding.after(shape.height()),
                padding.after(shape.width())
            };
            return input;
        } else if (layer instanceof Layer.BatchNorm2d norm) {
            return node(
                    "BatchNormalization",
                    List.of(
                            input,
                            norm.name() + ".weight",
                            norm.name() + ".bias",
                            norm.name() + ".running_mean",
                            norm.name() + ".running_var"),
                    new Message().text(1, "epsilon").real(2, norm.epsilon()).number(20, ATTRIBUTE_FLOAT));
        } else if (layer instanceof Layer.Relu) {
            return node("Relu", List.of(input));
        } else if (layer == Activation.RELU6) {
            return node("Clip", List.of(input, constant(0), constant(6)));
        } else if (layer instanceof Layer.MaxPool2d pool) {
            return node(
                    "MaxPool",
                    List.of(input),
                    ints("kernel_shape", pool.kernel(), pool.kernel()),
                    ints("strides", pool.stride(), pool.stride()));
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return node("Flatten", List.of(node("GlobalAveragePool", List.of(input))));
        } else if (layer instanceof Layer.Flatten) {
            return node("Flatten", List.of(input));
        } else if (layer instanceof Layer.Linear linear) {
            return node(
                    "Gemm",
                    List.of(input, linear.name() + ".weight", linear.name() + ".bias"),
                    new Message().text(1, "transB").number(3, 1).number(20, ATTRIBUTE_INT));
        } else if (layer instanceof Layer.Dropout) {
            return input;
        } else if (layer instanceof Layer.Residual residual) {
            String body = add(residual.body(), input, shape);
            return node("Relu", List.of(node("Add", List.of(body, add(residual.shortcut(), input, shape)))));
        } else if (layer instanceof SkipConnection skip) {
            return node("Add", List.of(add(skip.body(), input, shape), input));
        }
        throw new UnsupportedOperationException(layer.describe());
    }

    private String convolution(Layer.Conv2d conv, String input) {
        List<String> inputs = conv.bias()
                ? List.of(input, conv.name() + ".weight", conv.name() + ".bias")
                : List.of(input, conv.name() + ".weight");
        int padding = conv.padding();
        int[] pads = uneven == null ? new int[] {padding, padding, padding, padding} : uneven;
        uneven = null;
        return node(
                "Conv",
                inputs,
                ints("kernel_shape", conv.kernel(), conv.kernel()),
                ints("strides", conv.stride(), conv.stride()),
                ints("pads", pads),
                new Message().text(1, "group").number(3, conv.groups()).number(20, ATTRIBUTE_INT));
    }

    private String constant(float value) {
        String name = "constant " + value;
        if (constants.add(value)) {
            graph.message(5, tensor(name, FloatTensor.of(new float[] {value})));
        }
        return name;
    }

    private String node(String operation, List<String> inputs, Message... attributes) {
        String output = "value" + values++;
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(3, output).text(4, operation);
        for (Message attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node);
        return output;
    }

    private static Message ints(String name, int... numbers) {
        Message attribute = new Message().text(1, name);
        for (int number : numbers) {
            attribute.number(8, number);
        }
        return attribute.number(20, ATTRIBUTE_INTS);
    }

    private static Message tensor(String name, FloatTensor tensor) {
        Message message = new Message();
        for (long axis : tensor.shape()) {
            message.number(1, axis);
        }
        ByteBuffer raw = ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(tensor.values());
        return message.number(2, FLOAT).text(8, name).bytes(9, raw.array());
    }

    private static Message value(String name, int... axes) {
        Message shape = new Message().message(1, new Message().text(2, "batch"));
        for (int axis : axes) {
            shape.message(1, new Message().number(1, axis));
        }
        return new Message().text(1, name).message(2, tensorType(new Message().message(2, shape)));
    }

    private static Message tensorType(Message shaped) {
        return new Message().message(1, new Message().number(1, FLOAT).raw(shaped));
    }

    /** One protobuf message, field after field. */
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message real(int field, float value) {
            varint(((long) field << 3) | 5);
            byte[] four = ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array();
            bytes.writeBytes(four);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.toBytes());
        }

        Message bytes(int field, byte[] value) {
            varint(((long) field << 3) | 2);
            varint(value.length);
            bytes.writeBytes(value);
            return this;
        }

        Message raw(Message other) {
            bytes.writeBytes(other.toBytes());
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                bytes.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }
    }
}
