package dev.graft.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One protobuf message, field after field. Contents are shared, not copied: weights are in memory once. */
final class OnnxMessage {
    private static final int VARINT = 0;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    private final List<byte[]> parts = new ArrayList<>();
    private long length;

    OnnxMessage number(int field, long value) {
        return add(varints(((long) field << 3) | VARINT, value));
    }

    OnnxMessage real(int field, float value) {
        add(varints(((long) field << 3) | FOUR_BYTES));
        return add(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
    }

    OnnxMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    OnnxMessage bytes(int field, byte[] value) {
        add(varints(((long) field << 3) | LENGTH, value.length));
        return add(value);
    }

    OnnxMessage message(int field, OnnxMessage value) {
        add(varints(((long) field << 3) | LENGTH, value.length));
        value.parts.forEach(this::add);
        return this;
    }

    long length() {
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        for (byte[] part : parts) {
            out.write(part);
        }
    }

    private OnnxMessage add(byte[] part) {
        parts.add(part);
        length += part.length;
        return this;
    }

    private static byte[] varints(long... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long value : values) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                bytes.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }
        return bytes.toByteArray();
    }
}
