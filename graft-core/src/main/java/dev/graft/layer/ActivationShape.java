package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one example's activation, without the batch axis: a feature map (channels, height, width), a sequence
 * (tokens, width), of which an example may use fewer tokens, or a vector (features).
 *
 * @param axes the sizes of the axes, each at least 1; three of them, two or one
 */
public record ActivationShape(List<Integer> axes) {
    /** Checks and copies the axes. */
    public ActivationShape {
        axes = List.copyOf(axes);
        if (axes.isEmpty() || axes.size() > 3 || axes.stream().anyMatch(axis -> axis < 1)) {
            throw new SettingsException(Problem.of("A layer's output has an impossible shape.")
                    .expected("(features), (tokens, width) or (channels, height, width), each at least 1")
                    .found(axes)
                    .fix("use a larger input image, or fewer strided layers"));
        }
    }

    /** A feature map (channels, height, width). */
    public static ActivationShape map(int channels, int height, int width) {
        return new ActivationShape(List.of(channels, height, width));
    }

    /** A vector (features). */
    public static ActivationShape vector(int features) {
        return new ActivationShape(List.of(features));
    }

    /** A sequence (tokens, width) of at most so many tokens. */
    public static ActivationShape sequence(int tokens, int width) {
        return new ActivationShape(List.of(tokens, width));
    }

    /** Whether this is a sequence. */
    public boolean isSequence() {
        return axes.size() == 2;
    }

    /** Whether there are places to take statistics over: those of a feature map, or a sequence's tokens. */
    public boolean hasPlaces() {
        return axes.size() > 1;
    }

    /** The most tokens of a sequence; 1 for anything else. */
    public int tokens() {
        return isSequence() ? axes.get(0) : 1;
    }

    /** The values of a row that holds one example: its elements, and before a sequence's the number of its tokens. */
    public int rowLength() {
        return isSequence() ? elements() + 1 : elements();
    }

    /** Whether this is a feature map. */
    public boolean isMap() {
        return axes.size() == 3;
    }

    /** The channels of a feature map, the width of a sequence, or the features of a vector. */
    public int channels() {
        return axes.get(isSequence() ? 1 : 0);
    }

    /** The rows of a feature map; 1 for anything else. */
    public int height() {
        return isMap() ? axes.get(1) : 1;
    }

    /** The columns of a feature map; 1 for anything else. */
    public int width() {
        return isMap() ? axes.get(2) : 1;
    }

    /** The number of elements. */
    public int elements() {
        return axes.stream().reduce(1, Math::multiplyExact);
    }

    /** Such as {@code (32, 26, 26)}. */
    @Override
    public String toString() {
        return axes.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
