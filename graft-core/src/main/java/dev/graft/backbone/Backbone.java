package dev.graft.backbone;

import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A source model: an architecture and the weights it learned. Immutable.
 *
 * @param architecture the network
 * @param weights all of its tensors, the source task's classifier included
 * @param card where the weights come from
 */
public record Backbone(Architecture architecture, WeightSet weights, BackboneCard card) {
    private static final int SHOWN = 10;

    /**
     * Checks that the weights fit, strictly: every tensor is accounted for.
     *
     * @throws WeightsMismatchException if a tensor is missing, unexpected or of another shape; the message lists the
     *     first ten; or if a running variance is negative or no finite number
     */
    public Backbone {
        requireFit(architecture.parameters(), weights, "backbone " + architecture.id());
    }

    /** The backbone's id. */
    public String id() {
        return architecture.id();
    }

    /**
     * Checks that a set of weights is exactly what a network needs.
     *
     * @param network what needs them, for the message
     * @throws WeightsMismatchException if it is not, or a running variance is negative or no finite number
     */
    public static void requireFit(List<ParameterSpec> specs, WeightSet weights, String network) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        weights.asMap().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        requireShapes(specs, shapes, network);
        requireVariances(specs, weights, network);
    }

    /**
     * Checks that tensors of some names and shapes are exactly those that a network needs, before any of them is read.
     *
     * @param shapes the tensors' shapes, by name
     * @param network what needs them, for the message
     * @throws WeightsMismatchException if they are not
     */
    public static void requireShapes(List<ParameterSpec> specs, Map<String, long[]> shapes, String network) {
        List<String> faults = new ArrayList<>();
        for (ParameterSpec spec : specs) {
            long[] shape = shapes.get(spec.name());
            if (shape == null) {
                faults.add("missing     " + spec.name() + "  expected " + spec.shape());
            } else if (!Arrays.equals(shape, spec.shapeArray())) {
                faults.add("mis-shaped  " + spec.name() + "  expected " + spec.shape() + ", found "
                        + Arrays.toString(shape));
            }
        }
        Set<String> known = specs.stream().map(ParameterSpec::name).collect(Collectors.toUnmodifiableSet());
        shapes.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add("unexpected  " + name));
        if (!faults.isEmpty()) {
            String listed = faults.stream().limit(SHOWN).collect(Collectors.joining("\n"));
            throw new WeightsMismatchException(Problem.of("The weights do not fit " + network + ".")
                    .expected(specs.size() + " tensors")
                    .found(shapes.size() + " tensors, " + faults.size() + " that do not fit"
                            + (faults.size() > SHOWN ? ", the first " + SHOWN + ":" : ":") + "\n" + listed)
                    .fix("use weights that were made for this network; nothing was loaded"));
        }
    }

    /** A network with a variance that is none computes roots of negative numbers, and answers with what is no number. */
    private static void requireVariances(List<ParameterSpec> specs, WeightSet weights, String network) {
        for (ParameterSpec spec : specs) {
            if (spec.role() != ParameterSpec.Role.RUNNING_VARIANCE) {
                continue;
            }
            float[] values = weights.get(spec.name()).values();
            for (int i = 0; i < values.length; i++) {
                if (!(values[i] >= 0 && Float.isFinite(values[i]))) {
                    throw new WeightsMismatchException(
                            Problem.of("The weights of " + network + " cannot be used.")
                                    .where("tensor " + spec.name() + ", value " + i)
                                    .expected("a variance: a finite number of at least 0")
                                    .found(values[i])
                                    .fix(
                                            "use weights as they were trained: these were damaged or altered; nothing was loaded"));
                }
            }
        }
    }
}
