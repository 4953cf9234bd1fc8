package dev.graft.training;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.RepeatedExamples;
import dev.graft.data.Split;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.optimization.Balance;
import dev.graft.optimization.NumberLoss;
import dev.graft.optimization.TrainingSettings;
import dev.graft.storage.RunDirectory;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One training of a network by a strategy, on data that is divided already or to be split. Programs start from {@code
 * TransferLearning} in {@code dev.graft.experiment}, which also chooses and judges.
 *
 * <p>Every frozen part runs once over the data and is cached. Not safe for use by several threads, but several instances may run
 * at once, each in a thread of its own.
 */
public final class NetworkTraining {
    private static final TrainingListener UNHEARD = new TrainingListener() {};

    private final List<Branch> branches = new ArrayList<>();
    private LabeledExamples train;
    private @Nullable LabeledExamples validation;
    private @Nullable LabeledExamples test;
    private @Nullable Strategy strategy;
    private Fusion fusion = Fusion.concatenation();
    private @Nullable Head head;
    private UnaryOperator<TrainingSettings> settings = usual -> usual;
    private Augmentation augmentation = Augmentation.none();
    private Balance balance = Balance.NONE;
    private NumberLoss numberLoss = NumberLoss.SQUARED;
    private TrainingListener listener = UNHEARD;
    private BooleanSupplier stopRequested = () -> false;
    private TimeLimit limit = TimeLimit.NONE;
    private @Nullable FeatureCache cache;
    private @Nullable Path checkpointDirectory;
    private int checkpointEverySteps;
    private boolean resume;
    private boolean divided;

    private NetworkTraining(LabeledExamples train) {
        this.train = train;
    }

    /** Starts with the target task's data: for training alone, or to be split. */
    public static NetworkTraining on(LabeledExamples data) {
        return new NetworkTraining(Required.setting(data, "data"));
    }

    /** Refuses changes of a training that do not go with some data, such as a loss of numbers where there are none. */
    public static void requireFitting(UnaryOperator<NetworkTraining> changes, LabeledExamples data) {
        Required.setting(changes.apply(on(data)), "changes of a training");
    }

    /** Sets the source model of a network that takes pictures or texts themselves. */
    public NetworkTraining backbone(Backbone source) {
        Branch only = Branch.only(Required.setting(source, "backbone"));
        branches.removeIf(branch -> !branch.takesColumns());
        return branch(only);
    }

    /** Adds a branch, of a network that takes items; its features come after those of the branches before it. */
    public NetworkTraining branch(Branch branch) {
        branches.add(Required.setting(branch, "branch"));
        return this;
    }

    /**
     * Sets the way to transfer. On branches it may be left out: a branch that has no strategy of its own is then a fixed
     * extractor. Where a branch is cut is the branch's own, whatever a strategy says of it.
     */
    public NetworkTraining strategy(Strategy value) {
        strategy = Required.setting(value, "strategy");
        return this;
    }

    /** Sets how the branches' features are joined; one after the other if not called. */
    public NetworkTraining fusion(Fusion value) {
        fusion = Required.setting(value, "fusion");
        return this;
    }

    /**
     * Sets the head. If not called, a network of one backbone has the strategy's, and one of branches has one hidden layer, which
     * can learn from what branches say together. A logistic regression is solved on concatenated features instead of trained, and
     * cannot.
     */
    public NetworkTraining head(Head value) {
        head = Required.setting(value, "head");
        return this;
    }

    /**
     * Splits the data into training, validation and test data; before validation or test data of its own is set, if at all.
     *
     * @throws SettingsException if the data is split already, or there is validation or test data, which it would replace
     * @throws dev.graft.error.DataException if a class has fewer examples than the split has parts
     */
    public NetworkTraining split(Split split) {
        Required.setting(split, "split");
        if (divided || validation != null || test != null) {
            throw new SettingsException(Problem.of("Data is split once.")
                    .expected("all of the data")
                    .found(divided ? "the training part of a split" : "validation or test data besides")
                    .fix(
                            divided
                                    ? "call .split(…) once; for other fractions start again with TransferLearning.on"
                                    : "call .split(…) first and then set what shall replace a part, or leave it out"));
        }
        divided = true;
        LabeledExamples all = train;
        int[][] parts = split.indexes(all);
        train = all.subset(parts[0]);
        validation = parts[1].length == 0 ? null : all.subset(parts[1]);
        test = parts[2].length == 0 ? null : all.subset(parts[2]);
        return this;
    }

