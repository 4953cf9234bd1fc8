package dev.graft.example;

import dev.graft.data.Image;
import dev.graft.data.Item;
import dev.graft.data.LabeledItems;
import dev.graft.data.Split;
import dev.graft.experiment.TransferLearning;
import dev.graft.image.Images;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.source.Backbones;
import dev.graft.training.Branch;
import dev.graft.training.TransferResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Items of a picture, a number and a category, of which none alone tells the class. */
public final class ItemsOfSeveralParts {
    private ItemsOfSeveralParts() {}

    /** Learns which parcels go through: heavy ones with a cross do not, unless they are sent express. */
    public static void main(String[] args) {
        System.out.println(run());
    }

    static List<Prediction> run() {
        Random random = new Random(3);
        List<String> labels = new ArrayList<>();
        List<Image> stickers = new ArrayList<>();
        double[] weights = new double[240];
        List<String> services = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            boolean cross = random.nextBoolean();
            boolean express = random.nextInt(4) == 0;
            weights[i] = 1 + 30 * random.nextDouble();
            labels.add(cross && weights[i] > 15 && !express ? "held" : "sent");
            stickers.add(Images.of(DrawnPictures.draw(cross ? "cross" : "ring", random)));
            services.add(express ? "express" : "ordinary");
        }
        LabeledItems parcels = LabeledItems.of("parcels", labels)
                .withImages("sticker", stickers)
                .withNumbers("weight", weights)
                .withCategories("service", services);

        TransferResult result = TransferLearning.on(parcels)
                .split(Split.stratified(0.7, 0.1, 0.2))
                .branch(Branch.image("sticker", Backbones.load("cifar-resnet")))
                .branch(Branch.numbers("weight"))
                .branch(Branch.categories("service"))
                .training(settings -> settings.withEpochs(40).withLearningRate(0.01))
                .run();
        System.out.println("test accuracy " + result.test().accuracy());

        try (Classifier classifier = new Classifier(result.model())) {
            Item heavy = Item.empty()
                    .withImage("sticker", Images.of(DrawnPictures.draw("cross", random)))
                    .withNumber("weight", 28)
                    .withCategory("service", "ordinary");
            return classifier.predictItems(List.of(heavy, heavy.withNumber("weight", 2)), 2);
        }
    }
}
