package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import dev.graft.backbone.Layer;
import dev.graft.backbone.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run of stages with taps, made ready for the engine: layers between two taps form one segment. */
final class Program {
    private record Segment(List<Layer> layers, List<Tap> taps) {}

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

    /** What a run gave: the pooled activation at each tap, and the last stage's output. */
    record Outcome(Map<Tap, NDArray> tapped, NDArray last) {}

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
