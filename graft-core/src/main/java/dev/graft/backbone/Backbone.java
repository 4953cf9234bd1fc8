package dev.graft.backbone;

import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
     *     first ten
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
     * @throws WeightsMismatchException if it is not
     */
    public static void requireFit(List<ParameterSpec> specs, WeightSet weights, String network) {
        List<String> faults = new ArrayList<>();
        for (ParameterSpec spec : specs) {
            if (!weights.contains(spec.name())) {
                faults.add("missing     " + spec.name() + "  expected " + spec.shape());
                continue;
            }
            FloatTensor tensor = weights.get(spec.name());
            if (!Arrays.equals(tensor.shape(), spec.shapeArray())) {
                faults.add("mis-shaped  " + spec.name() + "  expected " + spec.shape() + ", found "
                        + Arrays.toString(tensor.shape()));
            }
        }
        List<String> known = specs.stream().map(ParameterSpec::name).toList();
        weights.names().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add("unexpected  " + name));
        if (!faults.isEmpty()) {
            String listed = faults.stream().limit(SHOWN).collect(Collectors.joining("\n"));
            throw new WeightsMismatchException(Problem.of("The weights do not fit " + network + ".")
                    .expected(specs.size() + " tensors")
                    .found(faults.size() + " that do not fit"
                            + (faults.size() > SHOWN ? ", the first " + SHOWN + ":" : ":") + "\n" + listed)
                    .fix("use weights that were made for this network; nothing was loaded"));
        }
    }
}
