package dev.graft.backbone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which tensor of a checkpoint becomes which of a network, found from names and shapes alone. */
final class CheckpointPlan {
    // How many batches a normalisation has seen: PyTorch keeps it beside the statistics, and no network here uses it.
    private static final String COUNTER = ".num_batches_tracked";
    private static final String STATISTIC = ".running_mean";

    private final Architecture architecture;
    private final Naming naming;
    private final Map<String, ParameterSpec> needed;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> misshapen = new ArrayList<>();

    private CheckpointPlan(Architecture architecture, Naming naming, Map<String, long[]> shapes) {
        this.architecture = withClassesOf(architecture, naming, shapes);
        this.naming = naming;
        this.needed = this.architecture.parameters().stream()
                .collect(Collectors.toMap(ParameterSpec::name, spec -> spec, (a, b) -> a, LinkedHashMap::new));
        shapes.forEach(this::place);
    }

    /** The plan under whichever naming fits best. */
    static CheckpointPlan of(CatalogueEntry entry, Map<String, long[]> shapes) {
        return entry.namings().stream()
                .map(naming -> new CheckpointPlan(entry.architecture(), naming, shapes))
                .min(Comparator.comparingInt(plan -> plan.report().faults()))
                .orElseThrow();
    }

    /** The network, with as many classes as the checkpoint has. */
    Architecture architecture() {
        return architecture;
    }

    /** The checkpoint's name of one of the network's tensors. */
    @Nullable
    String source(String name) {
        return sources.get(name);
    }

    LoadReport report() {
        Map<String, String> translated = new LinkedHashMap<>();
        sources.forEach((ours, theirs) -> {
            if (!ours.equals(theirs)) {
                translated.put(theirs, ours);
            }
        });
        List<String> missing = needed.keySet().stream()
                .filter(name -> !sources.containsKey(name))
                .filter(name -> misshapen.stream().noneMatch(line -> line.startsWith(name + " ")))
                .toList();
        return new LoadReport(
                naming.library(), List.copyOf(sources.values()), translated, ignored, missing, unexpected, misshapen);
    }

    private void place(String theirs, long[] shape) {
        if (counts(theirs)) {
            ignored.add(theirs);
            return;
        }
        String ours = naming.translate(theirs);
        ParameterSpec spec = needed.get(ours);
        if (spec == null || sources.containsKey(ours)) {
            unexpected.add(theirs);
        } else if (!Arrays.equals(withoutOnes(shape), withoutOnes(spec.shapeArray()))) {
            misshapen.add(ours + "  expected " + spec.shape() + ", found " + Arrays.toString(shape)
                    + (ours.equals(theirs) ? "" : " as " + theirs));
        } else {
            sources.put(ours, theirs);
        }
    }

    private boolean counts(String theirs) {
        if (!theirs.endsWith(COUNTER)) {
            return false;
        }
        String module = theirs.substring(0, theirs.length() - COUNTER.length());
        return needed.containsKey(naming.translate(module + STATISTIC));
    }

    /** Axes of length one do not change the order of the values: libraries differ in where they keep them. */
    private static long[] withoutOnes(long[] shape) {
        return Arrays.stream(shape).filter(axis -> axis != 1).toArray();
    }

    private static Architecture withClassesOf(Architecture architecture, Naming naming, Map<String, long[]> shapes) {
        for (Layer layer : architecture.classifier().layers()) {
            if (layer instanceof Layer.Linear linear) {
                for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
                    long[] shape = tensor.getValue();
                    boolean classifier = naming.translate(tensor.getKey()).equals(linear.name() + ".weight");
                    if (classifier && shape.length == 2 && shape[0] >= 1 && shape[0] <= Integer.MAX_VALUE) {
                        return architecture.withClasses((int) shape[0]);
                    }
                }
            }
        }
        return architecture;
    }
}
