package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.layer.Adapter;
import dev.graft.layer.Layer;
import dev.graft.optimization.Objective;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.Penalty;
import dev.graft.strategy.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checkpoints of earlier versions hold exactly these texts: to change one is to refuse them. */
class FingerprintTest {
    @Test
    void phasesAreWrittenAsEarlierVersionsDid() {
        Phase plain = new Phase("head", Frozen.everything(), 3, LearningRates.same(0.001), Schedule.CONSTANT);
        Phase full = new Phase(
                        "fine-tuning",
                        Frozen.through("conv1"),
                        2,
                        new LearningRates(0.01, 0.001, 0.5),
                        Schedule.ONE_CYCLE)
                .withPenalty(new Penalty(0.01, 0.02))
                .withLabelSmoothing(0.1)
                .withRunningStatistics();

        assertThat(Fingerprint.of(List.of(plain, full)))
                .isEqualTo("[Phase[name=head, frozen=Everything[], epochs=3, rates=LearningRates[head=0.001,"
                        + " backbone=0.001, stageDecay=1.0], schedule=CONSTANT], Phase[name=fine-tuning,"
                        + " frozen=Through[stage=conv1], epochs=2, rates=LearningRates[head=0.01, backbone=0.001,"
                        + " stageDecay=0.5], schedule=ONE_CYCLE, penalty=Penalty[startingPoint=0.01, head=0.02],"
                        + " labelSmoothing=0.1, runningStatistics]]");
    }

    @Test
    void aPhaseOnPairsIsTold() {
        Phase pairs = new Phase("pairs", Frozen.nothing(), 1, LearningRates.same(0.1), Schedule.CONSTANT)
                .withObjective(Objective.pairs());

        assertThat(Fingerprint.of(List.of(pairs))).endsWith("schedule=CONSTANT, objective=Pairs[]]]");
    }

    @Test
    void branchesAreTold() {
        Phase phase = new Phase(
                "head",
                Frozen.byBranch(Map.of("photo", Frozen.nothing())),
                1,
                new LearningRates(0.1, 0.1, 1, Map.of("photo", LearningRates.same(0.2))),
                Schedule.CONSTANT);

        assertThat(Fingerprint.of(List.of(phase)))
                .contains("frozen=ByBranch[branches={photo=Nothing[]}]")
                .contains("branches={photo=LearningRates[head=0.2, backbone=0.2, stageDecay=1.0]}");
    }

    @Test
    void settingsAndTheRestAreWrittenAsEarlierVersionsDid() {
        assertThat(Fingerprint.of(TrainingSettings.defaults().withOptimizer(Optimizer.adamW(0.01f))))
                .isEqualTo("TrainingSettings[epochs=10, batchSize=16, learningRate=0.001,"
                        + " optimizer=Optimizer[kind=ADAMW, beta1=0.9, beta2=0.999, epsilon=1.0E-7, weightDecay=0.01],"
                        + " schedule=CONSTANT, clipNorm=Infinity, patience=0, seed=42]");
        assertThat(Fingerprint.of(Augmentation.none()))
                .isEqualTo("Augmentation[flip=false, shift=0.0, zoom=0.0, rotation=0.0, color=0.0, erasing=0.0,"
                        + " mixing=NONE, views=1]");
        assertThat(Fingerprint.of(Cut.pooled(Pooling.MEAN_MAX, "a", "b")))
                .isEqualTo("Cut[stages=[a, b], pooling=MEAN_MAX]");
        assertThat(Fingerprint.of(new Head.Mlp(32, 0.3f))).isEqualTo("Mlp[hidden=32, dropout=0.3]");
        assertThat(Fingerprint.of(new Head.Classifier(0))).isEqualTo("Classifier[dropout=0.0]");
        assertThat(Fingerprint.of(new Head.LogisticRegression(1.0, false)))
                .isEqualTo("LogisticRegression[penalty=1.0, stagesEqual=false]");
        assertThat(Fingerprint.of(new Head.Own(List.of(new Layer.Dropout(0.5f), new Layer.Linear("dense", 3, 2)))))
                .isEqualTo(
                        "Own[own=[Dropout[rate=0.5], Linear[name=dense, inFeatures=3, outFeatures=2, adapter=null]]]");
        assertThat(Fingerprint.of(Fusion.concatenation())).isEqualTo("Concatenation[]");
        assertThat(Fingerprint.of(Fusion.gated())).isEqualTo("Gated[width=64]");
        assertThat(Fingerprint.of(new Adapter(8, 16f, 0f))).isEqualTo("Adapter[rank=8, alpha=16.0, dropout=0.0]");
    }

    /** A head that is forgotten here would fail when its run saves something to go on from. */
    @Test
    void everyHeadHasOne() {
        Head.LogisticRegression regression = Head.LogisticRegression.defaults();
        List<Head> all = List.of(
                Head.Mlp.defaults(),
                new Head.Classifier(0),
                regression,
                new Head.Ridge(2.0, true),
                Head.Discriminant.defaults(),
                new Head.Ensemble(List.of(new Head.Ensemble.Member(List.of(0), regression, 1))),
                new Head.Own(List.of(new Layer.Linear("dense", 3, 2))));

        assertThat(all.stream().<Class<?>>map(Head::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(leaves(Head.class));
        assertThat(all.stream().map(Fingerprint::of).distinct()).hasSize(all.size());
    }

    private static List<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(one -> leaves(one).stream())
                        .<Class<?>>map(one -> one)
                        .toList()
                : List.of(type);
    }
}
