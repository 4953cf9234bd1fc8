package dev.graft.selection;

import dev.graft.backbone.Architecture;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Stage;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.FromScratch;
import dev.graft.strategy.GradualUnfreezing;
import dev.graft.strategy.L2Sp;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.strategy.Strategy;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the backbone is trained in a trial. Small convolutional networks take large steps over many epochs; a transformer forgets
 * what it knew unless its steps are small and few; of a network for large images only the end is trained, whose input is
 * cached.
 *
 * @param epochs epochs of a trial on much data
 * @param fewestSteps steps that a trial on little data takes at least
 * @param shortEnough whether a trial on very little data is worth its time
 * @param trainedShare the share of the backbone's multiplications that the trained stages make at most; 1 for all stages
 * @param judged on how many examples a trial is judged at least, if there are so many
 */
record Recipe(int epochs, int fewestSteps, boolean shortEnough, double trainedShare, int judged) {
    private static final Recipe CONVOLUTIONS = new Recipe(10, 300, true, 1, 0);

    /** Devlin et al. 2019, appendix A.3: 2 to 4 epochs, and rates of 2e-5 to 5e-5. */
    private static final Recipe TRANSFORMER = new Recipe(3, 60, false, 1, 0);

    private static final double TRANSFORMER_RATE = 5e-5;

    /**
     * From the one that costs most to the one that costs least. The states of the tokens that enter the end are cached, so a step
     * costs as much as the end does.
     */
    private static final List<Recipe> TRANSFORMER_ENDS = List.of(
            new Recipe(2, 40, false, 0.84, 0),
            new Recipe(2, 40, false, 0.67, 0),
            new Recipe(2, 40, false, 0.5, 0),
            new Recipe(2, 40, false, 0.35, 0),
            new Recipe(1, 40, false, 0.5, 0),
            new Recipe(1, 40, false, 0.35, 0),
            new Recipe(1, 40, false, 0.2, 0));

    private static final double LESS_THAN_HALF = 0.45;
    private static final double MORE_THAN_HALF = 0.55;
    private static final double RATE_OF_MOST = 1.5e-4;
    private static final double RATE_OF_HALF = 2e-4;
    private static final double RATE_OF_LESS = 4e-4;
    private static final double RATE_OF_NEW_HEAD = 2e-3;

    /** From the one that costs most to the one that costs least: how much is trained matters more than how long. */
    private static final List<Recipe> LARGE_IMAGES = List.of(
            new Recipe(5, 120, false, 0.65, 200),
            new Recipe(3, 80, false, 0.65, 200),
            new Recipe(3, 80, false, 0.4, 200));

    private static final double LARGE_IMAGES_RATE = 3e-4;
    private static final int LARGE_SIDE = 96;

    /** The way back takes about two multiplications for each of the way there. */
    private static final double SHARE_OF_FORWARD = 1.0 / 3;

    static Recipe of(Architecture architecture) {
        ActivationShape input = architecture.inputShape();
        if (input.isSequence()) {
            return TRANSFORMER;
        }
        return input.isMap() && input.height() >= LARGE_SIDE ? LARGE_IMAGES.get(0) : CONVOLUTIONS;
    }

    /** Of few examples training the backbone makes something only where the source model has nothing to give. */
    List<Trials.Trial> ofFew() {
        return shortEnough ? List.of(new Trials.Trial(new FromScratch(), 0, this)) : List.of();
    }

    /** From the closest to the source model to the furthest. */
    List<Trials.Trial> of(FeatureCandidate best) {
        LinearProbeFineTuning probed = LinearProbeFineTuning.defaults().at(best.cut(), best.head());
        if (this.equals(TRANSFORMER)) {
            return List.of(
                    new Trials.Trial(probed.withRate(1), TRANSFORMER_RATE, this),
                    wholeTransformer(),
                    new Trials.Trial(new FromScratch(), 10 * TRANSFORMER_RATE, this));
        }
        if (trainsEnd()) {
            return List.of(ofEnd(best.backbone().architecture()));
        }
        return List.of(
                new Trials.Trial(probed.withRate(0.5), 1e-3, this),
                new Trials.Trial(FineTuning.all().withRates(1, 1), 2e-3, this),
                new Trials.Trial(new FromScratch(), 3e-3, this));
    }

    private static Trials.Trial wholeTransformer() {
        // A new head has everything to learn.
        return new Trials.Trial(FineTuning.all().withRates(20, 1), TRANSFORMER_RATE, TRANSFORMER);
    }

