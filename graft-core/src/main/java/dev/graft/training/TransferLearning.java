package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.data.LabeledExamples;
import dev.graft.data.Split;
import dev.graft.data.Tokenization;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.TokenRows;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.optimization.Balance;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Transfers a backbone to labelled images or texts, with any strategy.
 *
 * <pre>{@code
 * TransferResult result = TransferLearning.on(images)
 *         .split(Split.stratified(0.8, 0.1, 0.1))
 *         .backbone(Backbones.load("digits-cnn"))
 *         .strategy(LinearProbeFineTuning.defaults())
 *         .run();
 * }</pre>
 *
 * <p>Not safe for use by several threads, but several instances may run at once, each in a thread of its own.
 */
public final class TransferLearning {
    private LabeledExamples train;
    private @Nullable LabeledExamples validation;
    private @Nullable LabeledExamples test;
    private @Nullable Backbone backbone;
    private @Nullable Strategy strategy;
    private @Nullable TrainingSettings chosen;
    private TrainingSettings settings = TrainingSettings.defaults();
    private Augmentation augmentation = Augmentation.none();
    private Balance balance = Balance.NONE;
    private TrainingListener listener = TrainingListener.SILENT;
    private BooleanSupplier stopRequested = () -> false;
    private @Nullable FeatureCache cache;
    private @Nullable Path checkpointDirectory;
    private int checkpointEverySteps;
    private boolean resume;

    private TransferLearning(LabeledExamples train) {
        this.train = train;
    }

    /** Starts with the target task's data: for training alone, or to be split. */
    public static TransferLearning on(LabeledExamples data) {
        return new TransferLearning(data);
    }

    /** Splits the data into training, validation and test data. */
    public TransferLearning split(Split split) {
        LabeledExamples all = train;
        int[][] parts = split.indexes(all);
        train = all.subset(parts[0]);
        validation = parts[1].length == 0 ? null : all.subset(parts[1]);
        test = parts[2].length == 0 ? null : all.subset(parts[2]);
        return this;
    }

    /** Sets validation data of its own. */
    public TransferLearning validation(LabeledExamples data) {
        validation = data;
        return this;
    }

    /** Sets test data of its own. */
    public TransferLearning test(LabeledExamples data) {
        test = data;
        return this;
    }

    /** Sets the source model. */
    public TransferLearning backbone(Backbone source) {
        backbone = source;
        return this;
    }

    /** Sets the way to transfer. */
    public TransferLearning strategy(Strategy way) {
        strategy = way;
        return this;
    }

    /** Sets epochs, batch size, learning rate, seed and the rest; the strategy's own defaults if not called. */
    public TransferLearning training(TrainingSettings values) {
        chosen = values;
        settings = values;
        return this;
    }

    /** Sets random changes to the training images; none if not called. */
    public TransferLearning augmentation(Augmentation changes) {
        augmentation = changes;
        return this;
    }

    /** Sets what to do about classes with few examples; nothing if not called. */
    public TransferLearning balance(Balance way) {
        balance = way;
        return this;
    }

    /** Sets who is told how the run goes on. */
    public TransferLearning listener(TrainingListener told) {
        listener = told;
        return this;
    }

    /** Sets a question that is asked before each step: whether to save and stop. */
    public TransferLearning stopWhen(BooleanSupplier asked) {
        stopRequested = asked;
        return this;
    }

    /** Shares a feature cache with other runs; its owner closes it. Without one, the run makes and closes its own. */
    public TransferLearning cache(FeatureCache shared) {
        cache = shared;
        return this;
    }

    /**
     * Saves checkpoints.
     *
     * @param directory the run's directory
     * @param everySteps also after so many steps of a phase; 0 for after each epoch only
     */
    public TransferLearning checkpoints(Path directory, int everySteps) {
        checkpointDirectory = directory;
        checkpointEverySteps = everySteps;
        return this;
    }

    /** Whether to go on from the newest checkpoint, to the same weights that an uninterrupted run gives. */
    public TransferLearning resume(boolean value) {
        resume = value;
        return this;
    }

    /**
     * Runs the strategy.
     *
     * @throws SettingsException if something is not set or does not fit, before anything is trained
     * @throws dev.graft.error.TrainingException if the loss or a weight stops being finite
     * @throws dev.graft.error.StoppedException if asked to stop
     */
    public TransferResult run() {
        return planned((source, way, run) -> {
            RunState state = resume ? requiredCheckpoints(run).load(listener) : initialState(run, source, way);
            PhaseExecutor executor = new PhaseExecutor(run, state);
            executor.execute();
            TransferResult result = new TransferResult(
                    source, run, state.weights, state.history, executor.featureSeconds(), executor.trainSeconds());
            if (test != null) {
                result.measureTest(test);
            }
            return result;
        });
    }

    /** Tries something from where the run would start; nobody hears of it, and nothing is saved or resumed. */
    <T> T attempt(BiFunction<Run, RunState, T> trial) {
        return planned((source, way, run) -> trial.apply(run.inSilence(), initialState(run, source, way)));
    }

