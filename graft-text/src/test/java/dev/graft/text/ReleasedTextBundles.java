package dev.graft.text;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.AdapterBundle;
import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.Item;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.LabeledTexts;
import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.model.Confidence;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.Lora;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the bundles in {@code src/test/resources/bundles} were trained on, and the examples that they are asked about. Version 0.1
 * of Graft wrote them; {@code expected.json} beside them is what it predicted.
 */
final class ReleasedTextBundles {
    static final List<String> TEXTS =
            List.of("a good film", "bad plot", "the cats", "good good good", "it is not bad", "好 film");

    private ReleasedTextBundles() {}

    /** Six items with every kind of part, some values missing. */
    static List<Item> items() {
        LabeledItems all = labeled(6, 3);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            items.add(all.item(i));
        }
        return items;
    }

    static List<Image> images() {
        LabeledImages shapes = Shapes.draw(6, 4);
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            images.add(shapes.image(i));
        }
        return images;
    }

    private static LabeledItems labeled(int count, long seed) {
        LabeledImages shapes = Shapes.draw(count, seed);
        int[] labels = new int[count];
        List<String> texts = new ArrayList<>();
        double[] numbers = new double[count];
        List<String> categories = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            labels[i] = (shapes.label(i) + i) % 3;
            texts.add(TEXTS.get((labels[i] + i) % TEXTS.size()));
            numbers[i] = i % 5 == 0 ? Double.NaN : labels[i] + i / 10.0;
            categories.add(List.of("red", "blue", "").get(i % 3));
        }
        return LabeledItems.of("things", List.of("one", "two", "三"), labels)
                .withImages("photo", shapes)
                .withTexts("title", texts)
                .withNumbers("price", numbers)
                .withCategories("colour", categories);
    }

    private static LabeledTexts reviews() {
        List<String> texts = new ArrayList<>();
        int[] labels = new int[24];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
            texts.add(labels[i] == 1 ? "a good film " + i : "bad plot " + i);
        }
        return LabeledTexts.of("reviews", List.of("差评", "好评"), texts, labels);
    }

    /** Writes the bundles into a directory, and prints what they predict. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Backbone bert = TextBackbones.open(Fixtures.folder("bert"));
        Bundle.write(
                folder.resolve("text"),
                NetworkTraining.on(reviews())
                        .backbone(bert)
                        .strategy(FineTuning.from("layer1"))
                        .run()
                        .model()
                        .withConfidence(new Confidence(1.5, 0.6)),
                false);
        AdapterBundle.write(
                folder.resolve("adapters"),
                NetworkTraining.on(reviews())
                        .backbone(bert)
                        .strategy(Lora.of(2, 4))
                        .run()
                        .adapters(),
                false);
        Bundle.write(
                folder.resolve("image"),
                NetworkTraining.on(Shapes.draw(40, 1))
                        .backbone(Backbones.load("digits-cnn"))
                        .strategy(FeatureExtraction.at(Cut.pooled(Pooling.QUADRANTS, "conv1"))
                                .withHead(new Head.Mlp(4, 0.1f)))
                        .run()
                        .model(),
                false);
        Branch photo =
                Branch.image("photo", Backbones.load("digits-cnn")).cut(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1"));
        Branch title = Branch.text("title", bert).trainedFrom("layer1");
        TransferModel items = NetworkTraining.on(labeled(60, 1))
                .branch(photo)
                .branch(title)
                .branch(Branch.numbers("price"))
                .branch(Branch.categories("colour"))
                .fusion(Fusion.gated())
                .head(new Head.Mlp(8, 0.1f))
                .training(TrainingSettings.defaults().withEpochs(3))
                .run()
                .model()
                .withConfidence(new Confidence(0.8, 0.4));
        Bundle.write(folder.resolve("items"), items, false);
        Bundle.write(
                folder.resolve("numbers"),
                NetworkTraining.on(labeled(60, 1))
                        .branch(Branch.numbers("price"))
                        .head(Head.LogisticRegression.defaults())
                        .run()
                        .model(),
                false);
        ReleasedTextBundlesIT.predictions(folder).forEach((name, rows) -> {
            System.out.println(name);
            for (float[] row : rows) {
                System.out.println(Arrays.toString(row));
            }
        });
    }
}
