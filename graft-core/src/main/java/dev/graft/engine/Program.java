package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import dev.graft.backbone.Layer;
import dev.graft.backbone.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of stages with taps, made ready for the engine: layers between two taps form one segment. */
final class Program {
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

    /** What a run gave: the pooled activation at each tap, and the last stage's output, unless it was not asked for. */
    record Outcome(Map<Tap, NDArray> tapped, @Nullable NDArray last) {}

    Outcome run(NDArray input, Parameters parameters, Pass pass) {
        Map<Tap, NDArray> tapped = new LinkedHashMap<>();
        NDArray activation = input;
        for (Segment segment : segments) {
            activation = Kernels.run(segment.layers(), activation, parameters, pass);
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
