package dev.graft.example;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Split;
import dev.graft.experiment.TransferLearning;
import dev.graft.image.Images;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.source.Backbones;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.training.TransferResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures that never were files: a {@link BufferedImage}, and the bytes of a PNG as they come over a network. */
public final class PicturesFromMemory {
    private PicturesFromMemory() {}

    /** Learns to tell crosses from rings, and prints what a new picture is. */
    public static void main(String[] args) throws IOException {
        System.out.println(run());
    }

    static Prediction run() throws IOException {
        Random random = new Random(7);
        List<Image> pictures = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            String label = i % 2 == 0 ? "cross" : "ring";
            pictures.add(Images.of(DrawnPictures.draw(label, random)));
            labels.add(label);
        }
        LabeledImages data = LabeledImages.of("shapes", pictures, labels);

        TransferResult result = TransferLearning.on(data)
                .split(Split.stratified(0.7, 0.1, 0.2))
                .backbone(Backbones.load("cifar-resnet"))
                .strategy(LinearProbeFineTuning.from("stage3"))
                .run();
        System.out.println("test accuracy " + result.test().accuracy());

        byte[] received = png(DrawnPictures.draw("ring", random));
        try (Classifier classifier = new Classifier(result.model())) {
            return classifier
                    .predict(List.of(Images.read(received, "upload 1")), 1)
                    .get(0);
        }
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }
}
