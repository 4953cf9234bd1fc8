package dev.graft.backbone;

import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which tensor of a checkpoint becomes which of a network, found from names and shapes alone. */
final class CheckpointPlan {
    // How many batches a normalisation has seen: PyTorch keeps it beside the statistics, and no network here uses it.
    private static final String COUNTER = ".num_batches_tracked";
    private static final String STATISTIC = ".running_mean";

    /** How many models a moving average has seen. */
    private static final String AVERAGED = "n_averaged";

    private final Architecture architecture;
    private final Naming naming;
    private final String prefix;
    /** The checkpoint's names by what they are without the prefix. */
    private final Map<String, String> originals;

    private final Set<String> classifier = new LinkedHashSet<>();
    private final Map<String, ParameterSpec> needed;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> misshapen = new ArrayList<>();

    private CheckpointPlan(Architecture architecture, Naming naming, String prefix, Map<String, long[]> shapes) {
        this.originals = CheckpointPrefixes.without(prefix, shapes.keySet());
        Map<String, long[]> bare = new LinkedHashMap<>();
        originals.forEach((name, original) -> bare.put(name, Objects.requireNonNull(shapes.get(original))));
        this.architecture = withClassesOf(architecture, naming, bare);
        this.naming = naming;
        this.prefix = prefix;
        this.architecture.classifier().layers().stream()
                .filter(Layer.Linear.class::isInstance)
                .flatMap(layer -> layer.parameters().stream())
                .forEach(spec -> classifier.add(spec.name()));
        this.needed = this.architecture.parameters().stream()
                .collect(Collectors.toMap(ParameterSpec::name, spec -> spec, (a, b) -> a, LinkedHashMap::new));
        bare.forEach(this::place);
        leaveOutOtherClassifier();
    }

    /**
     * The plan under whichever naming fits best; the names without a prefix that training programs put before them, if one
     * prefix alone makes all of them fit, and they do not fit as they are.
     */
    static CheckpointPlan of(CatalogueEntry entry, Map<String, long[]> shapes) {
        CheckpointPlan plain = of(entry, "", shapes);
        if (plain.report().fits()) {
            return plain;
        }
        List<CheckpointPlan> fitting = new ArrayList<>();
        CheckpointPlan best = plain;
        for (String prefix : CheckpointPrefixes.among(shapes.keySet())) {
            CheckpointPlan plan = of(entry, prefix, shapes);
            if (plan.report().fits()) {
                fitting.add(plan);
            }
            best = plan.report().faults() < best.report().faults() ? plan : best;
        }
        return fitting.size() == 1 ? fitting.get(0) : best;
    }

    private static CheckpointPlan of(CatalogueEntry entry, String prefix, Map<String, long[]> shapes) {
        return entry.namings().stream()
                .map(naming -> new CheckpointPlan(entry.architecture(), naming, prefix, shapes))
                .min(Comparator.comparingInt(plan -> plan.report().faults()))
                .orElseThrow();
    }

    /** A checkpoint whose classifier is of another form has tensors of it that the network does not know. */
    private void leaveOutOtherClassifier() {
        boolean absent = classifier.stream().noneMatch(sources::containsKey)
                && misshapen.stream().noneMatch(line -> classifier.contains(line.substring(0, line.indexOf(' '))));
        if (absent && unexpected.stream().allMatch(this::ofClassifier)) {
            ignored.addAll(unexpected);
            unexpected.clear();
        }
    }

    private boolean ofClassifier(String theirs) {
        String ours = naming.translate(theirs);
        return classifier.stream()
                .map(name -> name.substring(0, name.lastIndexOf('.') + 1))
                .anyMatch(module -> ours.startsWith(module) || theirs.startsWith(module));
    }

    /** The network, with as many classes as the checkpoint has. */
    Architecture architecture() {
        return architecture;
    }

    /** The checkpoint's name of one of the network's tensors; null for those of a classifier that it lacks. */
    @Nullable
    String source(String name) {
        String theirs = sources.get(name);
        return theirs == null ? null : originals.get(theirs);
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
                naming.library(),
                List.copyOf(sources.values()),
                translated,
                ignored,
                missing,
                unexpected,
                misshapen,
                new LoadReport.Allowance(
                        prefix, missing.size() == classifier.size() && classifier.containsAll(missing)));
    }

    private void place(String theirs, long[] shape) {
        if (counts(theirs) || (!prefix.isEmpty() && theirs.equals(AVERAGED))) {
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
