package dev.graft.backbone;

import java.util.Arrays;
import java.util.List;

/**
 * One tensor that a layer needs.
 *
 * @param name its full name in a weights file, such as {@code conv1.weight}
 * @param shape its axes, as the public checkpoints order them: (out, in, kernelHeight, kernelWidth) or (out, in)
 * @param role what it is, which decides how it starts and whether an optimiser may touch it
 */
public record ParameterSpec(String name, List<Long> shape, Role role) {
    /** What a tensor is for. */
    public enum Role {
        /** A matrix or a kernel; starts from a random distribution. */
        WEIGHT,
        /** Starts at 0. */
        BIAS,
        /** A normalisation's scale; starts at 1. */
        SCALE,
        /** The factor of a residual branch; starts at 1e-6. */
        LAYER_SCALE,
        /** A running mean; starts at 0, never touched by an optimiser. */
        RUNNING_MEAN,
        /** A running variance; starts at 1, never touched by an optimiser. */
        RUNNING_VARIANCE
    }

    /** Copies the shape. */
    public ParameterSpec {
        shape = List.copyOf(shape);
    }

    static ParameterSpec of(String name, Role role, long... shape) {
        return new ParameterSpec(name, Arrays.stream(shape).boxed().toList(), role);
    }

    /** The same tensor under a name that begins with the prefix. */
    public ParameterSpec withPrefix(String prefix) {
        return prefix.isEmpty() ? this : new ParameterSpec(prefix + name, shape, role);
    }

    /** Whether an optimiser trains it; running statistics are not parameters in that sense. */
    public boolean learned() {
        return role != Role.RUNNING_MEAN && role != Role.RUNNING_VARIANCE;
    }

    /** The number of elements. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** The shape as an array. */
    public long[] shapeArray() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
