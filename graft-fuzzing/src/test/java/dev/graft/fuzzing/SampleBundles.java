package dev.graft.fuzzing;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Initialization;
import dev.graft.backbone.LowRank;
import dev.graft.backbone.Tabular;
import dev.graft.bundle.AdapterBundle;
import dev.graft.bundle.Bundle;
import dev.graft.data.ColumnKind;
import dev.graft.data.LabeledTexts;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.layer.Adapter;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.model.AdapterModel;
import dev.graft.model.Confidence;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.preparation.BagOfWords;
import dev.graft.preparation.CategoryCoding;
import dev.graft.preparation.NumberScaling;
import dev.graft.targets.Decision;
import dev.graft.targets.NumberErrors;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One small bundle of each kind, as this version writes it, by file name. */
final class SampleBundles {
    private static final List<String> CLASSES = List.of("方形", "circle", "star");
    private static final Lineage LINEAGE =
            new Lineage("digits-cnn", "embedded", "ab12", "feature-extraction", "shapes", "cd34", 500, 7, "0.1.0");
    private static final Cut CONV1 = Cut.pooled(Pooling.MEAN_MAX_STD, "conv1");
    private static final Cut VALUES = Cut.at(Tabular.VALUES);

    private SampleBundles() {}

    static Map<String, byte[]> pictures() {
        return transfer(Architectures.named("digits-cnn"), CONV1);
    }

    static Map<String, byte[]> countedWords() {
        LabeledTexts texts =
                LabeledTexts.of("t", List.of("a", "b"), List.of("so good", "很好 😀", "so so"), new int[] {0, 1, 1});
        return transfer(Tabular.architecture("bag-of-words", BagOfWords.of(texts)), VALUES);
    }

    static Map<String, byte[]> severalBranches() {
        List<ModelBranch> branches = List.of(
                new ModelBranch(
                        "picture", ColumnKind.IMAGE, List.of("photo"), Architectures.named("digits-cnn"), CONV1),
                new ModelBranch(
                        "size",
                        ColumnKind.NUMBER,
                        List.of("price"),
                        Tabular.architecture("size", new NumberScaling(List.of("price"), List.of(1.5), List.of(0.25))),
                        VALUES),
                new ModelBranch(
                        "colour",
                        ColumnKind.CATEGORY,
                        List.of("colour"),
                        Tabular.architecture(
                                "colour", new CategoryCoding(List.of("colour"), List.of(List.of("blue", "red")))),
                        VALUES));
        List<Integer> features = branches.stream()
                .map(branch -> branch.cut().features(branch.architecture()))
                .toList();
        Head head = new Head.Classifier(0.25f);
        List<Layer> layers = new ArrayList<>(Fusion.concatenation().layers(features));
        layers.addAll(head.layers(features.stream().mapToInt(Integer::intValue).sum(), CLASSES.size()));
        List<ParameterSpec> specs = new ArrayList<>();
        for (ModelBranch branch : branches) {
            for (Stage stage : branch.architecture().stagesThrough(branch.cut().last(branch.architecture()))) {
                stage.parameters().forEach(spec -> specs.add(spec.withPrefix(branch.prefix())));
            }
        }
        layers.forEach(layer -> specs.addAll(layer.parameters()));
        TransferModel model = new TransferModel(
                branches,
                Fusion.concatenation().name(),
                head.name(),
                layers,
                CLASSES,
                initialized(specs),
                LINEAGE,
                new Confidence(1.75, 0.4));
        return written(path -> Bundle.write(path, model, false));
    }

    /** A network that tells something else than classes. */
    static Map<String, byte[]> telling(TargetKind kind) {
        Architecture architecture = Architectures.named("digits-cnn");
        Head head = new Head.Classifier(0.25f);
        List<Layer> layers = head.layers(CONV1.features(architecture), kind);
        List<ModelBranch> branches = List.of(ModelBranch.only(architecture, CONV1));
        Confidence confidence = kind instanceof Numbers
                ? Confidence.RAW.withErrors(new NumberErrors(List.of(List.of(0.5, 1.5), List.of(0.1, 2.0)), 30))
                : Confidence.RAW.withDecision(new Decision(List.of(0.3, 0.6)));
        TransferModel model = new TransferModel(
                branches,
                Fusion.concatenation().name(),
                head.name(),
                layers,
                kind,
                initialized(TransferModel.parameters(branches, layers)),
                LINEAGE,
                confidence,
                null);
        return written(path -> Bundle.write(path, model, false));
    }

    static Map<String, byte[]> adapters() {
        AdapterModel model = new AdapterModel(
                new LowRank(new Adapter(4, 8f, 0.1f), Set.of(LowRank.Projection.ATTENTION)),
                CONV1,
                "linear",
                new Head.Classifier(0.25f).layers(8, CLASSES.size()),
                CLASSES,
                initialized(new Head.Classifier(0.25f)
                        .layers(8, CLASSES.size()).stream()
                                .flatMap(layer -> layer.parameters().stream())
                                .toList()),
                LINEAGE,
                64,
                new Confidence(1.75, 0.4));
        return written(path -> AdapterBundle.write(path, model, false));
    }

    private static Map<String, byte[]> transfer(Architecture architecture, Cut cut) {
        Head head = new Head.Classifier(0.25f);
        List<Layer> layers = head.layers(cut.features(architecture), CLASSES.size());
        List<ParameterSpec> specs = Stream.concat(
                        architecture.stagesThrough(cut.last(architecture)).stream()
                                .flatMap(stage -> stage.parameters().stream()),
                        layers.stream().flatMap(layer -> layer.parameters().stream()))
                .toList();
        TransferModel model =
                new TransferModel(architecture, cut, head.name(), layers, CLASSES, initialized(specs), LINEAGE);
        return written(path -> Bundle.write(path, model.withConfidence(new Confidence(1.75, 0.4)), false));
    }

    private static WeightSet initialized(List<ParameterSpec> specs) {
        return Initialization.HE_UNIFORM.initialize(specs, 11);
    }

    @FunctionalInterface
    private interface Writer {
        void write(Path directory);
    }

    private static Map<String, byte[]> written(Writer writer) {
        try {
            Path directory = Scratch.empty("sample");
            writer.write(directory);
            try (Stream<Path> files = Files.walk(directory)) {
                return files.filter(Files::isRegularFile)
                        .collect(Collectors.toMap(
                                file -> directory.relativize(file).toString(),
                                SampleBundles::content,
                                (a, b) -> a,
                                TreeMap::new));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