    /** Sets validation data of its own. */
    public NetworkTraining validation(LabeledExamples data) {
        validation = Required.setting(data, "validation data");
        return this;
    }

    /** Sets test data of its own. */
    public NetworkTraining test(LabeledExamples data) {
        test = Required.setting(data, "test data");
        return this;
    }

    /** Sets epochs, batch size, learning rate, seed and the rest; the strategy's own defaults if not called. */
    public NetworkTraining training(TrainingSettings values) {
        TrainingSettings given = Required.setting(values, "training settings");
        return training(usual -> given);
    }

    /** Changes some of the strategy's own settings, such as the number of epochs, and leaves the rest. */
    public NetworkTraining training(UnaryOperator<TrainingSettings> changes) {
        settings = Required.setting(changes, "training settings");
        return this;
    }

    /** Sets random changes to the training images; none if not called. */
    public NetworkTraining augmentation(Augmentation changes) {
        augmentation = Required.setting(changes, "augmentation");
        return this;
    }

    /** Sets what to do about classes with few examples; nothing if not called. */
    public NetworkTraining balance(Balance value) {
        balance = Required.setting(value, "balance");
        return this;
    }

    /**
     * Sets what the error of a number costs while it is learned; half its square if not called.
     *
     * @throws SettingsException if it is another, and there are no numbers to learn
     */
    public NetworkTraining loss(NumberLoss value) {
        numberLoss = RunData.requireNumbersFor(Required.setting(value, "loss"), train);
        return this;
    }

    /** Sets who is told how the run goes on. */
    public NetworkTraining listener(TrainingListener value) {
        listener = Required.setting(value, "listener");
        return this;
    }

    /**
     * Sets a question that is asked before each step: whether to save and stop. An interruption of the thread that runs
     * ({@code Thread.interrupt}, {@code Future.cancel(true)}) does the same without being asked for; the thread stays marked as
     * interrupted.
     */
    public NetworkTraining stopWhen(BooleanSupplier asked) {
        stopRequested = Required.setting(asked, "stopWhen");
        return this;
    }

    /**
     * Sets how long the training may take. Where its steps turn out too slow, the rest of a phase's schedule is run through in
     * fewer steps, and solving a head ends where it has come to: the weights then depend on the machine's speed, and so do those of a
     * run that is resumed. Computing features is not cut short.
     */
    public NetworkTraining within(TimeLimit time) {
        limit = Required.setting(time, "time limit");
        return this;
    }

    /** Shares a feature cache with other runs; its owner closes it. Without one, the run makes and closes its own. */
    public NetworkTraining cache(FeatureCache shared) {
        cache = Required.setting(shared, "cache");
        return this;
    }

    /**
     * Saves checkpoints. While the run goes on, no other run can use the directory, of this process or another.
     *
     * @param directory the run's directory
     * @param everySteps also after so many steps of a phase; 0 for after each epoch only
     * @throws SettingsException if it is negative
     */
    public NetworkTraining checkpoints(Path directory, int everySteps) {
        if (everySteps < 0) {
            throw new SettingsException(Problem.of("Checkpoints cannot be saved that often.")
                    .expected("so many steps, or 0 for after each epoch only")
                    .found(everySteps));
        }
        checkpointDirectory = Required.setting(directory, "checkpoints");
        checkpointEverySteps = everySteps;
        return this;
    }

    /**
     * Whether to go on from the newest checkpoint, to the same weights that an uninterrupted run gives. A run that was ended
     * before its first checkpoint starts from the beginning.
     */
    public NetworkTraining resume(boolean value) {
        resume = value;
        return this;
    }

    /**
     * Trains the network.
     *
     * @throws SettingsException if something is not set or does not fit, before anything is trained
     * @throws dev.graft.error.DataException if an example is not as a branch needs it
     * @throws dev.graft.error.TrainingException if the loss or a weight stops being finite
     * @throws dev.graft.error.StoppedException if asked to stop, or the thread is interrupted
     */
    public TransferResult run() {
        return planned((run, start) -> train(run, start));
    }

    /** Tries something from where the run would start; nobody hears of it, and nothing is saved or resumed. */
    <T> T attempt(BiFunction<Run, RunState, T> trial) {
        return planned((run, start) -> trial.apply(run.inSilence(), start.get()));
    }

