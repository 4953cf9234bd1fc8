package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the fields of one protobuf message, a range of bytes in a file, without building anything of it.
 *
 * <p>A nested message is another reader over a part of this one's range, so that no field can reach beyond the message
 * that it belongs to.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">The wire format</a>
 */
final class ProtobufReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    static final int FIXED32 = 5;

    private static final int WINDOW_BYTES = 4 * 1024;
    private static final String DAMAGED = "the file is damaged or is not ONNX: download or export it again";

    private final ByteSource source;
    private final String what;
    private final long end;
    private final ByteBuffer window;
    private long windowBegin;
    private long position;

    private long fieldBegin;
    private int field;
    private int wireType;
    private long valueBegin;
    private long valueEnd;
    private long value;

    private ProtobufReader(ByteSource source, String what, long begin, long end, ByteBuffer window) {
        this.source = source;
        this.what = what;
        this.position = begin;
        this.end = end;
        this.window = window;
        this.windowBegin = Long.MIN_VALUE / 2;
    }

    /** A reader over a whole file; {@code what} names the message for errors. */
    static ProtobufReader of(ByteSource source, String what) {
        return new ProtobufReader(
                source,
                what,
                0,
                source.size(),
                ByteBuffer.allocate(WINDOW_BYTES).limit(0));
    }

    /** A reader over the message that the current field holds. Go on with this one only when that one is done. */
    ProtobufReader message(String name) {
        requireWireType(LENGTH_DELIMITED);
        ProtobufReader nested = new ProtobufReader(source, name, valueBegin, valueEnd, window);
        nested.windowBegin = windowBegin;
        // The nested reader moves the shared window.
        windowBegin = Long.MIN_VALUE / 2;
        return nested;
    }

    /** Another reader over what this one has not read yet, for a look ahead. */
    ProtobufReader copy() {
        return new ProtobufReader(
                source, what, position, end, ByteBuffer.allocate(WINDOW_BYTES).limit(0));
    }

    /** Goes to the next field; false at the message's end. */
    boolean next() {
        if (position == end) {
            return false;
        }
        fieldBegin = position;
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag < 0 || tag > 0xffffffffL || field <= 0) {
            throw refusal("a field's number is out of range", "1 to " + (1 << 29), String.valueOf(tag >>> 3));
        }
        long bytes;
        switch (wireType) {
            case VARINT -> {
                value = varint();
                return true;
            }
            case FIXED64 -> bytes = Long.BYTES;
            case FIXED32 -> bytes = Integer.BYTES;
            case LENGTH_DELIMITED -> bytes = varint();
            default -> throw refusal("a field has a wire type that is not used", "0, 1, 2 or 5", "" + wireType);
        }
        if (bytes < 0 || bytes > end - position) {
            throw refusal(
                    "a field goes past the end of what it is part of",
                    "at most " + (end - position) + " bytes",
                    Long.toUnsignedString(bytes) + " bytes");
        }
        valueBegin = position;
        valueEnd = position + bytes;
        position = valueEnd;
        return true;
    }

    int field() {
        return field;
    }

    int wireType() {
        return wireType;
    }

    /** Where the current field's bytes begin. */
    long begin() {
        requireWireType(LENGTH_DELIMITED);
        return valueBegin;
    }

    /** The byte after the current field's last. */
    long end() {
        requireWireType(LENGTH_DELIMITED);
        return valueEnd;
    }

    /** The current field as an integer. */
    long integer() {
        requireWireType(VARINT);
        return value;
    }

    /** The current field as text of at most so many bytes. */
    String text(int most) {
        requireWireType(LENGTH_DELIMITED);
        if (valueEnd - valueBegin > most) {
            throw refusal("a text is too long", "at most " + most + " bytes", valueEnd - valueBegin + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) (valueEnd - valueBegin));
        source.read(valueBegin, bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WeightsFileException(
                    problem("a text is not UTF-8").expected("UTF-8").fix(DAMAGED), e);
        }
    }

    /** Takes integers one by one. */
    interface IntegerConsumer {
        void accept(long integer);
    }

    /** The integers of the current field, one if it is not packed, any number if it is. */
    void integers(IntegerConsumer consumer) {
        if (wireType == VARINT) {
            consumer.accept(value);
            return;
        }
        requireWireType(LENGTH_DELIMITED);
        ProtobufReader packed = message(what);
        while (packed.position < packed.end) {
            consumer.accept(packed.varint());
        }
    }

    private void requireWireType(int expected) {
        if (wireType != expected) {
            throw refusal("a field has the wrong wire type", "wire type " + expected, "wire type " + wireType);
        }
    }

    private long varint() {
        long result = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == end) {
                throw refusal("a number is cut short", "a varint that ends", "the end of " + what);
            }
            byte b = nextByte();
            result |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return result;
            }
        }
        throw refusal("a number is too long", "a varint of at most 10 bytes", "more");
    }

    private byte nextByte() {
        long offset = position - windowBegin;
        if (offset < 0 || offset >= window.limit()) {
            window.clear().limit((int) Math.min(window.capacity(), end - position));
            source.read(position, window);
            window.flip();
            windowBegin = position;
            offset = 0;
        }
        position++;
        return window.get((int) offset);
    }

    Problem problem(String rule) {
        return source.problem(rule).with("part", what + ", field " + field).where("byte " + fieldBegin);
    }

    WeightsFileException refusal(String rule, String expected, String found) {
        return new WeightsFileException(
                problem(rule).expected(expected).found(found).fix(DAMAGED));
    }
}
