package dev.graft.weights;

import java.nio.ByteBuffer;

/** Turns the little-endian bytes of integer tensors into {@code long}. */
final class IntegerDecoder {
    private IntegerDecoder() {}

    /** Whether every value of this type is a {@code long}: all integers but U64. */
    static boolean decodes(TensorType type) {
        return switch (type) {
            case BOOL, U8, I8, U16, I16, U32, I32, I64 -> true;
            default -> false;
        };
    }

    /** Decodes {@code count} elements from the buffer's start. */
    static void decode(TensorType type, ByteBuffer from, long[] target, int offset, int count) {
        int bytes = type.bytes();
        for (int i = 0; i < count; i++) {
            target[offset + i] = switch (type) {
                case BOOL, U8 -> Byte.toUnsignedLong(from.get(i));
                case I8 -> from.get(i);
                case U16 -> Short.toUnsignedLong(from.getShort(i * bytes));
                case I16 -> from.getShort(i * bytes);
                case U32 -> Integer.toUnsignedLong(from.getInt(i * bytes));
                case I32 -> from.getInt(i * bytes);
                case I64 -> from.getLong(i * bytes);
                default -> throw new IllegalArgumentException(type + " does not read as integers");
            };
        }
    }
}
