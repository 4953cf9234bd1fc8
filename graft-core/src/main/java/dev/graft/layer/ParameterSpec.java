package dev.graft.layer;

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
        /** The first matrix of an adapter; starts uniform in ±1/sqrt(in). */
        ADAPTER_DOWN,
        /** The second matrix of an adapter; starts at 0, so that the adapter does nothing yet. */
        ADAPTER_UP,
        /** Stays as it was published, beside an adapter that is trained. */
        FIXED,
        /** A running mean; starts at 0, never touched by an optimiser. */
        RUNNING_MEAN,
        /** A running variance; starts at 1, never touched by an optimiser. */
        RUNNING_VARIANCE;

        /** Whether weight decay applies: to matrices and kernels, not to biases and scales. */
        public boolean decays() {
            return this == WEIGHT || ofAdapter();
        }

        /** Whether it is part of an adapter. */
        public boolean ofAdapter() {
            return this == ADAPTER_DOWN || this == ADAPTER_UP;
        }
    }

    /** Copies the shape. */
    public ParameterSpec {
        shape = List.copyOf(shape);
    }

    public static ParameterSpec of(String name, Role role, long... shape) {
        return new ParameterSpec(name, Arrays.stream(shape).boxed().toList(), role);
    }

    /** Returns a copy whose name begins with the prefix. */
    public ParameterSpec withPrefix(String prefix) {
        return prefix.isEmpty() ? this : new ParameterSpec(prefix + name, shape, role);
    }

    /** Whether an optimiser trains it; running statistics are not parameters in that sense. */
    public boolean learned() {
        return role != Role.RUNNING_MEAN && role != Role.RUNNING_VARIANCE && role != Role.FIXED;
    }

    /** Returns a copy for a tensor that stays as it is in training; an adapter's is trained all the same. */
    ParameterSpec beside() {
        return role.ofAdapter() ? this : new ParameterSpec(name, shape, Role.FIXED);
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
