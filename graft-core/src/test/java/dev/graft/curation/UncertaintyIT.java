package dev.graft.curation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.experiment.DrawnTargets;
import dev.graft.feature.Cut;
import dev.graft.model.ClassRecord;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.source.Backbones;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassStatistics;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import dev.graft.training.NetworkTraining;
import dev.graft.update.ClassRecords;
import dev.graft.update.RecordedFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UncertaintyIT {
    private static final int EXAMPLES = 120;

    private static TransferModel network(LabeledImages data) {
        return NetworkTraining.on(data)
                .backbone(Backbones.load("digits-cnn"))
                .strategy(FeatureExtraction.defaults())
                .run()
                .model();
    }

    @Test
    void ofSeveralLabelsTheNearestThresholdCounts() {
        LabeledImages data = DrawnTargets.draw(new LabelSet(List.of("disc", "frame")), EXAMPLES, 1);
        try (Classifier classifier = new Classifier(network(data))) {
            Uncertainty uncertainty = Uncertainty.of(classifier, data);

            assertThat(uncertainty.isKnown()).isTrue();
            assertThat(IntStream.range(0, EXAMPLES).mapToDouble(uncertainty::margin))
                    .allMatch(margin -> margin >= 0 && margin <= 0.5);
        }
    }

    @Test
    void ofNumbersWithoutARecordNothingIsKnown() {
        LabeledImages data = DrawnTargets.draw(new Numbers(List.of("radius")), EXAMPLES, 1);
        try (Classifier classifier = new Classifier(network(data))) {
            assertThat(Uncertainty.of(classifier, data).isKnown()).isFalse();
        }
    }

    @Test
    void ofNumbersWithARecordWhatIsUnlikeTheOthersIsFarthest() {
        TargetKind kind = new Numbers(List.of("radius"));
        LabeledImages data = DrawnTargets.draw(kind, EXAMPLES, 1);
        TransferModel model = network(data);
        List<Cut> cuts = List.of(model.cut());
        float[] features = RecordedFeatures.of(model, cuts, data);
        ClassStatistics statistics = ClassRecords.statistics(features, features.length / EXAMPLES, data.targets());
        TransferModel recorded =
                model.withRecord(new ClassRecord(cuts, statistics, 1, ClassDistances.SHRINKAGE, 1, null, null));
        byte[] stripes = new byte[28 * 28];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = (byte) (i % 3 == 0 ? 255 : 0);
        }
        List<Image> images = new ArrayList<>(List.of(new Image(28, 28, 1, stripes)));
        IntStream.range(0, 20).mapToObj(data::image).forEach(images::add);
        LabeledImages pool = LabeledImages.of("pool", images, Targets.of(kind, new double[images.size()]));

        try (Classifier classifier = new Classifier(recorded)) {
            Uncertainty uncertainty = Uncertainty.of(classifier, pool);

            double[] order = IntStream.range(0, pool.size())
                    .mapToDouble(uncertainty::order)
                    .toArray();
            assertThat(order[0]).isEqualTo(Arrays.stream(order).min().orElseThrow());
            assertThat(uncertainty.margin(0)).isNaN();
            assertThat(uncertainty.reason(0)).contains("from what was learned from");
        }
    }
}
