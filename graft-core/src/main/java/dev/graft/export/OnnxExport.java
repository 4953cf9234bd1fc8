package dev.graft.export;

import dev.graft.backbone.Architecture;
import dev.graft.bundle.Bundle;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import dev.graft.model.Confidence;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.preparation.Preparation;
import dev.graft.preparation.TableCoding;
import dev.graft.preparation.Tokenization;
import dev.graft.result.GraftVersion;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.Manifest;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a trained network as an ONNX model (operator set 17), for programs without Graft: a directory with {@code model.onnx},
 * {@code labels.json}, what prepares its input ({@code preparation.json}, and such as {@code tokenizer.json}), and a {@code README.md} that says how to use
 * them. The model's output {@code probabilities}, (batch, classes), is calibrated; of several
 * labels each has its own, and of numbers the output is {@code numbers}, (batch, numbers), in their own units. Its inputs:
 *
 * <ul>
 *   <li>of images {@code pixels}, float32, (batch, channels, height, width): levels 0 to 255 of an image that has the network's
 *       size already; their normalisation is part of the model
 *   <li>of texts {@code input_ids} and {@code attention_mask}, int64, (batch, tokens), padded at the end
 *   <li>of numbers, categories and counted words {@code values}, float32, (batch, values)
 * </ul>
 *
 * <p>Where a network has several branches, an input's name begins with its branch's and a slash.
 */
public final class OnnxExport {
    // The limit of a protobuf message.
    private static final long LARGEST = Integer.MAX_VALUE;

    private static final String BATCH = "batch";

    private final OnnxGraph graph = new OnnxGraph();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, String> inputs = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final InputFile preparations = new InputFile();
    private final WeightSet weights;

    private OnnxExport(WeightSet weights) {
        this.weights = weights;
    }

    /**
     * Writes a network; whole or not at all.
     *
     * @throws SettingsException if the directory is not empty and may not be replaced, or the network is too large for one
     *     file
     * @throws dev.graft.error.StorageException if the file system refuses
     */
    public static void write(Path directory, TransferModel model, boolean overwrite) {
        OnnxExport export = new OnnxExport(model.weights());
        List<String> parts = new ArrayList<>();
        int width = 0;
        for (ModelBranch branch : model.branches()) {
            parts.add(export.branch(branch.prefix(), branch.architecture(), branch.cut(), branch.columns()));
            width += branch.cut().features(branch.architecture());
        }
        String features = new OnnxLayers(export.graph, model.weights(), "", null).joined(parts);
        export.finish(features, width, model);
        String name = model.takesItems() ? "multimodal" : model.architecture().id();
        export.write(directory, name, model.lineage(), overwrite);
    }

    /** A backbone through its cut, on an input of its own; gives its features. */
    private String branch(String prefix, Architecture architecture, Cut cut, List<String> columns) {
        Preparation preparation = architecture.preparation();
        OnnxSequences sequences = preparation instanceof Tokenization ? OnnxSequences.inputs(graph, prefix) : null;
        String beside = prefix.replace('/', '-');
        inputs.put(prefix + inputName(preparation), described(preparation, beside));
        if (sequences != null) {
            inputs.put(prefix + "attention_mask", "int64, (batch, tokens): 1 for each token, 0 for padding");
        }
        String value = sequences == null ? input(prefix, preparation) : sequences.ids();
        preparations.add(prefix, inputName(preparation), preparation, columns, beside);
        Bundle.filesForOtherPrograms(architecture).forEach((name, content) -> files.put(beside + name, content));
        OnnxLayers layers = new OnnxLayers(graph, weights, prefix, sequences);
        List<String> features = new ArrayList<>();
        ActivationShape shape = architecture.inputShape();
        for (Stage stage : architecture.stagesThrough(cut.last(architecture))) {
            value = layers.add(stage.layers(), value, shape);
            shape = stage.outputShape(shape);
            for (Cut.Place place : cut.ordered(architecture)) {
                if (place.stage().equals(stage.name())) {
                    features.add(layers.pool(value, shape, place.pooling()));
                }
            }
        }
        return layers.joined(features);
    }

    private static String inputName(Preparation preparation) {
        if (preparation instanceof Preprocessing) {
            return "pixels";
        }
        return preparation instanceof Tokenization ? "input_ids" : "values";
    }

    private String input(String prefix, Preparation preparation) {
        String name = prefix + inputName(preparation);
        if (!(preparation instanceof Preprocessing images)) {
            return graph.input(name, BATCH, preparation.axes().get(0));
        }
        String pixels = graph.input(name, BATCH, images.channels(), images.height(), images.width());
        float[] factor = new float[images.channels()];
        float[] offset = new float[images.channels()];
        for (int c = 0; c < factor.length; c++) {
            factor[c] = 1 / (255f * images.std().get(c));
            offset[c] = images.mean().get(c) / images.std().get(c);
        }
        String scaled = graph.node(
                "Mul", List.of(pixels, graph.weight(prefix + "factor", FloatTensor.of(factor, factor.length, 1, 1))));
        return graph.node(
                "Sub", List.of(scaled, graph.weight(prefix + "offset", FloatTensor.of(offset, offset.length, 1, 1))));
    }

