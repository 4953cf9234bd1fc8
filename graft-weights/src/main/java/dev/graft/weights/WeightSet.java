package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import dev.graft.storage.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Named float32 tensors in a fixed order.
 *
 * <p>Immutable and safe to use from many threads, as long as nobody writes to the tensors' value arrays, which are
 * shared and not copied. Equality looks at names and contents, not at the order.
 */
public final class WeightSet {
    private static final int CHUNK_FLOATS = 16 * 1024;

    private final Map<String, FloatTensor> tensors;
    private int hash;

    private WeightSet(Map<String, FloatTensor> tensors) {
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /** Makes a set of the given tensors, in the map's iteration order. */
    public static WeightSet of(Map<String, FloatTensor> tensors) {
        return new WeightSet(new LinkedHashMap<>(tensors));
    }

    /** The names, in order. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /**
     * The tensor of this name.
     *
     * @throws WeightsMismatchException if there is none; the message lists the nearest names
     */
    public FloatTensor get(String name) {
        FloatTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new WeightsMismatchException(missing(name));
        }
        return tensor;
    }

    private Problem missing(String name) {
        Problem problem = Problem.of("There is no tensor " + Names.quote(name) + " among these weights.")
                .found(tensors.size() + " tensors");
        return tensors.isEmpty()
                ? problem.fix("load weights that hold this tensor")
                : problem.with(
                                "nearest",
                                Names.nearest(name, tensors.keySet()).stream()
                                        .map(Names::quote)
                                        .collect(Collectors.joining(", ")))
                        .fix("ask for one of the names it has, or load weights that hold this tensor");
    }

    /** Whether there is a tensor of this name. */
    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    /** The tensors by name, in order; cannot be changed. */
    public Map<String, FloatTensor> asMap() {
        return tensors;
    }

    /** The number of values in all tensors together. */
    public long parameters() {
        return tensors.values().stream().mapToLong(FloatTensor::elements).sum();
    }

    /** Whether all values are numbers, and none infinite. */
    public boolean isFinite() {
        for (FloatTensor tensor : tensors.values()) {
            for (float value : tensor.values()) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The SHA-256 of names, shapes and values, in lower-case hexadecimal.
     *
     * <p>Independent of the order. Names are taken sorted; for each, the length of its UTF-8 form, that form, the
     * number of dimensions, the dimensions, and the bits of the values, all little-endian.
     */
    public String digest() {
        MessageDigest sha = Digests.sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, FloatTensor> entry : new TreeMap<>(tensors).entrySet()) {
            byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
            sha.update(chunk.clear().putInt(name.length).flip());
            sha.update(name);
            long[] shape = entry.getValue().shape();
            sha.update(chunk.clear().putInt(shape.length).flip());
            for (long dimension : shape) {
                sha.update(chunk.clear().putLong(dimension).flip());
            }
            float[] values = entry.getValue().values();
            for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
                int count = Math.min(CHUNK_FLOATS, values.length - from);
                chunk.clear().limit(count * Float.BYTES);
                chunk.asFloatBuffer().put(values, from, count);
                sha.update(chunk);
            }
        }
        return Digests.hex(sha);
    }

    /** Returns the tensors under names that begin with the prefix. */
    public WeightSet withPrefix(String prefix) {
        Map<String, FloatTensor> renamed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> renamed.put(prefix + name, tensor));
        return new WeightSet(renamed);
    }

    /** Returns the tensors whose names begin with the prefix, under names without it. */
    public WeightSet select(String prefix) {
        Map<String, FloatTensor> selected = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                selected.put(name.substring(prefix.length()), tensor);
            }
        });
        return new WeightSet(selected);
    }

    /**
     * These tensors, then the other set's.
     *
     * @throws WeightsMismatchException if a name is in both
     */
    public WeightSet plus(WeightSet other) {
        Map<String, FloatTensor> both = new LinkedHashMap<>(tensors);
        other.tensors.forEach((name, tensor) -> {
            if (both.putIfAbsent(name, tensor) != null) {
                throw new WeightsMismatchException(
                        Problem.of("Two sets of weights cannot be joined: both have a tensor of one name.")
                                .with("tensor", Names.quote(name))
                                .expected("names that occur in one set only")
                                .fix("give one of the sets a prefix"));
            }
        });
        return new WeightSet(both);
    }

    @Override
    public boolean equals(Object other) {
        return other == this || (other instanceof WeightSet that && tensors.equals(that.tensors));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            // Millions of values, asked for again and again where source models are compared.
            known = tensors.hashCode();
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "WeightSet of " + tensors.size() + " tensors, " + parameters() + " parameters";
    }
}
