package dev.graft.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.data.Split;
import dev.graft.experiment.TransferLearning;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.image.ImageFiles;
import dev.graft.prediction.Classifier;
import dev.graft.reading.ImageFolder;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.TransferResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's ten lines, on a folder of drawn pictures. */
class TenLinesIT {
    @TempDir
    private Path directory = Path.of(".");

    @Test
    void theTenLinesOfTheReadmeMakeAModelThatClassifiesAFile() throws IOException {
        Path photos = directory.resolve("photos");
        Path model = directory.resolve("my-model");
        LabeledImages drawn = Shapes.draw(200, 5);
        for (int i = 0; i < drawn.size(); i++) {
            write(photos.resolve(drawn.classNames().get(drawn.label(i))).resolve(i + ".png"), drawn.image(i));
        }
        Path one = directory.resolve("one.png");
        write(one, drawn.image(0));

        LabeledImages images = ImageFolder.of(photos);
        TransferResult result = TransferLearning.on(images)
                .split(Split.stratified(0.7, 0.1, 0.2))
                .backbone(Backbones.load("digits-cnn"))
                .strategy(FeatureExtraction.at(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2")))
                .run();
        result.saveBundle(model);

        assertThat(result.test().accuracy()).isGreaterThan(0.95);
        try (Classifier classifier = new Classifier(Bundle.read(model))) {
            float[][] probabilities = classifier.probabilities(List.of(ImageFiles.read(one)));
            String truth = drawn.classNames().get(drawn.label(0));
            assertThat(classifier.classNames()).containsExactly("circle", "square");
            assertThat(probabilities[0][classifier.classNames().indexOf(truth)]).isGreaterThan(0.5f);
        }
    }

    private static void write(Path file, Image image) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
        ImageIO.write(picture, "png", file.toFile());
    }
}
