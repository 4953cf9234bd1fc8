package dev.graft.weights;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Tells which element type a datatype message means. */
final class Hdf5Types {
    private static final int INTEGER = 0;
    private static final int FLOAT = 1;
    private static final int STRING = 3;
    private static final int VARIABLE_LENGTH = 9;
    private static final String[] CLASSES = {
        "integers",
        "floats",
        "times",
        "strings",
        "bit fields",
        "opaque data",
        "compound data",
        "references",
        "enumerated",
        "variable-length data",
        "arrays"
    };

    private Hdf5Types() {}

    /** The element type, or none if it is not a plain little-endian number. */
    static @Nullable TensorType read(ByteBuffer message) {
        if (message.limit() < 12 || (message.get(1) & 1) != 0) {
            return null;
        }
        int size = message.getInt(4);
        boolean whole = message.getShort(8) == 0 && message.getShort(10) == size * Byte.SIZE;
        return switch (message.get(0) & 0x0f) {
            case INTEGER -> whole ? integer(size, (message.get(1) & 0x08) != 0) : null;
            case FLOAT -> whole && message.limit() >= 20 ? floating(message, size) : null;
            default -> null;
        };
    }

    private static @Nullable TensorType integer(int size, boolean signed) {
        return switch (size) {
            case 1 -> signed ? TensorType.I8 : TensorType.U8;
            case 2 -> signed ? TensorType.I16 : TensorType.U16;
            case 4 -> signed ? TensorType.I32 : TensorType.U32;
            case 8 -> signed ? TensorType.I64 : TensorType.U64;
            default -> null;
        };
    }

    /** IEEE 754: the exponent lies above the mantissa, the sign on top, and the mantissa's first bit is implied. */
    private static @Nullable TensorType floating(ByteBuffer message, int size) {
        boolean implied = (message.get(1) & 0x70) == 0x20;
        int sign = message.get(2) & 0xff;
        int exponentAt = message.get(12);
        int exponentSize = message.get(13);
        int mantissaSize = message.get(15);
        int bias = message.getInt(16);
        if (!implied || sign != size * Byte.SIZE - 1 || message.get(14) != 0 || exponentAt != mantissaSize) {
            return null;
        }
        record Form(int size, int exponentSize, int mantissaSize, int bias) {}
        Form form = new Form(size, exponentSize, mantissaSize, bias);
        if (form.equals(new Form(4, 8, 23, 127))) {
            return TensorType.F32;
        }
        if (form.equals(new Form(8, 11, 52, 1023))) {
            return TensorType.F64;
        }
        if (form.equals(new Form(2, 8, 7, 127))) {
            return TensorType.BF16;
        }
        return form.equals(new Form(2, 5, 10, 15)) ? TensorType.F16 : null;
    }

    /** The length of a fixed-length text, or -1. */
    static int fixedText(ByteBuffer message) {
        return message.limit() >= 8 && (message.get(0) & 0x0f) == STRING ? message.getInt(4) : -1;
    }

    static boolean isVariableText(ByteBuffer message) {
        return message.limit() >= 8 && (message.get(0) & 0x0f) == VARIABLE_LENGTH && (message.get(1) & 0x0f) == 1;
    }

    static String describe(ByteBuffer message) {
        if (message.limit() < 8) {
            return "a type of " + message.limit() + " bytes";
        }
        int kind = message.get(0) & 0x0f;
        boolean number = kind == INTEGER || kind == FLOAT;
        return (number && (message.get(1) & 1) != 0 ? "big-endian " : "")
                + (kind < CLASSES.length ? CLASSES[kind] : "class " + kind)
                + " of " + Integer.toUnsignedString(message.getInt(4)) + " bytes";
    }
}