    /** How the backbone of a branch is trained beside others that stay frozen, under a head that has everything to learn. */
    Trials.Trial ofBranch(Architecture architecture) {
        if (trainsEnd()) {
            return ofEnd(architecture);
        }
        return this.equals(TRANSFORMER)
                ? wholeTransformer()
                : new Trials.Trial(FineTuning.all().withRates(1, 1), 2e-3, this);
    }

    /** Where those of {@link #of} cost more than there is time for, cheaper ones to try in their place, one after the other. */
    List<Trials.Trial> cheaper(Architecture architecture) {
        if (this.equals(TRANSFORMER)) {
            return Stream.concat(
                            Stream.of(wholeTransformer()),
                            TRANSFORMER_ENDS.stream().map(recipe -> recipe.ofEnd(architecture)))
                    // The last layer of a short network may be more than a small share of it.
                    .filter(trial -> trial.recipe().trainedShare() > 0)
                    .distinct()
                    .toList();
        }
        return trainsEnd()
                ? LARGE_IMAGES.stream()
                        .skip(1)
                        .map(recipe -> recipe.ofEnd(architecture))
                        .toList()
                : List.of();
    }

    /**
     * Ways to train that are not tried on folds, from the one that learns most to the one that costs least: training on all examples
     * is judged on validation examples. Empty where trials cost little beside the training.
     *
     * @param withinBudget whether somebody allows some time; else the ends of networks for large pictures are tried
     */
    List<Trials.Trial> untried(Architecture architecture, boolean withinBudget) {
        if (this.equals(TRANSFORMER)) {
            return cheaper(architecture);
        }
        return trainsEnd() && withinBudget
                ? LARGE_IMAGES.stream()
                        .map(recipe -> recipe.ofEnd(architecture))
                        .toList()
                : List.of();
    }

    Trials.Trial ofEnd(Architecture architecture) {
        String end = FeatureCuts.end(architecture, trainedShare);
        if (architecture.inputShape().isSequence()) {
            // Not after a probe, which would take another pass, through the whole network.
            double share = FeatureCuts.share(architecture, end);
            double rate = share > MORE_THAN_HALF ? RATE_OF_MOST : share < LESS_THAN_HALF ? RATE_OF_LESS : RATE_OF_HALF;
            return new Trials.Trial(
                    FineTuning.from(end).withRates(RATE_OF_NEW_HEAD / rate, 1),
                    rate,
                    new Recipe(epochs, fewestSteps, shortEnough, share, judged));
        }
        return new Trials.Trial(LinearProbeFineTuning.from(end).withRate(1), LARGE_IMAGES_RATE, this);
    }

    /**
     * What a training costs, in examples of steps that train the whole backbone: each epoch the share that is trained, and once the
     * pass over all examples through what comes before, forward alone.
     *
     * @param examples those that are trained on
     * @param passed those whose activations are cached for it
     */
    double work(int examples, int epochs, int passed) {
        return trainedShare * examples * epochs + (1 - trainedShare) * SHARE_OF_FORWARD * passed;
    }

    /** Whether only the end of the backbone is trained. */
    boolean trainsEnd() {
        return trainedShare < 1;
    }

    /** The way of those that costs most for each example. */
    Strategy dearest(FeatureCandidate best) {
        return trainsEnd() ? of(best).get(0).strategy() : FineTuning.all();
    }

    /** Other ways to fine-tune, at the rate of one that was found to be worth it: less, more gently, and stage by stage. */
    List<Trials.Trial> relatives(Trials.Trial trial, Architecture architecture) {
        if (trainsEnd()) {
            return List.of();
        }
        double headShare = this.equals(TRANSFORMER) ? 20 : 1;
        double rate = trial.rate();
        List<Strategy> ways = List.of(
                FineTuning.from(middle(architecture)).withRates(headShare, 1),
                new L2Sp(FineTuning.all().withRates(headShare, 1), L2Sp.all().penalty()),
                GradualUnfreezing.all());
        return ways.stream().map(way -> new Trials.Trial(way, rate, this)).toList();
    }

    /** The stage at which the later half of those with weights begins. */
    private static String middle(Architecture architecture) {
        List<String> stages = architecture.featureStages().stream()
                .filter(stage -> !stage.parameters().isEmpty())
                .map(Stage::name)
                .toList();
        return stages.get(stages.size() / 2);
    }
}