    /** Works with the run and the state it starts from. */
    private <T> T planned(BiFunction<Run, Supplier<RunState>, T> work) {
        Warnings warnings = new Warnings(listener);
        RunData data = new RunData(train, validation, test);
        data.requireExamples();
        data.requireUnmixed(branches, augmentation);
        Blueprint blueprint = Blueprint.of(requireBranches(), requireStrategy(), fusion, head, settings, train);
        if (test != null) {
            RepeatedExamples.say(train, validation, test);
        }
        FeatureCache features = cache == null ? FeatureCache.withDefaults() : cache;
        Interruption interruption = new Interruption(stopRequested);
        try {
            Run run = run(blueprint, features, interruption);
            data.requireUsable(run.branches(), augmentation, warnings);
            data.requireClassesFor(balance, blueprint.phases());
            return work.apply(run, () -> new RunState(blueprint.initialWeights(run)));
        } catch (RuntimeException e) {
            throw interruption.meaning(e);
        } finally {
            if (cache == null) {
                features.close();
            }
            interruption.restore();
        }
    }

    private List<Branch> requireBranches() {
        List<String> names = branches.stream().map(Branch::name).toList();
        boolean mixed = names.contains("") && names.size() > 1;
        if (names.isEmpty()) {
            throw new SettingsException(Problem.of("A transfer needs a backbone.")
                    .expected("a backbone for pictures or texts, or branches for items")
                    .fix("call .backbone(…) or .branch(…) before .run()"));
        }
        if (mixed || names.stream().distinct().count() != names.size()) {
            throw new SettingsException(Problem.of("A network needs branches, each with a name of its own.")
                    .expected("no name twice" + (mixed ? ", and no backbone beside the branches" : ""))
                    .found(String.join(", ", names))
                    .fix(
                            mixed
                                    ? "leave out .backbone(…), or give it a column with Branch.image or Branch.text"
                                    : "give one of them another name with .named(…)"));
        }
        return List.copyOf(branches);
    }

    private Strategy requireStrategy() {
        if (strategy != null) {
            return strategy;
        }
        Branch first = branches.get(0);
        if (first.strategy() != null && !first.takesColumns()) {
            return first.strategy();
        }
        if (!first.takesColumns()) {
            throw new SettingsException(
                    Problem.of("A transfer needs a strategy.").fix("call .strategy(…) before .run()"));
        }
        return FeatureExtraction.defaults();
    }

    private TransferResult train(Run run, Supplier<RunState> start) {
        Checkpoints checkpoints = run.checkpoints();
        if (checkpoints == null) {
            requireNoResume();
            return train(run, start.get());
        }
        // Nobody else may save there while this run does.
        try (RunDirectory directory = RunDirectory.join(checkpoints.directory())) {
            return train(run, resume ? resumed(checkpoints, directory, start) : start.get());
        }
    }

    /** A run that was ended before it saved anything has nothing to lose by starting from its beginning. */
    private RunState resumed(Checkpoints checkpoints, RunDirectory directory, Supplier<RunState> start) {
        Warnings warnings = new Warnings(listener);
        if (checkpoints.exist() || !directory.wasRun()) {
            return checkpoints.load(warnings);
        }
        warnings.warning("There is no checkpoint in " + directory.path() + " yet: starting from the beginning.");
        return start.get();
    }

    private TransferResult train(Run run, RunState state) {
        PhaseExecutor executor = new PhaseExecutor(run, state);
        try {
            executor.execute();
        } catch (RuntimeException e) {
            // Before the run's directory is closed, which could not be under an interrupted thread.
            throw run.stopRequested().meaning(e);
        }
        TransferResult result = new TransferResult(
                run, state.weights, state.history, executor.featureSeconds(), executor.trainSeconds());
        if (test != null) {
            result.measureTest(test);
        }
        return result;
    }

    private Run run(Blueprint blueprint, FeatureCache features, Interruption stop) {
        List<SourceBranch> sources = blueprint.branches();
        return new Run(
                blueprint,
                BranchData.of(train, sources),
                augmentation,
                balance,
                numberLoss,
                validation == null ? null : BranchData.of(validation, sources),
                features,
                listener,
                stop,
                limit,
                checkpointDirectory == null
                        ? null
                        : new Checkpoints(
                                checkpointDirectory,
                                checkpointEverySteps,
                                RunMarks.of(
                                        blueprint,
                                        new RunData(train, validation, test),
                                        balance,
                                        numberLoss,
                                        augmentation)));
    }

    private void requireNoResume() {
        if (resume) {
            throw new SettingsException(Problem.of("There is no checkpoint to resume from.")
                    .expected("the directory of the run's checkpoints")
                    .fix("call .checkpoints(…) before .run(), or leave out .resume(true)"));
        }
    }
}
