package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.feature.FeatureCache;
import dev.graft.strategy.GradualUnfreezing;
import dev.graft.strategy.LinearProbeFineTuning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLimitIT {
    private final List<String> leftOut = new ArrayList<>();

    @Test
    void aTrainingWithTimeEnoughIsTheSameAsOneWithoutALimit() {
        TransferResult limited = learning().within(limit(1_000_000)).run();
        TransferResult unlimited = learning().run();

        assertThat(limited.weights().digest()).isEqualTo(unlimited.weights().digest());
        assertThat(leftOut).isEmpty();
    }

    @Test
    void aTrainingThatRunsOutOfTimeEndsAndSaysSo() {
        TransferResult result = learning().within(limit(4)).run();

        assertThat(result.history()).hasSizeLessThan(learning().run().history().size());
        assertThat(leftOut).last().asString().contains("steps of phase");
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            assertThat(result.evaluate(Tiny.VALIDATION, cache).accuracy()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void whereNoTimeIsLeftEveryPhaseTakesOneStep() {
        Tiny.learning(GradualUnfreezing.all())
                .training(Tiny.SETTINGS)
                .within(new TimeLimit() {
                    @Override
                    public double left() {
                        return -1;
                    }

                    @Override
                    public void leaveOut(String what) {
                        leftOut.add(what);
                    }
                })
                .run();

        assertThat(leftOut).hasSizeGreaterThan(1).allMatch(what -> what.matches("(4 of 5|9 of 10) steps of phase .*"));
    }

    private static NetworkTraining learning() {
        return Tiny.learning(LinearProbeFineTuning.defaults()).training(Tiny.SETTINGS.withEpochs(4));
    }

    /** As if there were time until it was asked so often. */
    private TimeLimit limit(int questions) {
        return new TimeLimit() {
            private int asked;

            @Override
            public double left() {
                asked++;
                return asked <= questions ? 1e9 : 0;
            }

            @Override
            public void leaveOut(String what) {
                leftOut.add(what);
            }
        };
    }
}
