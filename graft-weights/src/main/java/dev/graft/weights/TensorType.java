package dev.graft.weights;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The element types of the safetensors format whose elements fill whole bytes. All are little-endian in the file.
 *
 * <p>The constants are named as the format names them.
 */
public enum TensorType {
    /** One byte, 0 or 1. */
    BOOL(1),
    /** Unsigned 8-bit integer. */
    U8(1),
    /** Signed 8-bit integer. */
    I8(1),
    /** 8-bit float, 5 bits of exponent and 2 of mantissa. */
    F8_E5M2(1),
    /** 8-bit float, 4 bits of exponent and 3 of mantissa. */
    F8_E4M3(1),
    /** 8-bit scale, exponent only. */
    F8_E8M0(1),
    /** Signed 16-bit integer. */
    I16(2),
    /** Unsigned 16-bit integer. */
    U16(2),
    /** IEEE 754 binary16. */
    F16(2),
    /** The upper half of a binary32. */
    BF16(2),
    /** Signed 32-bit integer. */
    I32(4),
    /** Unsigned 32-bit integer. */
    U32(4),
    /** IEEE 754 binary32. */
    F32(4),
    /** Two binary32, real and imaginary. */
    C64(8),
    /** IEEE 754 binary64. */
    F64(8),
    /** Signed 64-bit integer. */
    I64(8),
    /** Unsigned 64-bit integer. */
    U64(8);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    /** The bytes that one element takes in the file. */
    public int bytes() {
        return bytes;
    }

    /** Whether {@link SafetensorsFile#read} turns this type into float32: F16, BF16, F32 and F64. */
    public boolean readsAsFloat32() {
        return this == F16 || this == BF16 || this == F32 || this == F64;
    }

    /** The type that the format calls by this name, in capitals, if there is one. */
    public static Optional<TensorType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    static String allNames() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
