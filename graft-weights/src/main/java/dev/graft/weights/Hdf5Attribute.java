package dev.graft.weights;

import dev.graft.error.WeightsFileException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one attribute of a group as a list of texts, stored with a fixed length or in a global heap. */
final class Hdf5Attribute {
    private static final String HEAP = "a global heap";

    private final Hdf5Bytes file;
    private final Hdf5Message message;

    private Hdf5Attribute(Hdf5Bytes file, Hdf5Message message) {
        this.file = file;
        this.message = message;
    }

    /** The texts of the attribute with this name; none if there is no such attribute, or it holds something else. */
    static Optional<List<String>> texts(Hdf5Bytes file, Hdf5Header header, String name) {
        for (Hdf5Message message : header.all(Hdf5Message.ATTRIBUTE)) {
            try {
                Optional<List<String>> texts = new Hdf5Attribute(file, message).read(name);
                if (texts.isPresent()) {
                    return texts;
                }
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                throw new WeightsFileException(
                        file.problem("an attribute is cut short", message.address())
                                .expected("name, type, shape and values")
                                .found(message.content().limit() + " bytes")
                                .fix("the file is damaged: download it again, or save it again with Keras"),
                        e);
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> read(String wanted) {
        ByteBuffer bytes = message.content();
        bytes.rewind();
        int version = bytes.get();
        bytes.get();
        int nameLength = bytes.getShort() & 0xffff;
        int typeLength = bytes.getShort() & 0xffff;
        int shapeLength = bytes.getShort() & 0xffff;
        if (version == 3) {
            bytes.get();
        }
        // Version 1 pads each part to a multiple of 8 bytes; later versions do not.
        boolean padded = version == 1;
        String name = untilZero(take(bytes, nameLength, padded));
        if (!name.equals(wanted)) {
            return Optional.empty();
        }
        ByteBuffer type = take(bytes, typeLength, padded);
        long[] shape = Hdf5DataSet.shape(take(bytes, shapeLength, padded));
        if (shape == null || shape.length > 1) {
            return Optional.empty();
        }
        long count = shape.length == 0 ? 1 : shape[0];
        if (count < 0 || count > Limits.HDF5_TEXTS) {
            throw file.refusal(
                    "an attribute is too long",
                    message.address(),
                    "at most " + Limits.HDF5_TEXTS + " texts",
                    Long.toUnsignedString(count));
        }
        int length = Hdf5Types.fixedText(type);
        if (length > 0) {
            List<String> texts = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                texts.add(untilZero(take(bytes, length, false)));
            }
            return Optional.of(texts);
        }
        return Hdf5Types.isVariableText(type) ? Optional.of(fromHeap(bytes, count)) : Optional.empty();
    }

    private static ByteBuffer take(ByteBuffer bytes, int length, boolean padded) {
        if (length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer part = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        int step = padded ? (length + 7) / 8 * 8 : length;
        bytes.position(bytes.position() + Math.min(step, bytes.remaining()));
        return part;
    }

    private static String untilZero(ByteBuffer bytes) {
        int length = 0;
        while (length < bytes.limit() && bytes.get(length) != 0) {
            length++;
        }
        return StandardCharsets.UTF_8.decode(bytes.slice(0, length)).toString();
    }

    private List<String> fromHeap(ByteBuffer bytes, long count) {
        List<String> texts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            int length = bytes.getInt();
            long heap = bytes.getLong();
            int index = bytes.getInt();
            if (length < 0 || length > 4 * Limits.NAME_CHARACTERS) {
                throw file.refusal("a text is too long", message.address(), "a name", length + " bytes");
            }
            texts.add(length == 0 ? "" : untilZero(heapObject(heap, index, length)));
        }
        return texts;
    }

    private ByteBuffer heapObject(long heap, int wanted, int length) {
        ByteBuffer start = file.read(heap, 16, HEAP);
        file.requireSignature(start, "GCOL", heap, HEAP);
        long size = start.getLong(8);
        file.requireInside(heap, size, HEAP);
        long at = heap + 16;
        while (at + 16 <= heap + size) {
            ByteBuffer object = file.read(at, 16, HEAP);
            int index = object.getShort(0) & 0xffff;
            long bytes = object.getLong(8);
            if (index == 0 || bytes < 0 || bytes > heap + size - at - 16) {
                break;
            }
            if (index == wanted && bytes >= length) {
                return file.read(at + 16, length, HEAP);
            }
            at += 16 + (bytes + 7) / 8 * 8;
        }
        throw file.refusal("a text is missing from its heap", heap, "object " + wanted, "none of that number");
    }
}
