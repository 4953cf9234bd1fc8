package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A run of stages with taps, made ready for the engine: layers between two taps form one segment. */
final class Program {
    // A convolution's output should still be in the cache of the processor when one thread reads it.
    private static final long BYTES_OF_ONE_THREAD = 20L << 20;
    // Several threads at an operation want more of it, and below the 64 MiB that an arena of the allocator grows by.
    private static final long BYTES_OF_ALL_THREADS = 40L << 20;
    // More do not make the kernels of one thread faster.
    private static final int MOST_OF_ONE_THREAD = 32;

    /** Layers between two taps. */
    record Segment(List<Layer> layers, List<Tap> taps) {}

    private final List<Segment> segments = new ArrayList<>();

    Program(List<Stage> stages, List<Tap> taps) {
        List<Layer> pending = new ArrayList<>();
        for (Stage stage : stages) {
            pending.addAll(stage.layers());
            List<Tap> here = taps.stream()
                    .filter(tap -> tap.stage().equals(stage.name()))
                    .toList();
            if (!here.isEmpty()) {
                segments.add(new Segment(poolBeforeRelu(pending), here));
                pending.clear();
            }
        }
        segments.add(new Segment(poolBeforeRelu(pending), List.of()));
    }

    /** What it consists of, in order. */
    List<Segment> segments() {
        return List.copyOf(segments);
    }

    /**
     * How many examples a run for inference best takes where each core has examples of its own: fewer, the larger the
     * largest activation is. Many large ones take several times as long, since the memory of a thread grows and shrinks
     * with each layer. Of sequences, whose lengths differ, the shape does not say.
     */
    int examplesOfOneThread(ActivationShape input) {
        return input.isMap() ? Math.min(MOST_OF_ONE_THREAD, fitting(BYTES_OF_ONE_THREAD, input)) : MOST_OF_ONE_THREAD;
    }

    /** How many examples a run for inference best takes where all cores work at each operation. */
    int examplesOfAllThreads(ActivationShape input) {
        return input.isMap() ? fitting(BYTES_OF_ALL_THREADS, input) : Integer.MAX_VALUE;
    }

    /** Whether there is a convolution of some kind. */
    boolean hasConvolution(Predicate<Layer.Conv2d> kind) {
        return segments.stream().anyMatch(segment -> hasConvolution(segment.layers(), kind));
    }

    private static boolean hasConvolution(List<Layer> layers, Predicate<Layer.Conv2d> kind) {
        return layers.stream()
                .anyMatch(layer -> layer instanceof Layer.Conv2d conv
                        ? kind.test(conv)
                        : layer.chains().stream().anyMatch(chain -> hasConvolution(chain, kind)));
    }

    /**
     * How many examples a run in training takes in so much memory: all activations wait there for the way back. Of sequences the
     * shape does not say.
     */
    int examplesInTraining(long bytes, ActivationShape input) {
        if (!input.isMap()) {
            return Integer.MAX_VALUE;
        }
        long elements = 0;
        ActivationShape shape = input;
        for (Segment segment : segments) {
            elements += activations(segment.layers(), shape);
            for (Layer layer : segment.layers()) {
                shape = layer.outputShape(shape);
            }
        }
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / Math.max(1, Float.BYTES * elements)));
    }

    private static long activations(List<Layer> layers, ActivationShape input) {
        long elements = 0;
        ActivationShape shape = input;
        for (Layer layer : layers) {
            for (List<Layer> chain : layer.chains()) {
                elements += activations(chain, shape);
            }
            shape = layer.outputShape(shape);
            elements += shape.elements();
        }
        return elements;
    }

    private int fitting(long bytes, ActivationShape input) {
        List<Layer> layers =
                segments.stream().flatMap(segment -> segment.layers().stream()).toList();
        return (int) Math.max(1, bytes / (Float.BYTES * largestActivation(layers, input)));
    }

    private static long largestActivation(List<Layer> layers, ActivationShape input) {
        long largest = input.elements();
        ActivationShape shape = input;
        for (Layer layer : layers) {
            for (List<Layer> chain : layer.chains()) {
                largest = Math.max(largest, largestActivation(chain, shape));
            }
            shape = layer.outputShape(shape);
            largest = Math.max(largest, shape.elements());
        }
        return largest;
    }

    /** What a run gave: the pooled activation at each tap, and the last stage's output, unless it was not asked for. */
    record Outcome(Map<Tap, NDArray> tapped, @Nullable NDArray last) {}

    Outcome run(NDArray input, Parameters parameters, Pass pass) {
        Map<Tap, NDArray> tapped = new LinkedHashMap<>();
        NDArray activation = input;
        for (Segment segment : segments) {
            if (pass.training() && segment.taps().isEmpty()) {
                // Nobody asks in training for what comes after the last tap.
                return new Outcome(tapped, null);
            }
            activation = pass.shared(Kernels.run(segment.layers(), activation, parameters, pass));
            for (Tap tap : segment.taps()) {
                tapped.put(tap, Kernels.pool(activation, tap.pooling(), pass));
            }
        }
        return new Outcome(tapped, activation);
    }

    /** maxPool(relu(x)) equals relu(maxPool(x)), which touches a quarter of the elements. */
    private static List<Layer> poolBeforeRelu(List<Layer> layers) {
        List<Layer> ordered = new ArrayList<>(layers);
        for (int i = 0; i + 1 < ordered.size(); i++) {
            if (ordered.get(i) instanceof Layer.Relu && ordered.get(i + 1) instanceof Layer.MaxPool2d) {
                ordered.add(i, ordered.remove(i + 1));
            }
        }
        return List.copyOf(ordered);
    }
}
