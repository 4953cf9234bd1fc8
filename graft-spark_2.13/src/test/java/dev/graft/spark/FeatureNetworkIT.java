package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Backbone;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.engine.TensorEngine;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.model.TransferModel;
import dev.graft.source.Backbones;
import dev.graft.training.FeatureExtractor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureNetworkIT {
    private static final int COUNT = 70;

    @ParameterizedTest
    @ValueSource(strings = {"digits-cnn", "cifar-resnet"})
    void featuresDoNotDependOnNeighbours(String id) {
        List<Image> pictures = pictures(COUNT);
        TransferModel model = CutNetwork.of(Backbones.load(id), cut(Backbones.load(id)));
        try (FeatureNetwork network = new FeatureNetwork(model)) {
            float[][] inOrder = features(network, pictures, order(COUNT), network.batchSize());
            for (int together : new int[] {5, network.batchSize() - 1, network.batchSize()}) {
                List<Integer> shuffled = order(COUNT);
                Collections.shuffle(shuffled, new Random(together));
                float[][] others = features(network, pictures, shuffled, together);
                assertThat(Arrays.deepEquals(others, inOrder)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits-cnn", "cifar-resnet"})
    void featuresAreThoseOfOneMachine(String id) {
        List<Image> pictures = pictures(COUNT);
        Backbone backbone = Backbones.load(id);
        Cut cut = cut(backbone);
        LabeledImages data = LabeledImages.of("noise", pictures, Collections.nCopies(COUNT, "any"));
        try (FeatureNetwork network = new FeatureNetwork(CutNetwork.of(backbone, cut));
                FeatureCache cache = FeatureCache.withDefaults()) {
            float[][] ours = features(network, pictures, order(COUNT), network.batchSize());
            List<Rows> library = FeatureExtractor.extract(backbone, cut, data, cache);
            for (int i = 0; i < COUNT; i++) {
                float[] row = new float[network.width()];
                int from = 0;
                for (Rows place : library) {
                    place.read(i, row, from);
                    from += place.width();
                }
                assertThat(ours[i]).containsExactly(row, org.assertj.core.data.Offset.offset(1e-6f));
            }
        }
    }

    private static Cut cut(Backbone backbone) {
        List<String> stages = backbone.architecture().featureStages().stream()
                .map(stage -> stage.name())
                .filter(stage -> !stage.equals("flatten"))
                .toList();
        return new Cut(stages, Pooling.MEAN_MAX_STD);
    }

    private static float[][] features(FeatureNetwork network, List<Image> pictures, List<Integer> order, int batch) {
        float[][] features = new float[pictures.size()][];
        TensorEngine.onOneThreadEach(() -> {
            for (int from = 0; from < order.size(); from += batch) {
                List<Integer> some = order.subList(from, Math.min(order.size(), from + batch));
                float[][] part =
                        network.ofPictures(some.stream().map(pictures::get).toList());
                for (int i = 0; i < part.length; i++) {
                    features[some.get(i)] = part[i];
                }
            }
        });
        return features;
    }

    private static List<Integer> order(int count) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        return order;
    }

    private static List<Image> pictures(int count) {
        Random random = new Random(7);
        List<Image> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[32 * 32 * 3];
            random.nextBytes(pixels);
            pictures.add(new Image(32, 32, 3, pixels));
        }
        return pictures;
    }
}
