package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.error.TrainingException;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.feature.Cut;
import dev.graft.result.CandidateResult;
import dev.graft.result.SelectionResult;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Renamed;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TimeLimit;
import dev.graft.training.TrainingListener;
import dev.graft.training.TransferResult;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A way to train the backbone that is not tried on folds. First the head on frozen features is solved, which is sure to be done in time;
 * then the backbone is trained on all examples in what time is left. The validation examples decide between the two.
 */
final class ValidatedTraining {
    /** Validation examples from which on they can tell: half a standard error of the difference is about a point then. */
    static final int ENOUGH = 300;

    /** Of what is left, at most, for measuring validation examples after each epoch. */
    private static final double SHARE_OF_WATCHING = 0.1;

    /** Solving a head takes about half as long as the features that it is solved on. */
    private static final double WITH_SOLVING = 1.5;

    /** The head on frozen features may take so many times as long as foreseen before it is cut short. */
    private static final double LONGER = 1.5;

    private final TransferTask task;
    private final Clock clock;
    private final Choice choice;
    private final LabeledExamples looked;
    private final Backbone backbone;

    /**
     * Before anything is trained.
     *
     * @param choice frozen features, and the way to train that was not tried
     * @param looked the training examples that the choice looked at
     */
    ValidatedTraining(TransferTask task, Clock clock, Choice choice, LabeledExamples looked) {
        this.task = task;
        this.clock = clock;
        this.choice = choice;
        this.looked = looked;
        backbone = Objects.requireNonNull(choice.network().get(0).backbone());
    }

    /** Whether there are enough validation examples to tell which is better. */
    static boolean isPossible(TransferTask task) {
        LabeledExamples validation = task.validation();
        return validation != null && validation.size() >= ENOUGH;
    }

    /** Seconds for the training, of those that are left before the head on frozen features is solved. */
    static double available(TransferTask task, Clock clock) {
        return clock.left() - ofFrozen(task) - ofWatching(task, clock);
    }

    private static double ofFrozen(TransferTask task) {
        double rows = (double) task.train().size() + watched(task).size();
        return WITH_SOLVING * rows * task.cache().rowSeconds();
    }

    private static double ofWatching(TransferTask task, Clock clock) {
        return Math.max(
                0,
                Math.min(
                        SHARE_OF_WATCHING * clock.left(),
                        2 * watched(task).size() * task.cache().rowSeconds()));
    }

    private static LabeledExamples watched(TransferTask task) {
        return Objects.requireNonNull(task.validation());
    }

    /** Solves, trains, and takes what is better. */
    Approach.Transferred run() {
        Trials.Trial trial = Objects.requireNonNull(choice.untried());
        LabeledExamples validation = validation(trial);
        Approach.Transferred frozen = frozen(validation);
        Evaluation ofFrozen = frozen.result().evaluate(validation, task.cache());
        LabeledExamples train = new FinalData(task, looked).all();
        task.progress()
                .accept(String.format(
                        Locale.ROOT,
                        "the head on frozen features gets %s of %,d validation examples; now training by %s on %,d examples",
                        said(ofFrozen),
                        validation.size(),
                        trial.strategy().name(),
                        train.size()));
        double start = clock.elapsed();
        TransferResult trained;
        try {
            trained = task.last()
                    .apply(learning(
                            new Choice(
                                    choice.network(),
                                    trial.strategy(),
                                    trial.settings(task.settings(), train.size()),
                                    train,
                                    choice.result()),
                            validation,
                            clock.keeping(ofWatching(task, clock))))
                    .run();
        } catch (TrainingException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return new Approach.Transferred(
                    frozen.result(),
                    choice.network(),
                    result(frozen).withSkipped(List.of(trial.strategy().name() + ": " + why)));
        }
        Evaluation ofTrained = trained.evaluate(validation, task.cache());
        CandidateResult row = row(trained, trial, ofTrained, clock.elapsed() - start);
        String sentence = sentence(row, train, frozen.result().train(), ofFrozen);
        return isBetter(ofTrained, ofFrozen)
                ? new Approach.Transferred(
                        trained, choice.network(), choice.result().withTaken(row, sentence))
                : new Approach.Transferred(
                        frozen.result(), choice.network(), result(frozen).withOther(row, sentence));
    }

    private static SelectionResult result(Approach.Transferred transferred) {
        return Objects.requireNonNull(transferred.selection());
    }

    /** More right, or as many at a lower loss. */
    private static boolean isBetter(Evaluation trained, Evaluation frozen) {
        int order = Double.compare(trained.score(), frozen.score());
        return order > 0 || (order == 0 && trained.loss() < frozen.loss());
    }

    private Approach.Transferred frozen(LabeledExamples validation) {
        double solving = SolvingCost.perExample(task, clock, choice, looked);
        double features = ((double) task.train().size() + validation.size())
                * task.cache().rowSeconds();
        double foreseen = features + task.train().size() * solving;
        Clock own = clock.keeping(Math.max(0, clock.left() - LONGER * foreseen));
        FinalData data = new FinalData(task, looked);
        Cut cut = ((FeatureExtraction) choice.strategy()).cut(backbone.architecture());
        LabeledExamples train = clock.budgetSeconds() != null ? data.within(own, backbone, cut, solving) : data.all();
        Choice solved = choice.on(train, data.leftOut());
        TransferResult result = learning(solved, validation, own)
                .listener(TrainingListener.SILENT)
                .run();
        return new Approach.Transferred(result, choice.network(), solved.result());
    }

    private NetworkTraining learning(Choice one, LabeledExamples validation, TimeLimit limit) {
        return Trials.learning(
                        task,
                        one.train(),
                        one.network(),
                        new Renamed(Auto.NAME, one.strategy()),
                        usual -> one.settings())
                .validation(validation)
                .within(limit);
    }

    /** As many validation examples as there is time to measure after each epoch and at the end. */
    private LabeledExamples validation(Trials.Trial trial) {
        LabeledExamples all = watched(task);
        int epochs = trial.settings(task.settings(), task.train().size()).epochs();
        double each = Math.max(task.cache().rowSeconds(), 1e-9);
        int size = Math.max(Math.max(ENOUGH, all.classNames().size()), (int)
                (SHARE_OF_WATCHING * Math.max(0, clock.left()) / (each * (epochs + 1))));
        if (size >= all.size()) {
            return all;
        }
        clock.leaveOut("watching " + (all.size() - size) + " of " + all.size() + " validation examples");
        return all.subset(
                NestedSubsets.stratified(all, List.of(size), task.settings().seed())
                        .get(0));
    }

    private CandidateResult row(TransferResult trained, Trials.Trial trial, Evaluation judged, double seconds) {
        Cut cut = trained.cut();
        return new CandidateResult(
                backbone.id(),
                trial.strategy().name(),
                cut.stageNames(),
                cut.poolingLabel(),
                null,
                null,
                judged.size(),
                judged.score(),
                TargetMeasures.overExamples(List.of(judged)),
                judged.loss(),
                seconds,
                false);
    }

    private static String sentence(
            CandidateResult row, LabeledExamples train, LabeledExamples solvedOn, Evaluation frozen) {
        return String.format(
                Locale.ROOT,
                "%s, trained on %,d examples, gets %s of %,d validation examples, the head on frozen features, solved on %,d, %s.",
                row.strategy(),
                train.size(),
                TargetMeasures.said(train.kind(), row.accuracy()),
                row.judged(),
                solvedOn.size(),
                said(frozen));
    }

    private static String said(Evaluation evaluation) {
        return TargetMeasures.said(evaluation.kind(), evaluation.score());
    }
}
