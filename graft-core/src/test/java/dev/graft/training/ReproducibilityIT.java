package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.FromScratch;
import dev.graft.strategy.GradualUnfreezing;
import dev.graft.strategy.L2Sp;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.strategy.Strategy;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReproducibilityIT {
    private static final Cut FEATURES = Cut.pooled(Pooling.MEAN_MAX_STD, "stem", "body");

    static Stream<Arguments> strategies() {
        return Stream.of(
                Arguments.of(
                        "feature extraction", FeatureExtraction.at(FEATURES).withHead(Head.Mlp.defaults())),
                Arguments.of("fine-tuning", FineTuning.all()),
                Arguments.of("fine-tuning from a stage", FineTuning.from("body")),
                Arguments.of("l2-sp", L2Sp.all()),
                Arguments.of("linear probe, then fine-tuning", LinearProbeFineTuning.defaults()),
                Arguments.of("gradual unfreezing", GradualUnfreezing.all()),
                Arguments.of("from scratch", new FromScratch()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strategies")
    void theSameSeedGivesTheSameBitsAndAnotherSeedDoesNot(String name, Strategy strategy) {
        TransferResult once = run(strategy, 1);
        TransferResult again = run(strategy, 1);
        TransferResult other = run(strategy, 2);

        assertThat(again.weights()).isEqualTo(once.weights());
        assertThat(again.history()).isEqualTo(once.history());
        assertThat(other.weights()).isNotEqualTo(once.weights());
    }

    @Test
    void aSolvedHeadDoesNotDependOnTheSeed() {
        Strategy solved = FeatureExtraction.at(FEATURES);

        assertThat(run(solved, 2).weights()).isEqualTo(run(solved, 1).weights());
    }

    @Test
    void anotherThreadGivesTheSameBits() {
        Strategy strategy = FineTuning.all();
        TransferResult here = run(strategy, 1);

        TransferResult there =
                CompletableFuture.supplyAsync(() -> run(strategy, 1)).join();

        assertThat(there.weights()).isEqualTo(here.weights());
    }

    @Test
    void aRunThatCameBeforeDoesNotMatter() {
        Strategy strategy = FineTuning.from("body");
        TransferResult first = run(strategy, 3);
        run(GradualUnfreezing.all(), 4);

        assertThat(run(strategy, 3).weights()).isEqualTo(first.weights());
    }

    private static TransferResult run(Strategy strategy, long seed) {
        return Tiny.learning(strategy).training(Tiny.SETTINGS.withSeed(seed)).run();
    }
}
