package dev.graft.imagenet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.feature.FeatureCache;
import dev.graft.image.ResizeMode;
import dev.graft.optimization.TrainingSettings;
import dev.graft.prediction.Classifier;
import dev.graft.result.SelectionResult;
import dev.graft.selection.Approach;
import dev.graft.selection.Auto;
import dev.graft.selection.SourceModels;
import dev.graft.selection.TransferTask;
import dev.graft.source.Backbones;
import dev.graft.training.Cores;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photographs are prepared in the way that suits them. */
class PreparationIT {
    @TempDir
    Path folder;

    @Test
    void whatLiesAtTheEdgesIsSeenInWholePictures() {
        Approach.Transferred transferred = auto(new Striped(40, 0));

        assertThat(transferred.backbone().architecture().preprocessing().fit()).isInstanceOf(ResizeMode.Stretch.class);
        SelectionResult selection = Objects.requireNonNull(transferred.selection());
        assertThat(selection.because()).contains("takes whole pictures, stretched to 128 x 128");
        assertThat(Objects.requireNonNull(selection.promised())).isGreaterThan(0.9);
        Bundle.write(folder.resolve("bundle"), transferred.result().model(), false);
        Striped others = new Striped(20, 1);
        try (Classifier classifier = new Classifier(Bundle.read(folder.resolve("bundle")))) {
            List<Image> images =
                    IntStream.range(0, others.size()).mapToObj(others::image).toList();
            float[][] probabilities = classifier.probabilities(images);
            assertThat(IntStream.range(0, others.size())
                            .filter(i -> probabilities[i][others.label(i)] > 0.5)
                            .count())
                    .isGreaterThan(17);
        }
    }

    @Tag("slow")
    @Test
    void whatLiesInTheMiddleIsCutOutAsUsual() {
        Approach.Transferred transferred = auto(new Striped(40, 0).withStripesAt(70));

        assertThat(transferred.backbone().architecture().preprocessing().fit())
                .isInstanceOf(ResizeMode.CenterCrop.class);
    }

    private static Approach.Transferred auto(LabeledImages data) {
        Backbone full = Backbones.load("tf_efficientnet_lite0");
        Backbone backbone = new Backbone(full.architecture().withInputSize(128, 128), full.weights(), full.card());
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            return Auto.unlimited()
                    .run(new TransferTask(
                            SourceModels.of(List.of(backbone)),
                            data,
                            null,
                            TrainingSettings.defaults(),
                            learning -> learning,
                            learning -> learning,
                            cache,
                            Cores.one(),
                            () -> false,
                            message -> {}));
        }
    }

    /** Noise of 120 x 240 pixels with a red stripe on the left or on the right. */
    private record Striped(int size, long seed, int from) implements LabeledImages {
        private static final int HEIGHT = 120;
        private static final int WIDTH = 240;
        private static final int STRIPE = 30;

        Striped(int size, long seed) {
            this(size, seed, 5);
        }

        Striped withStripesAt(int column) {
            return new Striped(size, seed, column);
        }

        @Override
        public String name() {
            return "stripes";
        }

        @Override
        public List<String> classNames() {
            return List.of("left", "right");
        }

        @Override
        public int label(int index) {
            return index % 2;
        }

        @Override
        public String digest() {
            return "striped " + size + " " + seed + " " + from;
        }

        @Override
        public Image image(int index) {
            Random random = new Random(1000 * seed + index);
            byte[] pixels = new byte[HEIGHT * WIDTH * 3];
            random.nextBytes(pixels);
            int first = label(index) == 0 ? from : WIDTH - from - STRIPE;
            for (int row = 0; row < HEIGHT; row++) {
                for (int column = first; column < first + STRIPE; column++) {
                    int pixel = (row * WIDTH + column) * 3;
                    pixels[pixel] = (byte) 230;
                    pixels[pixel + 1] = 20;
                    pixels[pixel + 2] = 20;
                }
            }
            return new Image(HEIGHT, WIDTH, 3, pixels);
        }
    }
}
