package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** The bytes of an HDF5 file, handed out in small checked pieces. */
final class Hdf5Bytes {
    /** What the format writes for an address that leads nowhere. */
    static final long UNDEFINED = -1;

    private static final String DAMAGED = "the file is damaged: download it again, or save it again with h5py or Keras";

    private static final int TEXT_STEP = 64;

    private final ByteSource source;
    private final Set<Long> visited = new HashSet<>();
    /** How many bytes may still be read: parts that share bytes could make a small file endless. */
    private long budget;

    Hdf5Bytes(ByteSource source) {
        this.source = source;
        renewBudget();
    }

    /** Allows for one more walk through the whole file. */
    void renewBudget() {
        budget = Limits.HDF5_BLOCK_BYTES + 16 * Math.min(source.size(), Long.MAX_VALUE / 32);
    }

    long size() {
        return source.size();
    }

    /** A copy of some bytes, little-endian; refused if they reach past the file's end or are more than expected. */
    ByteBuffer read(long address, long length, String what) {
        if (length < 0 || length > Limits.HDF5_BLOCK_BYTES) {
            throw refusal(
                    what + " is too large",
                    address,
                    "at most " + Limits.HDF5_BLOCK_BYTES + " bytes",
                    Long.toUnsignedString(length) + " bytes");
        }
        requireInside(address, length, what);
        budget -= length;
        if (budget < 0) {
            throw refusal(
                    "its parts overlap", address, "parts that together are no larger than the file", "many times that");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        source.read(address, bytes);
        return bytes.flip();
    }

    /** Refuses a range that reaches past the file's end. */
    void requireInside(long address, long length, String what) {
        if (address < 0 || length < 0 || length > size() || address > size() - length) {
            throw refusal(
                    what + " goes past the end of the file",
                    address,
                    "a place within " + size() + " bytes",
                    Long.toUnsignedString(length) + " bytes at " + Long.toUnsignedString(address));
        }
    }

    /** Refuses a part of the file's structure that was met before: no part has two parents, and none is its own. */
    void visit(long address, String what) {
        if (visited.size() == Limits.HDF5_PARTS) {
            throw refusal("it has too many parts", address, "at most " + Limits.HDF5_PARTS + " parts", "more");
        }
        if (!visited.add(address)) {
            throw refusal(what + " is met twice", address, "a tree: each part in one place", "a second way to it");
        }
    }

    /** Refuses a part that does not begin with its signature. */
    void requireSignature(ByteBuffer bytes, String signature, long address, String what) {
        byte[] found = new byte[signature.length()];
        bytes.get(found);
        if (!new String(found, StandardCharsets.ISO_8859_1).equals(signature)) {
            throw refusal(
                    what + " has the wrong signature",
                    address,
                    Names.quote(signature),
                    Names.quote(new String(found, StandardCharsets.ISO_8859_1)));
        }
    }

    /** Text that ends with a zero byte, which must come soon. */
    String text(long address, String what) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (long at = address; text.size() < 4 * Limits.NAME_CHARACTERS; at += TEXT_STEP) {
            requireInside(at, 1, what);
            ByteBuffer bytes = read(at, Math.min(TEXT_STEP, size() - at), what);
            while (bytes.hasRemaining()) {
                byte next = bytes.get();
                if (next == 0) {
                    return text.toString(StandardCharsets.UTF_8);
                }
                text.write(next);
            }
        }
        throw refusal(
                what + " does not end", address, "a zero byte after the text", "none in " + text.size() + " bytes");
    }

    WeightsFileException refusal(String rule, long address, String expected, String found) {
        return refusal(rule, address, expected, found, DAMAGED);
    }

    WeightsFileException refusal(String rule, long address, String expected, String found, String fix) {
        return new WeightsFileException(
                problem(rule, address).expected(expected).found(found).fix(fix));
    }

    Problem problem(String rule, long address) {
        return problem(rule).where("byte " + Long.toUnsignedString(address));
    }

    Problem problem(String rule) {
        return source.problem(rule);
    }
}
