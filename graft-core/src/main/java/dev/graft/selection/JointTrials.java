package dev.graft.selection;

import dev.graft.data.LabeledExamples;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import dev.graft.training.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trains networks of branches without a fold's examples and judges them on these, all on the same folds. */
final class JointTrials {
    /** Many networks are first compared on so many folds. */
    static final int FOLDS_OF_SCREENING = 2;

    private static final Strategy FROZEN = FeatureExtraction.defaults();
    private static final int TIMED = 64;

    private final TransferTask task;
    private final LabeledExamples data;
    private final List<int[]> folds;

    JointTrials(TransferTask task, LabeledExamples data, List<int[]> folds) {
        this.task = task;
        this.data = data;
        this.folds = folds;
    }

    int[] all() {
        return IntStream.range(0, data.size()).toArray();
    }

    /** Judges frozen networks on all folds, side by side. */
    List<JointCandidate> judged(List<List<Branch>> networks) {
        List<Callable<JointCandidate>> jobs = new ArrayList<>();
        for (List<Branch> network : networks) {
            jobs.add(() -> {
                long start = System.nanoTime();
                OutOfFold judged = Trials.unjudged(data);
                folds.forEach(fold -> judge(network, null, fold, judged));
                return new JointCandidate(network, null, FROZEN, judged, (System.nanoTime() - start) / 1e9);
            });
        }
        return task.cores().all(jobs, done -> {});
    }

    /** The most promising of many frozen networks, by their losses on some of the folds. */
    List<List<Branch>> screened(List<List<Branch>> networks, int kept) {
        List<int[]> some = folds.subList(0, Math.min(FOLDS_OF_SCREENING, folds.size()));
        int[] examples = some.stream().flatMapToInt(Arrays::stream).toArray();
        Map<List<Branch>, OutOfFold> judged = new LinkedHashMap<>();
        List<Callable<Boolean>> jobs = new ArrayList<>();
        for (List<Branch> network : networks) {
            OutOfFold into = Trials.unjudged(data);
            judged.put(network, into);
            jobs.add(() -> {
                some.forEach(fold -> judge(network, null, fold, into));
                return true;
            });
        }
        task.cores().all(jobs, done -> {});
        return networks.stream()
                .sorted(Comparator.comparingDouble(
                        network -> Objects.requireNonNull(judged.get(network)).meanLoss(examples)))
                .limit(kept)
                .toList();
    }

    /**
     * Trains without a fold's examples, and judges on them.
     *
     * @param trial how a branch is trained; null if all are frozen
     */
    void judge(List<Branch> network, Trials.@Nullable Trial trial, int[] fold, OutOfFold judged) {
        LabeledExamples train = Trials.part(task, data, Partition.others(data.size(), fold));
        Trials.judge(
                Trials.learning(task, train, network, FROZEN, usual -> settings(trial, train.size())),
                task,
                data,
                fold,
                judged);
    }

    TrainingSettings settings(Trials.@Nullable Trial trial, int examples) {
        return trial == null ? task.settings() : trial.settings(task.settings(), examples);
    }

    /** What training without one fold takes, in seconds, guessed from an epoch on a few examples. */
    double secondsOfFold(List<Branch> network, Trials.Trial trial) {
        int count = data.size() - folds.get(0).length;
        int few = Math.min(TIMED, count);
        LabeledExamples some = Trials.part(task, data, IntStream.range(0, few).toArray());
        List<Callable<Double>> job = List.of(() -> {
            long start = System.nanoTime();
            Trials.learning(task, some, network, FROZEN, usual -> settings(trial, count)
                            .withEpochs(1)
                            .withPatience(0))
                    .listener(TrainingListener.SILENT)
                    .run();
            return (System.nanoTime() - start) / 1e9;
        });
        double measured = task.cores().all(job, done -> {}).get(0);
        return measured * count / few * settings(trial, count).epochs();
    }
}
