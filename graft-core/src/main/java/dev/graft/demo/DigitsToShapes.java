package dev.graft.demo;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.experiment.Comparison;
import dev.graft.experiment.ComparisonListener;
import dev.graft.experiment.ComparisonOutcome;
import dev.graft.experiment.ComparisonSettings;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.ExperimentResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.selection.Approach;
import dev.graft.selection.Auto;
import dev.graft.selection.SourceModels;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.FromScratch;
import dev.graft.strategy.Strategy;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Digits to shapes. 500 drawn circles and squares, 200 to watch, 1,000 to test on (the first 200 of which are the test
 * data of the comparison), all 28x28; the same CNN frozen where it reads digits, frozen where its features still show
 * edges and corners, fine-tuned, and from scratch.
 */
public final class DigitsToShapes {
    /** Training images. */
    public static final int TRAIN = 500;

    /** Images of the comparison's test data. */
    public static final int TEST = 200;

    private static final int VALIDATION = 200;
    private static final int CURVE_TEST = 1000;
    private static final List<Integer> SIZES = List.of(10, 20, 50, 100, 200, 500);
    private static final int GALLERY = 24;

    private DigitsToShapes() {}

    /**
     * What came of it.
     *
     * @param result the numbers
     * @param pictures the pictures that go with them
     * @param recommended the recommended strategy's network
     */
    public record Outcome(ExperimentResult result, ReportPictures pictures, TransferModel recommended) {}

    /** What is compared. */
    public static List<Approach> approaches() {
        return Stream.concat(Stream.of(Auto.unlimited()), strategies().stream().map(Approach::of))
                .toList();
    }

    /** The strategies that are given rather than chosen. */
    public static List<Strategy> strategies() {
        return List.of(
                FeatureExtraction.at(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2")),
                FeatureExtraction.at(Cut.at("dense"))
                        .withHead(Head.Mlp.defaults())
                        .named("feature-extraction@dense"),
                // Shapes lie far from digits: at the usual small rates 320 steps do not leave the digits behind.
                FineTuning.all().withRates(6, 2),
                new FromScratch());
    }

    /** The data of a seed. */
    public static TargetData draw(long seed) {
        LabeledImages all = Shapes.draw(TRAIN + VALIDATION + CURVE_TEST, seed);
        int testStart = TRAIN + VALIDATION;
        return new TargetData(
                range(all, 0, TRAIN),
                range(all, TRAIN, testStart),
                range(all, testStart, testStart + TEST),
                range(all, testStart, testStart + CURVE_TEST));
    }

    /**
     * Runs the example.
     *
     * @param source the source model
     * @param sourceSamples samples of what it was trained on
     * @param firstSeed the first seed
     * @param seeds how many seeds each figure averages over
     */
    public static Outcome run(
            Backbone source,
            List<LabeledPicture> sourceSamples,
            long firstSeed,
            int seeds,
            ComparisonListener listener,
            BooleanSupplier stopRequested) {
        long start = System.nanoTime();
        ComparisonSettings settings =
                new ComparisonSettings(firstSeed, seeds, SIZES, TrainingSettings.defaults(), GALLERY);
        SourceModels sources = SourceModels.of(List.of(source));
        ComparisonOutcome outcome =
                new Comparison(sources, DigitsToShapes::draw, approaches(), settings, listener, stopRequested).run();
        return new Outcome(
                outcome.experiment("demo", sources, settings, (System.nanoTime() - start) / 1e9),
                outcome.pictures(draw(firstSeed), sourceSamples),
                outcome.recommended());
    }

    private static LabeledImages range(LabeledImages data, int from, int to) {
        return data.subset(IntStream.range(from, to).toArray());
    }
}
