package dev.graft.serve;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Initialization;
import dev.graft.backbone.Tabular;
import dev.graft.data.ColumnKind;
import dev.graft.data.Image;
import dev.graft.data.LabeledTexts;
import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.model.Confidence;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.preparation.BagOfWords;
import dev.graft.preparation.CategoryCoding;
import dev.graft.preparation.NumberScaling;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A small network of each kind, with weights that nobody trained, and examples for them. */
final class SampleModels {
    static final List<String> CLASSES = List.of("方形", "circle", "star");

    private static final Lineage LINEAGE =
            new Lineage("digits-cnn", "embedded", "ab12", "feature-extraction", "shapes", "cd34", 500, 7, "0.1.0");
    private static final Cut CONV1 = Cut.pooled(Pooling.MEAN_MAX_STD, "conv1");
    private static final Cut VALUES = Cut.at(Tabular.VALUES);

    private SampleModels() {}

    static TransferModel pictures() {
        return pictures(CLASSES, 11);
    }

    static TransferModel pictures(List<String> classes, long seed) {
        return transfer(Architectures.named("digits-cnn"), CONV1, classes, seed);
    }

    static TransferModel countedWords() {
        LabeledTexts texts = LabeledTexts.of(
                "t", List.of("a", "b"), List.of("so good", "very bad 很好 😀", "so so"), new int[] {0, 1, 1});
        return transfer(Tabular.architecture("bag-of-words", BagOfWords.of(texts)), VALUES, CLASSES, 11);
    }

    static TransferModel items() {
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
        return new TransferModel(
                branches,
                Fusion.concatenation().name(),
                head.name(),
                layers,
                CLASSES,
                Initialization.HE_UNIFORM.initialize(TransferModel.parameters(branches, layers), 11),
                LINEAGE,
                new Confidence(1.75, 0.4));
    }

    private static TransferModel transfer(Architecture architecture, Cut cut, List<String> classes, long seed) {
        Head head = new Head.Classifier(0.25f);
        List<Layer> layers = head.layers(cut.features(architecture), classes.size());
        List<ParameterSpec> specs = Stream.concat(
                        architecture.stagesThrough(cut.last(architecture)).stream()
                                .flatMap(stage -> stage.parameters().stream()),
                        layers.stream().flatMap(layer -> layer.parameters().stream()))
                .toList();
        return new TransferModel(
                        architecture,
                        cut,
                        head.name(),
                        layers,
                        classes,
                        Initialization.HE_UNIFORM.initialize(specs, seed),
                        LINEAGE)
                .withConfidence(new Confidence(1.75, 0.4));
    }

    /** Drawn pictures, each another. */
    static List<Image> drawings(int count) {
        var shapes = Shapes.draw(count, 5);
        List<Image> drawings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawings.add(shapes.image(i));
        }
        return drawings;
    }

    /** A picture's file. */
    static byte[] png(Image image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
        return png(picture);
    }

    static byte[] png(BufferedImage picture) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
