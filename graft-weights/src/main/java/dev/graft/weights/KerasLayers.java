package dev.graft.weights;

import dev.graft.error.WeightsFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds a Keras model's layers in a file of its weights, in either of the two forms that Keras has.
 *
 * <p>The older form, {@code .h5}, lists the layers' names in order; a whole saved model has them below
 * {@code model_weights}. The newer, {@code .weights.h5}, numbers the layers of each class in order and the variables of
 * each layer. What belongs to the optimiser or to a random generator is left out; every other tensor belongs to a layer,
 * or the file is refused.
 */
public final class KerasLayers {
    private static final String MODEL = "model_weights";
    private static final String LAYER_NAMES = "layer_names";
    private static final String WEIGHT_NAMES = "weight_names";
    private static final String LAYERS = "layers/";
    private static final String VARS = "/vars";
    private static final Map<String, List<String>> VARIABLES = Map.of(
            "conv2d", List.of("kernel", "bias"),
            "dense", List.of("kernel", "bias"),
            "batch_normalization", List.of("gamma", "beta", "moving_mean", "moving_variance"));

    private final Hdf5File file;
    private final List<KerasLayer> layers = new ArrayList<>();

    private KerasLayers(Hdf5File file) {
        this.file = file;
    }

    /**
     * The layers, in the model's order; in the newer form, those of one class are in order and the classes by name.
     *
     * @throws WeightsFileException if the file holds no Keras model, or tensors that belong to no layer of it
     */
    public static List<KerasLayer> of(Hdf5File file) {
        KerasLayers reader = new KerasLayers(file);
        String base = file.groups().contains(MODEL) ? MODEL : "";
        Optional<List<String>> names = reader.texts(base, LAYER_NAMES);
        if (names.isPresent()) {
            reader.readListed(base, names.get());
        } else {
            reader.readNumbered();
        }
        reader.requireNothingElse();
        return reader.layers;
    }

    /** The texts of an attribute, which Keras spreads over several if it is long: {@code name0}, {@code name1}, … */
    private Optional<List<String>> texts(String group, String attribute) {
        Optional<List<String>> whole = file.texts(group, attribute);
        if (whole.isPresent()) {
            return whole;
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < Limits.HDF5_TEXTS; i++) {
            Optional<List<String>> part = file.texts(group, attribute + i);
            if (part.isEmpty()) {
                return i == 0 ? Optional.empty() : Optional.of(parts);
            }
            parts.addAll(part.get());
        }
        return Optional.of(parts);
    }

    private void readListed(String base, List<String> names) {
        for (String name : names) {
            String group = Hdf5Walk.join(base, name);
            Map<String, String> variables = new LinkedHashMap<>();
            for (String weight : texts(group, WEIGHT_NAMES).orElse(List.of())) {
                String variable = weight.substring(weight.lastIndexOf('/') + 1).replaceAll(":\\d+$", "");
                String tensor = Hdf5Walk.join(group, weight);
                if (!file.tensors().containsKey(tensor)) {
                    throw refusal("a layer lacks a tensor that it lists", name, tensor, "none of that name");
                }
                if (variables.put(variable, tensor) != null) {
                    throw refusal(
                            "a layer has two variables of one name",
                            name,
                            "a model whose layers are layers, not models of their own",
                            "two of the name " + Names.quote(variable));
                }
            }
            layers.add(new KerasLayer(name, variables));
        }
    }

    private void readNumbered() {
        List<String> groups = file.groups().stream()
                .filter(group -> group.startsWith(LAYERS) && group.endsWith(VARS))
                .filter(group -> group.indexOf('/', LAYERS.length()) == group.length() - VARS.length())
                .map(group -> group.substring(LAYERS.length(), group.length() - VARS.length()))
                .sorted(Comparator.comparing(KerasLayers::kind).thenComparingLong(KerasLayers::number))
                .toList();
        for (String group : groups) {
            String vars = LAYERS + group + VARS;
            String name = file.texts(vars, "name")
                    .map(List::stream)
                    .flatMap(s -> s.findFirst())
                    .orElse(group);
            layers.add(new KerasLayer(name, numberedVariables(group, vars)));
        }
        if (layers.isEmpty()) {
            throw new WeightsFileException(file.problem("it holds no Keras model's weights")
                    .where("the root group")
                    .expected("an attribute 'layer_names', or groups layers/…/vars")
                    .found(file.tensors().size() + " other data sets")
                    .fix("save the model again: model.save_weights('model.weights.h5')"));
        }
    }

    private Map<String, String> numberedVariables(String group, String vars) {
        List<String> names = VARIABLES.getOrDefault(kind(group), List.of());
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; file.tensors().containsKey(vars + "/" + i); i++) {
            variables.put(i < names.size() ? names.get(i) : Integer.toString(i), vars + "/" + i);
        }
        return variables;
    }

    /** A layer's class, such as {@code conv2d} for {@code conv2d_3}. */
    private static String kind(String group) {
        return group.replaceAll("_\\d{1,6}$", "");
    }

    private static long number(String group) {
        String number = group.substring(kind(group).length());
        return number.isEmpty() ? 0 : Long.parseLong(number.substring(1));
    }

    private void requireNothingElse() {
        Set<String> known = layers.stream()
                .flatMap(layer -> layer.variables().values().stream())
                .collect(Collectors.toSet());
        List<String> unknown = file.tensors().keySet().stream()
                .filter(tensor -> !known.contains(tensor) && !isTrainingState(tensor))
                .toList();
        if (!unknown.isEmpty()) {
            throw refusal(
                    "it holds tensors that belong to no layer of the model",
                    "",
                    "only tensors of layers, the optimiser and random generators",
                    unknown.stream().limit(10).map(Names::quote).collect(Collectors.joining(", ")));
        }
    }

    private static boolean isTrainingState(String tensor) {
        return tensor.startsWith("optimizer_weights/")
                || tensor.startsWith("optimizer/")
                || tensor.contains("/seed_generator/");
    }

    private WeightsFileException refusal(String rule, String layer, String expected, String found) {
        return new WeightsFileException(file.problem(rule)
                .where(layer.isEmpty() ? "the file" : "layer " + Names.quote(layer))
                .expected(expected)
                .found(found)
                .fix("save the model again with Keras: model.save_weights('model.weights.h5')"));
    }
}
