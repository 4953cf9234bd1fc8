package dev.graft.training;

import dev.graft.backbone.Layer;
import dev.graft.backbone.LowRank;
import dev.graft.data.ClassNames;
import dev.graft.data.LabeledExamples;
import dev.graft.data.RepeatedExamples;
import dev.graft.data.Split;
import dev.graft.data.TextPreparation;
import dev.graft.data.Tokenization;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.TokenRows;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.optimization.Balance;
import dev.graft.optimization.TrainingSettings;
import dev.graft.storage.RunDirectory;
import dev.graft.strategy.Phase;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all that is learned has in common: its data, its settings, and who hears of it. */
abstract class Learning<L extends Learning<L>> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.graft.training");
    private static final TrainingListener UNHEARD = new TrainingListener() {};

    private LabeledExamples train;
    private @Nullable LabeledExamples validation;
    private @Nullable LabeledExamples test;
    private @Nullable TrainingSettings chosen;
    private Augmentation augmentation = Augmentation.none();
    private Balance balance = Balance.NONE;
    private TrainingListener listener = UNHEARD;
    private BooleanSupplier stopRequested = () -> false;
    private @Nullable FeatureCache cache;
    private @Nullable Path checkpointDirectory;
    private int checkpointEverySteps;
    private boolean resume;

    Learning(LabeledExamples train) {
        this.train = train;
    }

    abstract L self();

    /** Splits the data into training, validation and test data. */
    public L split(Split split) {
        LabeledExamples all = train;
        int[][] parts = split.indexes(all);
        train = all.subset(parts[0]);
        validation = parts[1].length == 0 ? null : all.subset(parts[1]);
        test = parts[2].length == 0 ? null : all.subset(parts[2]);
        return self();
    }

    /** Sets validation data of its own. */
    public L validation(LabeledExamples data) {
        validation = data;
        return self();
    }

    /** Sets test data of its own. */
    public L test(LabeledExamples data) {
        test = data;
        return self();
    }

    /** Sets epochs, batch size, learning rate, seed and the rest; the strategy's own defaults if not called. */
    public L training(TrainingSettings values) {
        chosen = values;
        return self();
    }

    /** Sets random changes to the training images; none if not called. */
    public L augmentation(Augmentation changes) {
        augmentation = changes;
        return self();
    }

    /** Sets what to do about classes with few examples; nothing if not called. */
    public L balance(Balance way) {
        balance = way;
        return self();
    }

    /** Sets who is told how the run goes on. */
    public L listener(TrainingListener told) {
        listener = told;
        return self();
    }

    /** Sets a question that is asked before each step: whether to save and stop. */
    public L stopWhen(BooleanSupplier asked) {
        stopRequested = asked;
        return self();
    }

    /** Shares a feature cache with other runs; its owner closes it. Without one, the run makes and closes its own. */
    public L cache(FeatureCache shared) {
        cache = shared;
        return self();
    }

    /**
     * Saves checkpoints. While the run goes on, no other run can use the directory, of this process or another.
     *
     * @param directory the run's directory
     * @param everySteps also after so many steps of a phase; 0 for after each epoch only
     */
    public L checkpoints(Path directory, int everySteps) {
        checkpointDirectory = directory;
        checkpointEverySteps = everySteps;
        return self();
    }

    /**
     * Whether to go on from the newest checkpoint, to the same weights that an uninterrupted run gives. A run that was ended
     * before its first checkpoint starts from the beginning.
     */
    public L resume(boolean value) {
        resume = value;
        return self();
    }

    LabeledExamples train() {
        return train;
    }

    @Nullable
    LabeledExamples validation() {
        return validation;
    }

    TrainingSettings settings() {
        return chosen == null ? defaultSettings() : chosen;
    }

    /** What is taken if nothing was chosen. */
    TrainingSettings defaultSettings() {
        return TrainingSettings.defaults();
    }

    Augmentation augmentation() {
        return augmentation;
    }

    TrainingListener listener() {
        return listener;
    }

    /**
     * The network that is trained, and how.
     *
     * @param adapters what is trained beside an only branch's frozen weights; null for nothing
     * @param marks what a resumed run must have the same, beside data and settings
     * @param start gives the weights that it starts from
     */
    record Blueprint(
            List<SourceBranch> branches,
            @Nullable LowRank adapters,
            String strategy,
            Head head,
            List<Layer> headLayers,
            List<Phase> phases,
            Map<String, String> marks,
            Function<Run, WeightSet> start) {}

    /** Lays the network out; fails with a SettingsException if something is not set or does not fit. */
    abstract Blueprint blueprint();

    /** Runs all phases, and measures the test data if there are any. */
    Trained train(Run run, Supplier<RunState> start) {
        Checkpoints checkpoints = run.checkpoints();
        if (checkpoints == null) {
            return train(run, resume ? requiredCheckpoints(run).load(saying()) : start.get());
        }
        // Nobody else may save there while this run does.
        try (RunDirectory directory = RunDirectory.join(checkpoints.directory())) {
            return train(run, resume ? resumed(checkpoints, directory, start) : start.get());
        }
    }

    /** A run that was ended before it saved anything has nothing to lose by starting from its beginning. */
    private RunState resumed(Checkpoints checkpoints, RunDirectory directory, Supplier<RunState> start) {
        if (checkpoints.exist() || !directory.wasRun()) {
            return checkpoints.load(saying());
        }
        say("There is no checkpoint in " + directory.path() + " yet: starting from the beginning.");
        return start.get();
    }

    private Trained train(Run run, RunState state) {
        PhaseExecutor executor = new PhaseExecutor(run, state);
        executor.execute();
        Trained trained =
                new Trained(run, state.weights, state.history, executor.featureSeconds(), executor.trainSeconds());
        if (test != null) {
            trained.measureTest(test);
        }
        return trained;
    }

    /** Works with the run and the state it starts from. */
    <T> T planned(BiFunction<Run, Supplier<RunState>, T> work) {
        requireExamples();
        Blueprint blueprint = blueprint();
        if (test != null) {
            RepeatedExamples.say(train, validation, test);
        }
        FeatureCache features = cache == null ? FeatureCache.withDefaults() : cache;
        try {
            Run run = run(blueprint, features);
            requireUsable(run);
            return work.apply(run, () -> new RunState(blueprint.start().apply(run)));
        } finally {
            if (cache == null) {
                features.close();
            }
        }
    }

    /** Tries something from where the run would start; nobody hears of it, and nothing is saved or resumed. */
    <T> T attempt(BiFunction<Run, RunState, T> trial) {
        return planned((run, start) -> trial.apply(run.inSilence(), start.get()));
    }

    Run run(Blueprint blueprint, FeatureCache features) {
        Checkpoints checkpoints = checkpointDirectory == null
                ? null
                : new Checkpoints(checkpointDirectory, checkpointEverySteps, fingerprint(blueprint));
        WeightSet startingPoint = WeightSet.of(Map.of());
        for (SourceBranch branch : blueprint.branches()) {
            startingPoint = startingPoint.plus(branch.startingPoint().withPrefix(branch.prefix()));
        }
        return new Run(
                blueprint.branches(),
                blueprint.adapters(),
                startingPoint,
                blueprint.strategy(),
                blueprint.head(),
                blueprint.headLayers(),
                blueprint.phases(),
                BranchData.of(train, blueprint.branches()),
                augmentation,
                balance,
                validation == null ? null : BranchData.of(validation, blueprint.branches()),
                settings(),
                features,
                listener,
                stopRequested,
                checkpoints);
    }

    private Map<String, String> fingerprint(Blueprint blueprint) {
        Map<String, String> marks = new LinkedHashMap<>(blueprint.marks());
        marks.put("phases", blueprint.phases().toString());
        marks.put("settings", settings().toString());
        if (balance != Balance.NONE) {
            marks.put("balance", balance.toString());
        }
        if (!augmentation.equals(Augmentation.none())) {
            marks.put("augmentation", augmentation.toString());
        }
        marks.put("classes", train.classNames().toString());
        marks.put("training data", train.digest());
        marks.put("validation data", validation == null ? "none" : validation.digest());
        return marks;
    }

    private static Checkpoints requiredCheckpoints(Run run) {
        Checkpoints checkpoints = run.checkpoints();
        if (checkpoints == null) {
            throw new SettingsException(Problem.of("There is no checkpoint to resume from.")
                    .expected("the directory of the run's checkpoints")
                    .fix("call .checkpoints(…) before .run(), or leave out .resume(true)"));
        }
        return checkpoints;
    }

    private void requireExamples() {
        if (train.size() == 0) {
            throw new SettingsException(Problem.of("There are no training examples.")
                    .where(train.name())
                    .expected("at least one")
                    .found(0)
                    .fix("give more data, or a split with a larger training part"));
        }
        ClassNames.require(train.classNames(), train.name());
        for (LabeledExamples other : new LabeledExamples[] {validation, test}) {
            if (other != null && !other.classNames().equals(train.classNames())) {
                throw new SettingsException(
                        Problem.of("Validation or test data has other classes than the training data.")
                                .expected(train.classNames())
                                .found(other.classNames()));
            }
        }
    }

    /** Checks that the branches can take the examples, and says how many of their ends they do not see. */
    private void requireUsable(Run run) {
        boolean texts = run.branches().stream()
                .allMatch(branch -> branch.architecture().preparation() instanceof TextPreparation);
        if (texts && !augmentation.equals(Augmentation.none())) {
            throw new SettingsException(Problem.of("Texts cannot be changed like images.")
                    .expected("no augmentation")
                    .found(augmentation)
                    .fix("leave out .augmentation(…)"));
        }
        Set<String> told = new TreeSet<>();
        for (SourceBranch branch : run.branches()) {
            for (LabeledExamples data : new LabeledExamples[] {train, validation, test}) {
                if (data != null) {
                    told.addAll(truncated(branch, branch.part().apply(data)));
                }
            }
        }
        told.forEach(this::say);
    }

    /** Tells the user what goes another way than was asked for, once through the log and once to who listens. */
    final void say(String warning) {
        if (listener != TrainingListener.SILENT) {
            LOG.warn("{}", warning);
            listener.warning(warning);
        }
    }

    private TrainingListener saying() {
        return new TrainingListener() {
            @Override
            public void warning(String message) {
                say(message);
            }
        };
    }

    private static List<String> truncated(SourceBranch branch, LabeledExamples part) {
        if (branch.architecture().preparation() instanceof Tokenization tokenization
                && View.plain(part).rows(tokenization) instanceof TokenRows rows
                && rows.truncated() > 0) {
            return List.of(rows.truncated() + " of " + rows.count() + " texts of '" + part.name() + "' are longer than "
                    + tokenization.maxTokens() + " tokens: only their beginning is used");
        }
        return List.of();
    }

    static <T> T required(@Nullable T value, String what) {
        if (value == null) {
            throw new SettingsException(
                    Problem.of("A transfer needs a " + what + ".").fix("call ." + what + "(…) before .run()"));
        }
        return value;
    }
}
