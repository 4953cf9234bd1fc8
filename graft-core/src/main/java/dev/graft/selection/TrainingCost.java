package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.preparation.Tokenization;
import dev.graft.strategy.Strategy;
import dev.graft.training.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What it costs to train a backbone in some way, found by training it a little. */
final class TrainingCost {
    private static final int EXAMPLES = 64;
    private static final int BATCH = 32;
    private static final int EPOCHS = 3;
    private static final double SLOW = 0.05;

    /** A step goes forward, and back for the weights and for what comes before. */
    private static final double BACKWARD = 3;

    private TrainingCost() {}

    /**
     * Seconds for each example of an epoch: of all epochs but the first, which fills the processor's caches. What comes before
     * the steps, such as making the network and the pass of the frozen part, does not count. Of texts those of about the mean length
     * are taken: a batch is padded to its longest, and of many batches sorted by length each is padded less than two of any texts.
     * Where the passes over the examples so far show that even so little would take too long, nothing is run.
     *
     * @param strategy the way
     * @param left the time that is left, of which this may take a small part
     */
    static double perExample(
            TransferTask task, LabeledExamples data, Backbone backbone, Strategy strategy, double left) {
        int examples = Math.min(EXAMPLES, data.size());
        double guess = BACKWARD * task.cache().rowSeconds();
        if (EPOCHS * guess * examples > SLOW * left) {
            return guess;
        }
        Steps steps = new Steps();
        Trials.learning(
                        task,
                        data.subset(typical(data, backbone, examples)),
                        backbone,
                        strategy,
                        task.settings().withBatchSize(BATCH).withEpochs(EPOCHS).withPatience(0))
                .listener(steps)
                .run();
        return steps.secondsAfterFirstEpoch() / (EPOCHS - 1) / examples;
    }

    /** The multiplications of a step that trains the whole backbone, for a text of the mean length. */
    static double multiplications(LabeledExamples data, Backbone backbone) {
        double tokens = Arrays.stream(lengths(data, backbone)).average().orElse(1);
        return BACKWARD * tokens * FeatureCuts.multiplications(backbone.architecture());
    }

    /** How many tokens each text has; none if the examples are no texts. */
    private static int[] lengths(LabeledExamples data, Backbone backbone) {
        return data instanceof LabeledTexts texts
                        && backbone.architecture().preparation() instanceof Tokenization tokenization
                ? IntStream.range(0, data.size())
                        .map(i -> tokenization.tokens(texts.text(i)).ids().length)
                        .toArray()
                : new int[0];
    }

    /** The examples of about the mean length; of what is not as long as it is, the first ones. */
    private static int[] typical(LabeledExamples data, Backbone backbone, int count) {
        int[] lengths = lengths(data, backbone);
        if (lengths.length == 0) {
            return IntStream.range(0, count).toArray();
        }
        double mean = Arrays.stream(lengths).average().orElse(0);
        return IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(lengths[i] - mean)))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** When the steps of the last phase ended. */
    private static final class Steps implements TrainingListener {
        private final List<Long> ends = new ArrayList<>();

        @Override
        public void phaseStarted(String name, int phase, int phases, long steps) {
            ends.clear();
        }

        @Override
        public void stepDone(long step, long steps, double loss) {
            ends.add(System.nanoTime());
        }

        double secondsAfterFirstEpoch() {
            return (ends.get(ends.size() - 1) - ends.get(ends.size() / EPOCHS - 1)) / 1e9;
        }
    }
}