    private <T> T planned(Work<T> work) {
        Backbone source = required(backbone, "backbone");
        Strategy way = required(strategy, "strategy");
        requireExamples();
        requireKind(source.architecture());
        settings = chosen == null ? way.defaultSettings(source.architecture()) : chosen;
        FeatureCache features = cache == null ? FeatureCache.withDefaults() : cache;
        try {
            return work.on(source, way, plan(source, way, features));
        } finally {
            if (cache == null) {
                features.close();
            }
        }
    }

    /** What is done with a run that was planned. */
    private interface Work<T> {
        T on(Backbone source, Strategy way, Run run);
    }

    Run plan(Backbone source, Strategy way, FeatureCache features) {
        Architecture architecture =
                way.adapters().map(one -> one.adapt(source.architecture())).orElse(source.architecture());
        Cut cut = way.cut(architecture);
        Head head = way.head(architecture);
        List<Layer> layers =
                head.layers(cut.features(architecture), train.classNames().size());
        List<Phase> phases = way.phases(architecture, settings);
        Checkpoints checkpoints = checkpointDirectory == null
                ? null
                : new Checkpoints(
                        checkpointDirectory, checkpointEverySteps, fingerprint(source, way, cut, head, phases));
        requireStartingPoint(way, phases);
        return new Run(
                architecture,
                way.adapters().orElse(null),
                source.weights(),
                way.name(),
                cut,
                head,
                layers,
                phases,
                train,
                augmentation,
                balance,
                validation,
                settings,
                features,
                listener,
                stopRequested,
                checkpoints);
    }

    private static void requireStartingPoint(Strategy way, List<Phase> phases) {
        if (!way.pretrained()
                && phases.stream().anyMatch(phase -> phase.penalty().startingPoint() > 0)) {
            throw new SettingsException(
                    Problem.of("A penalty holds weights where they started, but these start at random.")
                            .where("strategy '" + way.name() + "'")
                            .fix("use weight decay, or a strategy that starts from pretrained weights"));
        }
    }

    private Map<String, String> fingerprint(Backbone source, Strategy way, Cut cut, Head head, List<Phase> phases) {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put("backbone", source.id());
        marks.put("backbone weights", way.pretrained() ? source.weights().digest() : "random");
        marks.put("strategy", way.name());
        way.adapters()
                .ifPresent(one -> marks.put("adapters", one.adapter() + " on " + new TreeSet<>(one.projections())));
        marks.put("cut", cut.toString());
        marks.put("head", head.toString());
        marks.put("phases", phases.toString());
        marks.put("settings", settings.toString());
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

    private RunState initialState(Run run, Backbone source, Strategy way) {
        Architecture architecture = run.architecture();
        long seed = Seeds.initial(settings.seed());
        List<ParameterSpec> all = architecture.stagesThrough(run.cut().last(architecture)).stream()
                .flatMap(stage -> stage.parameters().stream())
                .toList();
        List<ParameterSpec> stages =
                all.stream().filter(spec -> !spec.role().ofAdapter()).toList();
        List<ParameterSpec> adapters =
                all.stream().filter(spec -> spec.role().ofAdapter()).toList();
        List<ParameterSpec> head = run.headLayers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .toList();
        WeightSet backboneWeights = way.pretrained()
                ? FrozenPart.select(source.weights(), stages)
                : architecture.weightInitialization().initialize(stages, seed);
        backboneWeights =
                backboneWeights.plus(architecture.weightInitialization().initialize(adapters, seed));
        if (way.pretrained() && run.head() instanceof Head.Own) {
            return new RunState(backboneWeights.plus(FrozenPart.select(source.weights(), head)));
        }
        return new RunState(
                backboneWeights.plus(architecture.weightInitialization().initialize(head, seed)));
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
        for (LabeledExamples other : new LabeledExamples[] {validation, test}) {
            if (other != null && !other.classNames().equals(train.classNames())) {
                throw new SettingsException(
                        Problem.of("Validation or test data has other classes than the training data.")
                                .expected(train.classNames())
                                .found(other.classNames()));
            }
        }
    }

    /** Checks that the backbone can take the examples, and says how many of their ends it does not see. */
    private void requireKind(Architecture architecture) {
        if (!(architecture.preparation() instanceof Tokenization tokenization)) {
            return;
        }
        if (!augmentation.equals(Augmentation.none())) {
            throw new SettingsException(Problem.of("Texts cannot be changed like images.")
                    .expected("no augmentation")
                    .found(augmentation)
                    .fix("leave out .augmentation(…)"));
        }
        for (LabeledExamples data : new LabeledExamples[] {train, validation, test}) {
            if (data != null && View.plain(data).rows(tokenization) instanceof TokenRows rows && rows.truncated() > 0) {
                listener.warning(rows.truncated() + " of " + rows.count() + " texts of '" + data.name()
                        + "' are longer than " + tokenization.maxTokens() + " tokens: only their beginning is used");
            }
        }
    }

    private static <T> T required(@Nullable T value, String what) {
        if (value == null) {
            throw new SettingsException(
                    Problem.of("A transfer needs a " + what + ".").fix("call ." + what + "(…) before .run()"));
        }
        return value;
    }
}
