package dev.graft.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file in the making: TFRecord framing around {@code Event} messages (tensorflow/core/lib/io,
 * record_writer.h, and tensorflow/core/util/event.proto), of which only scalars are written.
 */
final class EventFile {
    private static final String VERSION = "brain.Event:2";
    private static final int CHECKSUM_MASK = 0xA282EAD8;

    // Field numbers of event.proto and summary.proto, with the wire types of Protocol Buffers.
    private static final int EVENT_WALL_TIME = 1 << 3 | 1;
    private static final int EVENT_STEP = 2 << 3;
    private static final int EVENT_FILE_VERSION = 3 << 3 | 2;
    private static final int EVENT_SUMMARY = 5 << 3 | 2;
    private static final int SUMMARY_VALUE = 1 << 3 | 2;
    private static final int VALUE_TAG = 1 << 3 | 2;
    private static final int VALUE_SIMPLE = 2 << 3 | 5;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final double wallTime;

    /** Starts a file whose events are all of one time, in seconds since 1970. */
    EventFile(double wallTime) {
        this.wallTime = wallTime;
        ByteArrayOutputStream event = event();
        field(event, EVENT_FILE_VERSION, VERSION.getBytes(StandardCharsets.UTF_8));
        record(event.toByteArray());
    }

    /** Adds one number. */
    void scalar(String tag, long step, double value) {
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        field(named, VALUE_TAG, tag.getBytes(StandardCharsets.UTF_8));
        named.write(VALUE_SIMPLE);
        named.writeBytes(littleEndian(Float.BYTES).putFloat((float) value).array());
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        field(summary, SUMMARY_VALUE, named.toByteArray());
        ByteArrayOutputStream event = event();
        event.write(EVENT_STEP);
        variable(event, step);
        field(event, EVENT_SUMMARY, summary.toByteArray());
        record(event.toByteArray());
    }

    byte[] bytes() {
        return file.toByteArray();
    }

    private ByteArrayOutputStream event() {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.write(EVENT_WALL_TIME);
        event.writeBytes(littleEndian(Double.BYTES).putDouble(wallTime).array());
        return event;
    }

    private void record(byte[] content) {
        byte[] length = littleEndian(Long.BYTES).putLong(content.length).array();
        file.writeBytes(length);
        file.writeBytes(checksum(length));
        file.writeBytes(content);
        file.writeBytes(checksum(content));
    }

    /** CRC-32C, turned and shifted, since checksums of what holds checksums are weak. */
    private static byte[] checksum(byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        int turned = Integer.rotateRight((int) sum.getValue(), 15);
        return littleEndian(Integer.BYTES).putInt(turned + CHECKSUM_MASK).array();
    }

    private static void field(ByteArrayOutputStream message, int key, byte[] content) {
        message.write(key);
        variable(message, content.length);
        message.writeBytes(content);
    }

    /** Seven bits a byte, the lowest first. */
    private static void variable(ByteArrayOutputStream message, long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            message.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        message.write((int) left);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
