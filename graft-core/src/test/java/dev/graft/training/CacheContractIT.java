package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.DigestOrigin;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.Shapes;
import dev.graft.error.DataException;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.head.Head;
import dev.graft.image.Preprocessing;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.GradualUnfreezing;
import dev.graft.strategy.Strategy;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CacheContractIT {
    private static final Cut CUT = Cut.pooled(Pooling.MEAN_MAX_STD, "stem", "body");
    private static final long ENOUGH = 1 << 26;

    @Test
    void severalCutsAreFilledInOnePassOverTheImages() {
        CountedImages images = new CountedImages(Tiny.TRAIN);
        try (FeatureCache cache = new FeatureCache(ENOUGH)) {
            FeatureExtractor.extract(Tiny.backbone(), CUT, images, cache);

            assertThat(cache.misses()).isEqualTo(2);
            assertThat(images.passes()).isEqualTo(1);
        }
    }

    @Test
    void everyEpochReadsTheCacheAndNotTheImages() {
        for (Strategy strategy : List.of(
                FeatureExtraction.at(CUT).withHead(Head.Mlp.defaults()),
                Tiny.freezing(Frozen.through("stem"), Head.Mlp.defaults()))) {
            CountedImages images = new CountedImages(Tiny.TRAIN);
            NetworkTraining.on(images)
                    .backbone(Tiny.backbone())
                    .strategy(strategy)
                    .training(Tiny.SETTINGS.withEpochs(5))
                    .run();

            assertThat(images.passes()).as(strategy.name()).isEqualTo(1);
        }
    }

    @Test
    void theSameAgainHits() {
        try (FeatureCache cache = new FeatureCache(ENOUGH)) {
            extract(Tiny.backbone(), Tiny.TRAIN, CUT, cache);
            extract(Tiny.backbone(), Shapes.draw(40, 1), CUT, cache);

            assertThat(cache.misses()).isEqualTo(2);
            assertThat(cache.hits()).isEqualTo(2);
        }
    }

    @Test
    void oneChangedWeightMisses() {
        assertMisses(withWeight("stem.conv.weight"), Tiny.TRAIN, CUT);
        // Features before the changed weight do not depend on it.
        try (FeatureCache cache = new FeatureCache(ENOUGH)) {
            extract(Tiny.backbone(), Tiny.TRAIN, CUT, cache);
            extract(withWeight("body.downnorm.running_mean"), Tiny.TRAIN, CUT, cache);

            assertThat(cache.misses()).isEqualTo(3);
            assertThat(cache.hits()).isEqualTo(1);
        }
    }

    @Test
    void oneChangedPixelMisses() {
        assertMisses(Tiny.backbone(), new ChangedImages(Tiny.TRAIN, true), CUT);
    }

    @Test
    void oneChangedLabelMisses() {
        assertMisses(Tiny.backbone(), new ChangedImages(Tiny.TRAIN, false), CUT);
    }

    @Test
    void dataThatStateTheDigestOfOthersAreRefused() {
        LabeledImages first = new LyingImages(Shapes.draw(40, 1), "one for all");
        for (LabeledImages other : List.of(Shapes.draw(40, 2), Shapes.draw(30, 1))) {
            try (FeatureCache cache = new FeatureCache(ENOUGH)) {
                extract(Tiny.backbone(), first, CUT, cache);

                LabeledImages lying = new LyingImages(other, "one for all");
                assertThatThrownBy(() -> extract(Tiny.backbone(), lying, CUT, cache))
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("state one digest");
                // So are those that wrap them.
                LabeledItems items = LabeledItems.of("items", lying.targets()).withImages("picture", lying);
                assertThatThrownBy(() -> extract(Tiny.backbone(), items.images("picture"), CUT, cache))
                        .isInstanceOf(DataException.class);
            }
        }
    }

    @Test
    void dataThatStateTheirOwnDigestAreFoundAgain() {
        try (FeatureCache cache = new FeatureCache(ENOUGH)) {
            extract(Tiny.backbone(), new LyingImages(Shapes.draw(40, 1), "a"), CUT, cache);
            extract(Tiny.backbone(), new LyingImages(Shapes.draw(40, 1), "a"), CUT, cache);
            extract(Tiny.backbone(), new LyingImages(Shapes.draw(40, 2), "b"), CUT, cache);

            assertThat(cache.hits()).isEqualTo(2);
            assertThat(cache.misses()).isEqualTo(4);
        }
    }

    @Test
    void anotherPreprocessingMisses() {
        Backbone usual = Tiny.backbone();
        Architecture shifted = new Architecture(
                Tiny.NETWORK.id(),
                new Preprocessing(28, 28, 1, List.of(0.5f), List.of(1f)),
                Tiny.NETWORK.stages(),
                Tiny.NETWORK.weightInitialization());

        assertMisses(new Backbone(shifted, usual.weights(), usual.card()), Tiny.TRAIN, CUT);
    }

    @Test
    void anotherPoolingMisses() {
        assertMisses(Tiny.backbone(), Tiny.TRAIN, Cut.pooled(Pooling.MEAN_MAX, "stem", "body"));
    }

    @Test
    void featuresFromAFileTrainTheSameBytes() {
        Strategy strategy = GradualUnfreezing.all();
        try (FeatureCache memory = new FeatureCache(ENOUGH);
                FeatureCache file = new FeatureCache(0)) {
            WeightSet once = Tiny.learning(strategy).cache(memory).run().weights();

            assertThat(Tiny.learning(strategy).cache(file).run().weights()).isEqualTo(once);
        }
    }

    @Test
    void featuresFromTheCacheTrainTheSameBytes() {
        Strategy strategy = Tiny.freezing(Frozen.through("stem"), Head.Mlp.defaults());
        try (FeatureCache cache = new FeatureCache(ENOUGH)) {
            WeightSet computed = Tiny.learning(strategy).cache(cache).run().weights();
            int misses = cache.misses();

            assertThat(Tiny.learning(strategy).cache(cache).run().weights()).isEqualTo(computed);
            assertThat(cache.misses()).isEqualTo(misses);
        }
    }

    private static void assertMisses(Backbone backbone, LabeledImages data, Cut cut) {
        try (FeatureCache cache = new FeatureCache(ENOUGH)) {
            extract(Tiny.backbone(), Tiny.TRAIN, CUT, cache);
            extract(backbone, data, cut, cache);

            assertThat(cache.misses()).isEqualTo(4);
            assertThat(cache.hits()).isZero();
        }
    }

    private static List<Rows> extract(Backbone backbone, LabeledImages data, Cut cut, FeatureCache cache) {
        return FeatureExtractor.extract(backbone, cut, data, cache);
    }

    private static Backbone withWeight(String name) {
        Backbone usual = Tiny.backbone();
        FloatTensor tensor = usual.weights().get(name);
        float[] values = tensor.values().clone();
        values[0] = Math.nextUp(values[0]);
        Map<String, FloatTensor> all = new LinkedHashMap<>(usual.weights().asMap());
        all.put(name, FloatTensor.of(values, tensor.shape()));
        return new Backbone(usual.architecture(), WeightSet.of(all), usual.card());
    }

    /** The last picture's last pixel, or its label, is another one; its digest knows. */
    private record ChangedImages(LabeledImages images, boolean pixel) implements LabeledImages {
        @Override
        public String name() {
            return images.name();
        }

        @Override
        public List<String> classNames() {
            return images.classNames();
        }

        @Override
        public int size() {
            return images.size();
        }

        @Override
        public int label(int index) {
            return !pixel && index == size() - 1 ? 1 - images.label(index) : images.label(index);
        }

        @Override
        public Image image(int index) {
            Image image = images.image(index);
            if (pixel && index == size() - 1) {
                byte[] pixels = image.pixels().clone();
                pixels[pixels.length - 1] ^= 1;
                return new Image(image.height(), image.width(), image.channels(), pixels);
            }
            return image;
        }

        @Override
        public String digest() {
            int[] all = IntStream.range(0, size()).toArray();
            return subset(all).digest();
        }
    }

    /** Pictures that state what digest they have, whatever they are. */
    private record LyingImages(LabeledImages images, String digest) implements LabeledImages {
        @Override
        public String name() {
            return images.name();
        }

        @Override
        public List<String> classNames() {
            return images.classNames();
        }

        @Override
        public int size() {
            return images.size();
        }

        @Override
        public int label(int index) {
            return images.label(index);
        }

        @Override
        public Image image(int index) {
            return images.image(index);
        }
    }

    /** Counts how often all images were looked at; the digest is known beforehand. */
    private static final class CountedImages implements LabeledImages, DigestOrigin {
        private final LabeledImages images;
        private final String digest;
        private final AtomicInteger reads = new AtomicInteger();

        CountedImages(LabeledImages images) {
            this.images = images;
            this.digest = images.digest();
        }

        double passes() {
            return (double) reads.get() / size();
        }

        @Override
        public String name() {
            return images.name();
        }

        @Override
        public List<String> classNames() {
            return images.classNames();
        }

        @Override
        public int size() {
            return images.size();
        }

        @Override
        public int label(int index) {
            return images.label(index);
        }

        @Override
        public Image image(int index) {
            reads.incrementAndGet();
            return images.image(index);
        }

        @Override
        public String digest() {
            return digest;
        }

        @Override
        public boolean digestIsComputed() {
            return true;
        }
    }
}
