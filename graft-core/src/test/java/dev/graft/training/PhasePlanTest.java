package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.engine.Tap;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhasePlanTest {
    private static final Architecture DIGITS = Architectures.named("digits-cnn");

    @Test
    void stagesAndTapsAreDividedWhereTheFrozenPartEnds() {
        Cut cut = Cut.pooled(Pooling.MEAN, "conv2", "conv1");

        BranchPlan plan = plan(cut, Frozen.through("pool1")).branches().get(0);

        assertThat(plan.frozen()).extracting(Stage::name).containsExactly("conv1", "pool1");
        assertThat(plan.trained()).extracting(Stage::name).containsExactly("conv2");
        assertThat(plan.frozenTaps()).containsExactly(new Tap("conv1", Pooling.MEAN));
        assertThat(plan.trainedTaps()).containsExactly(new Tap("conv2", Pooling.MEAN));
        assertThat(plan.trainedInput().toString()).isEqualTo("(32, 13, 13)");
        assertThat(plan.nothingTrained()).isFalse();
    }

    @Test
    void whatFollowsTheCutIsNotPartOfThePlan() {
        PhasePlan whole = plan(Cut.at("pool1"), Frozen.everything());
        BranchPlan plan = whole.branches().get(0);

        assertThat(plan.frozen()).extracting(Stage::name).containsExactly("conv1", "pool1");
        assertThat(plan.nothingTrained()).isTrue();
        assertThat(whole.headOnly()).isTrue();
        assertThat(plan.frozenParameters())
                .extracting(ParameterSpec::name)
                .containsExactly("conv1.weight", "conv1.bias");
    }

    @Test
    void learningRatesFallFromTheLastStageWithWeightsToTheFirst() {
        Map<String, Double> rates = plan(Cut.at("dense"), Frozen.nothing())
                .stepSettings(new LearningRates(1, 0.5, 0.1), TrainingSettings.defaults())
                .learningRates();

        assertThat(rates).hasSize(8);
        assertRate(rates, "head.logits", 1);
        assertRate(rates, "dense", 0.5);
        assertRate(rates, "conv2", 0.05);
        assertRate(rates, "conv1", 0.005);
    }

    @Test
    void frozenTensorsGetNoRateAndTheFirstTrainedStageBeforeTheCutGetsTheBackbones() {
        Map<String, Double> rates = plan(Cut.at("pool2"), Frozen.through("conv1"))
                .stepSettings(new LearningRates(1, 0.5, 0.1), TrainingSettings.defaults())
                .learningRates();

        assertThat(rates.keySet())
                .containsExactlyInAnyOrder("head.logits.weight", "head.logits.bias", "conv2.weight", "conv2.bias");
        assertRate(rates, "conv2", 0.5);
    }

    @Test
    void countsTheValuesThatAreTrainedWithoutRunningStatistics() {
        Cut cut = Cut.at("pool");
        PhasePlan plan = Tiny.plan(Tiny.NETWORK, cut, new Head.Classifier(0).layers(6, 2), 2, Frozen.through("stem"));

        long kernels = 6 * 4 * 9 + 6 * 4;
        long scalesAndBiases = 4 * 6;
        assertThat(plan.trainableParameters()).isEqualTo(kernels + scalesAndBiases + 6 + 1);
    }

    private static void assertRate(Map<String, Double> rates, String layer, double rate) {
        assertThat(rates.get(layer + ".weight")).isCloseTo(rate, within(1e-12));
        assertThat(rates.get(layer + ".bias")).isCloseTo(rate, within(1e-12));
    }

    private static PhasePlan plan(Cut cut, Frozen frozen) {
        return Tiny.plan(DIGITS, cut, new Head.Classifier(0).layers(cut.features(DIGITS), 2), 2, frozen);
    }
}
