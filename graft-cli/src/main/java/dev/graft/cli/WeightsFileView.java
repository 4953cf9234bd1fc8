package dev.graft.cli;

import dev.graft.backbone.Architectures;
import dev.graft.backbone.CatalogueEntry;
import dev.graft.backbone.Checkpoint;
import dev.graft.backbone.KerasWeights;
import dev.graft.backbone.LoadReport;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.Hdf5File;
import dev.graft.weights.KerasLayer;
import dev.graft.weights.KerasLayers;
import dev.graft.weights.OnnxFile;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.ShardedSafetensors;
import dev.graft.weights.TensorFile;
import dev.graft.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is inside a file of weights.
 *
 * @param file the file
 * @param format how it is written
 * @param metadata what a safetensors file says beside its tensors
 * @param layers of a Keras file, its layers and their variables
 * @param tensors the tensors, in the file's order
 * @param fits the networks that the weights fit, each with what was allowed for
 */
record WeightsFileView(
        String file,
        String format,
        Map<String, String> metadata,
        List<LayerView> layers,
        List<TensorView> tensors,
        List<FitView> fits) {
    private static final Pattern WEIGHTS =
            Pattern.compile(".*\\.(safetensors|index\\.json|onnx|h5|hdf5|keras|pt|pth|bin|ckpt|msgpack|gguf|npz)");
    private static final int NAMED = 10;

    record TensorView(String name, String type, List<Long> shape) {}

    record LayerView(String name, List<String> variables) {}

    record FitView(String backbone, List<String> notes) {}

    /** Looks into a file. */
    static WeightsFileView of(Path path) {
        try (TensorFile file = TensorFile.open(path)) {
            List<TensorView> tensors = new ArrayList<>();
            Map<String, long[]> shapes = new LinkedHashMap<>();
            for (TensorInfo info : file.tensors().values()) {
                tensors.add(new TensorView(
                        info.name(),
                        info.type().name(),
                        Arrays.stream(info.shape()).boxed().toList()));
                shapes.put(info.name(), info.shape());
            }
            List<LayerView> layers = file instanceof Hdf5File hdf5 ? layers(hdf5) : List.of();
            return new WeightsFileView(
                    path.toString(),
                    format(file, layers),
                    file instanceof SafetensorsFile safetensors ? safetensors.metadata() : Map.of(),
                    layers,
                    tensors,
                    layers.isEmpty() ? fits(shapes) : kerasFits(path, shapes));
        }
    }

    private static String format(TensorFile file, List<LayerView> layers) {
        if (file instanceof ShardedSafetensors) {
            return "an index of safetensors shards";
        }
        if (file instanceof OnnxFile) {
            return "the initialisers of an ONNX model";
        }
        if (file instanceof Hdf5File) {
            return layers.isEmpty() ? "HDF5" : "Keras weights in HDF5";
        }
        return "safetensors";
    }

    private static List<LayerView> layers(Hdf5File file) {
        try {
            return KerasLayers.of(file).stream()
                    .filter(layer -> !layer.variables().isEmpty())
                    .map(layer -> new LayerView(layer.name(), variables(file, layer)))
                    .toList();
        } catch (WeightsFileException e) {
            // HDF5 of something else: its tensors are shown alone.
            return List.of();
        }
    }

    private static List<String> variables(Hdf5File file, KerasLayer layer) {
        List<String> variables = new ArrayList<>();
        layer.variables().forEach((name, tensor) -> {
            TensorInfo info = file.tensors().get(tensor);
            variables.add(info == null ? name : name + " " + Arrays.toString(info.shape()));
        });
        return variables;
    }

    private static List<FitView> fits(Map<String, long[]> shapes) {
        List<FitView> fits = new ArrayList<>();
        Architectures.catalogue().forEach(entry -> {
            LoadReport report = Checkpoint.report(entry, shapes);
            if (report.fits()) {
                fits.add(new FitView(entry.architecture().id(), report.notes()));
            }
        });
        return fits;
    }

    /** Whether a Keras file's layers are those of a network, only reading tells; not where it has other numbers of values. */
    private static List<FitView> kerasFits(Path path, Map<String, long[]> shapes) {
        long values =
                shapes.values().stream().mapToLong(WeightsFileView::elements).sum();
        List<FitView> fits = new ArrayList<>();
        for (CatalogueEntry entry : Architectures.catalogue()) {
            long needed = entry.architecture().parameters().stream()
                    .mapToLong(ParameterSpec::elements)
                    .sum();
            if (needed == values && kerasFits(path, entry)) {
                fits.add(new FitView(entry.architecture().id(), List.of()));
            }
        }
        return fits;
    }

    private static boolean kerasFits(Path path, CatalogueEntry entry) {
        try {
            KerasWeights.read(path, entry.architecture());
            return true;
        } catch (WeightsMismatchException e) {
            return false;
        }
    }

    private static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    String text() {
        StringBuilder text = new StringBuilder(ResultText.format("%s: %s, %d tensors%n", file, format, tensors.size()));
        for (FitView fit : fits) {
            text.append(ResultText.format("These weights fit backbone %s.%n", fit.backbone()));
            fit.notes().forEach(note -> text.append(ResultText.format("  %s%n", note)));
        }
        for (LayerView layer : layers) {
            text.append(ResultText.format("  layer %-34s %s%n", layer.name(), String.join(", ", layer.variables())));
        }
        for (TensorView tensor : tensors) {
            text.append(ResultText.format("  %-40s %-5s %s%n", tensor.name(), tensor.type(), tensor.shape()));
        }
        return text.toString().stripTrailing();
    }

    /** The refusal of a directory that nothing here opens, with the files of weights that lie in it. */
    static DataException noBundle(Path directory) {
        List<String> weights = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> WEIGHTS.matcher(name).matches())
                    .sorted()
                    .limit(NAMED)
                    .forEach(weights::add);
        } catch (IOException e) {
            return new DataException(
                    Problem.of("A directory cannot be read.")
                            .where(directory.toAbsolutePath())
                            .found(e)
                            .fix("check the path and its permissions"),
                    e);
        }
        Problem problem = Problem.of("This directory is none that Graft opens.")
                .where(directory.toAbsolutePath())
                .expected("a bundle, a run, a source model, or a transformer with config.json, tokenizer.json and"
                        + " weights")
                .found(
                        weights.isEmpty()
                                ? "no config.json and no weights"
                                : "no config.json; weights: " + String.join(", ", weights));
        return new DataException(
                weights.isEmpty()
                        ? problem.fix("check the path")
                        : problem.fix("look into the file itself: graft inspect " + directory.resolve(weights.get(0))));
    }
}
