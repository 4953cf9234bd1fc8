package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.backbone.Backbone;
import dev.graft.data.Environment;
import dev.graft.data.LabeledTexts;
import dev.graft.experiment.TransferLearning;
import dev.graft.feature.Cut;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TableFile;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.Lora;
import dev.graft.training.TransferResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Film reviews of the Stanford Sentiment Treebank with the embedded English model; skipped where $GRAFT_DATA has none. */
@Tag("data")
@Tag("slow")
class SentimentIT {
    private static final Logger LOG = LoggerFactory.getLogger(SentimentIT.class);
    private static final int TESTED = 900;
    private static final Path FOLDER =
            Environment.system().dataDirectory("sst2").orElse(Path.of("sst2"));

    @BeforeEach
    void skipWithoutData() {
        assumeTrue(
                Files.isRegularFile(FOLDER.resolve("train.tsv")),
                "Skipped: there is no train.tsv in $GRAFT_DATA/sst2 (" + FOLDER + ").");
    }

    @Test
    void logisticRegressionOnFrozenFeaturesTellsGoodFilmsFromBad() {
        Backbone backbone = TextBackbones.load("minilm-l6", 64);
        TransferResult result = TransferLearning.on(part("train", 3000))
                .test(part("test", TESTED))
                .backbone(backbone)
                .strategy(FeatureExtraction.at(Cut.at("pooled")))
                .run();
        LOG.info(
                "SST-2, minilm-l6 frozen, logistic regression: accuracy {}, features in {} s, head in {} s",
                result.test().accuracy(),
                result.featureSeconds(),
                result.trainSeconds());

        assertThat(result.test().accuracy()).isGreaterThanOrEqualTo(0.78);
    }

    @Test
    void fineTuningAFewHundredReviewsBeatsTheMajority() {
        Backbone backbone = TextBackbones.load("minilm-l6", 64);
        LabeledTexts train = part("train", 640);
        TransferResult result = TransferLearning.on(train)
                .test(part("test", TESTED))
                .backbone(backbone)
                .strategy(FineTuning.all().withRates(10, 1))
                .training(TrainingSettings.defaults()
                        .withEpochs(2)
                        .withBatchSize(32)
                        .withLearningRate(1e-4)
                        .withOptimizer(Optimizer.adamW(0.01f))
                        .withSchedule(Schedule.LINEAR_WARM_UP)
                        .withClipNorm(1))
                .run();
        long tokens = IntStream.of(Outputs.rows(
                                backbone,
                                IntStream.range(0, train.size())
                                        .mapToObj(train::text)
                                        .toList())
                        .lengths())
                .asLongStream()
                .sum();
        LOG.info(
                "SST-2, minilm-l6 fine-tuned on {}: accuracy {}, {} tokens a second in training",
                train.size(),
                result.test().accuracy(),
                2 * tokens / result.trainSeconds());

        assertThat(result.test().accuracy()).isGreaterThan(0.7);
    }

    @Test
    void adaptersOnAFewHundredReviewsBeatTheMajority() {
        LabeledTexts train = part("train", 960);
        TransferResult result = TransferLearning.on(train)
                .test(part("test", TESTED))
                .backbone(TextBackbones.load("minilm-l6", 64))
                .strategy(Lora.defaults())
                .run();
        LOG.info(
                "SST-2, minilm-l6 with adapters on {}: accuracy {}, {} values trained",
                train.size(),
                result.test().accuracy(),
                result.trainableParameters());

        assertThat(result.test().accuracy()).isGreaterThan(0.7);
        assertThat(result.trainableParameters()).isLessThan(result.model().totalParameters() / 50);
    }

    private static LabeledTexts part(String name, int count) {
        TableFile table = TableFile.of(FOLDER.resolve(name + ".tsv")).withoutHeader();
        return LabeledTable.of(table)
                .texts(List.of("0", "1"))
                .examples()
                .subset(IntStream.range(0, count).toArray());
    }
}