    /** What an input holds; the files that prepare it have names that begin with the given. */
    private static String described(Preparation preparation, String beside) {
        if (preparation instanceof Preprocessing images) {
            return "float32, (batch, " + images.channels() + ", " + images.height() + ", " + images.width()
                    + "): levels 0 to 255 of a picture, " + (images.channels() == 1 ? "grey" : "red, green, blue")
                    + ", brought to this size by " + fit(images.fit());
        }
        if (preparation instanceof Tokenization tokenization) {
            return "int64, (batch, tokens): what " + beside + "tokenizer.json makes of a text, at most "
                    + tokenization.maxTokens() + " tokens, padded at the end";
        }
        String values = "float32, (batch, " + preparation.axes().get(0) + "): ";
        if (preparation instanceof TableCoding coding) {
            return values + "the columns " + String.join(", ", coding.columns()) + ", coded: " + coding;
        }
        return values + "how much each term of terms.tsv weighs in a text, a vector of length 1";
    }

    private static String fit(ResizeMode fit) {
        String interpolation = fit.interpolation().name().toLowerCase(Locale.ROOT) + " interpolation";
        return fit instanceof ResizeMode.CenterCrop crop
                ? interpolation + " to " + crop.shorterSide() + " on the shorter side, then cut from the middle"
                : interpolation + ", stretched";
    }

    /** The head, and what its outputs say: calibrated probabilities, or numbers. */
    private void finish(String features, int width, TransferModel model) {
        TargetKind kind = model.kind();
        Confidence confidence = model.confidence();
        OnnxLayers layers = new OnnxLayers(graph, weights, "", null);
        String outputs = layers.add(model.headLayers(), features, ActivationShape.vector(width));
        int made = Layer.outputShape(model.headLayers(), ActivationShape.vector(width))
                .elements();
        String names = JsonMapper.shared().writeValueAsString(kind.names());
        if (kind instanceof Numbers) {
            graph.output(OnnxCard.NUMBERS, outputs, BATCH, made);
        } else {
            if (confidence.temperature() != 1) {
                outputs = graph.node("Div", List.of(outputs, graph.constant((float) confidence.temperature())));
            }
            String probabilities = kind instanceof LabelSet
                    ? graph.node("Sigmoid", List.of(outputs))
                    : probabilities(outputs, made, layers);
            graph.output(
                    OnnxCard.PROBABILITIES, probabilities, BATCH, kind.names().size());
        }
        files.put(InputFile.NAME, preparations.json());
        files.put("labels.json", JsonMapper.shared().writeValueAsBytes(kind.names()));
        metadata.put("classes", names);
        if (!(kind instanceof Numbers)) {
            metadata.put("temperature", Double.toString(confidence.temperature()));
        }
        if (!(kind instanceof OneClass)) {
            metadata.put("task", kind.task());
        }
        if (confidence.threshold() != null) {
            metadata.put("threshold", confidence.threshold().toString());
        }
        if (!confidence.decision().thresholds().isEmpty()) {
            metadata.put("thresholds", confidence.decision().thresholds().toString());
        }
    }

    private String probabilities(String logits, int made, OnnxLayers layers) {
        if (made > 1) {
            return graph.node("Softmax", List.of(logits), OnnxGraph.attributeInt("axis", 1));
        }
        String second = graph.node("Sigmoid", List.of(logits));
        String first = graph.node("Sigmoid", List.of(graph.node("Neg", List.of(logits))));
        return layers.joined(List.of(first, second));
    }

    private void write(Path directory, String name, Lineage lineage, boolean overwrite) {
        metadata.put("backbone", lineage.backbone() + " (" + lineage.backboneOrigin() + ")");
        metadata.put("backboneWeights", lineage.backboneDigest());
        metadata.put("strategy", lineage.strategy());
        metadata.put("data", lineage.data() + ", " + lineage.trainingExamples() + " examples");
        metadata.put("seed", Long.toString(lineage.seed()));
        inputs.forEach((input, what) -> metadata.put("input " + input, what));
        OnnxMessage model = graph.model(name, GraftVersion.current(), metadata);
        if (model.length() > LARGEST) {
            throw new SettingsException(Problem.of("The network is too large for an ONNX file of its own.")
                    .where(directory)
                    .expected("at most " + LARGEST + " bytes")
                    .found(model.length() + " bytes")
                    .fix("use the bundle itself"));
        }
        String card = OnnxCard.of(name, inputs, metadata, files.keySet());
        AtomicFiles.writeDirectory(directory, Manifest.Kind.EXPORT, overwrite, into -> {
            into.stream("model.onnx", model::writeTo);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                into.write(file.getKey(), file.getValue());
            }
            into.write("README.md", card);
        });
    }
}
