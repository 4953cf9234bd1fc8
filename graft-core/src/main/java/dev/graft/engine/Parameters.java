package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A network's tensors in native memory, by name. They live as long as the scope they were made in. */
final class Parameters {
    private final List<ParameterSpec> specs;
    private final String prefix;
    private final Map<String, NDArray> arrays;
    private final @Nullable Gradients gradients;
    private final @Nullable PackedLayers packed;

    private Parameters(List<ParameterSpec> specs) {
        this(List.copyOf(specs), "", new LinkedHashMap<>(), null, null);
    }

    private Parameters(
            List<ParameterSpec> specs,
            String prefix,
            Map<String, NDArray> arrays,
            @Nullable Gradients gradients,
            @Nullable PackedLayers packed) {
        this.specs = specs;
        this.prefix = prefix;
        this.arrays = arrays;
        this.gradients = gradients;
        this.packed = packed;
    }

    /** Returns a view of these tensors for one training step, whose gradients are collected. */
    Parameters collecting(Gradients ofStep) {
        return new Parameters(specs, prefix, arrays, ofStep, packed);
    }

    /** Returns a view of these tensors for a trunk that leaves its prefix out of their names. */
    Parameters under(String trunk) {
        return trunk.isEmpty() ? this : new Parameters(specs, prefix + trunk, arrays, gradients, packed);
    }

    /** Copies the values of the given tensors into the scope. */
    static Parameters of(NDManager scope, List<ParameterSpec> specs, WeightSet weights) {
        Parameters parameters = new Parameters(specs);
        for (ParameterSpec spec : specs) {
            parameters.arrays.put(spec.name(), toEngine(scope, weights.get(spec.name()), spec));
        }
        return parameters;
    }

    /** Returns a view of these tensors, and beside them layers whose tensors are packed. */
    Parameters with(PackedLayers layers) {
        return new Parameters(specs, prefix, arrays, gradients, layers);
    }

    /** A view of arrays that others own. */
    static Parameters viewing(Map<String, NDArray> arrays) {
        return new Parameters(List.of(), "", arrays, null, null);
    }

    /** Zeros in the same shapes and layouts, for the learned tensors only. */
    static Parameters zerosLike(NDManager scope, List<ParameterSpec> specs) {
        List<ParameterSpec> learned =
                specs.stream().filter(ParameterSpec::learned).toList();
        Parameters parameters = new Parameters(learned);
        for (ParameterSpec spec : learned) {
            float[] zeros = new float[Math.toIntExact(spec.elements())];
            parameters.arrays.put(spec.name(), toEngine(scope, new FloatTensor(spec.shapeArray(), zeros), spec));
        }
        return parameters;
    }

    List<ParameterSpec> specs() {
        return specs;
    }

    NDArray get(String name) {
        NDArray array = own(name);
        return gradients == null ? array : gradients.standIn(prefix + name, array);
    }

    /** The packed form of a layer, in which its tensors are not among the arrays; null if they are. */
    PackedLayers.@Nullable PackedLayer packed(String layer) {
        return packed == null ? null : packed.get(prefix + layer);
    }

    /** The rows of a table at some places, (…, width). */
    NDArray rows(String table, NDArray places) {
        if (gradients == null || !gradients.byRows(prefix + table)) {
            return rows(get(table), places);
        }
        return gradients.lookedUp(prefix + table, places, rows(own(table), places));
    }

    private NDArray own(String name) {
        return Objects.requireNonNull(arrays.get(prefix + name), name);
    }

    private static NDArray rows(NDArray table, NDArray places) {
        return places.getNDArrayInternal()
                .embedding(places, table, SparseFormat.DENSE)
                .singletonOrThrow();
    }

    /** Copies all values back to Java. */
    WeightSet toWeights() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (ParameterSpec spec : specs) {
            tensors.put(spec.name(), new FloatTensor(spec.shapeArray(), values(get(spec.name()))));
        }
        return WeightSet.of(tensors);
    }

    private static float[] values(NDArray array) {
        // Reading an array whose channels lie innermost makes a reordered copy, which would live as long as the array.
        try (NDManager passing = array.getManager().newSubManager()) {
            NDArray ordered = array.reshape(-1);
            ordered.attach(passing);
            return ordered.toFloatArray();
        }
    }

    /** Gives the native memory back before the scope does. */
    void release() {
        arrays.values().forEach(NDArray::close);
        arrays.clear();
    }

    private static NDArray toEngine(NDManager scope, FloatTensor tensor, ParameterSpec spec) {
        return EngineFailures.told("the tensor " + spec.name(), () -> copied(scope, tensor, spec));
    }

    private static NDArray copied(NDManager scope, FloatTensor tensor, ParameterSpec spec) {
        try (NDManager passing = scope.newSubManager()) {
            NDArray plain = passing.create(tensor.values(), new Shape(spec.shapeArray()));
            NDArray owned = Layouts.kernel(plain);
            owned.attach(scope);
            return owned;
        }
    }
}
