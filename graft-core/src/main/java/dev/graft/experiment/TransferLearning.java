package dev.graft.experiment;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.Split;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.optimization.Balance;
import dev.graft.optimization.NumberLoss;
import dev.graft.optimization.TrainingSettings;
import dev.graft.selection.Approach;
import dev.graft.selection.Auto;
import dev.graft.selection.SourceModels;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TimeLimit;
import dev.graft.training.TrainingListener;
import dev.graft.training.TransferResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transfers source models to labelled images, texts or items of several parts. What is transferred and how can be chosen by measuring:
 *
 * <pre>{@code
 * Fit.Outcome outcome = TransferLearning.on(images).auto(Duration.ofMinutes(2));
 * outcome.saveBundle(Path.of("model"));
 * }</pre>
 *
 * <p>or be said:
 *
 * <pre>{@code
 * TransferResult result = TransferLearning.on(images)
 *         .split(Split.stratified(0.7, 0.1, 0.2))
 *         .backbone(Backbones.load("digits-cnn"))
 *         .strategy(LinearProbeFineTuning.defaults())
 *         .run();
 * }</pre>
 *
 * <p>Items of several parts take a branch for each part, and the branches are joined before one head. The strategy is asked for each
 * branch that has a backbone; a branch may have one of its own.
 *
 * <pre>{@code
 * TransferResult result = TransferLearning.on(items)
 *         .split(Split.stratified(0.7, 0.1, 0.2))
 *         .branch(Branch.image("photo", Backbones.load("cifar-resnet")))
 *         .branch(Branch.text("title", Backbones.load("minilm-l6")).trainedFrom("layer5"))
 *         .branch(Branch.numbers("price", "weight"))
 *         .run();
 * }</pre>
 *
 * <p>Every frozen part runs once over the data and is cached. Not safe for use by several threads, but several instances may run
 * at once, each in a thread of its own.
 */
public final class TransferLearning {
    private static final Logger LOG = LoggerFactory.getLogger(TransferLearning.class);

    /** What {@link #auto} and {@link #fit} divide the data by where nothing else was said, as the command does. */
    private static final Split USUAL_SPLIT = Split.stratified(0.7, 0.15, 0.15);

    private final LabeledExamples data;
    private final List<Backbone> backbones = new ArrayList<>();
    private final List<Branch> branches = new ArrayList<>();
    private @Nullable Split split;
    private @Nullable LabeledExamples validation;
    private @Nullable LabeledExamples test;
    private @Nullable Strategy strategy;
    private UnaryOperator<TrainingSettings> settings = usual -> usual;
    // For every training, those that are only tried out too.
    private UnaryOperator<NetworkTraining> changes = training -> training;
    // For the training that is asked for.
    private UnaryOperator<NetworkTraining> last = training -> training;
    private BooleanSupplier stopRequested = () -> false;
    private Consumer<String> progress = LOG::debug;
    private @Nullable FeatureCache cache;

    private TransferLearning(LabeledExamples data) {
        this.data = data;
    }

    /** Starts with the target task's data: for training alone, or to be split. */
    public static TransferLearning on(LabeledExamples data) {
        return new TransferLearning(Required.setting(data, "data"));
    }

    /**
     * Divides the data into training, validation and test data; parts that are given are left as they are, and the others are
     * taken by the fractions that remain.
     *
     * @throws SettingsException if it was called before: the data is divided once
     */
    public TransferLearning split(Split fractions) {
        if (split != null) {
            throw new SettingsException(Problem.of("The data is divided once.")
                    .expected("one call of .split(…)")
                    .found("a second one, with training " + fractions.train() + ", validation " + fractions.validation()
                            + ", test " + fractions.test())
                    .fix("leave one of them out"));
        }
        split = Required.setting(fractions, "split");
        return this;
    }

    /** Sets validation data of its own. */
    public TransferLearning validation(LabeledExamples examples) {
        validation = Required.setting(examples, "validation data");
        return this;
    }

    /** Sets test data of its own. */
    public TransferLearning test(LabeledExamples examples) {
        test = Required.setting(examples, "test data");
        return this;
    }

    /** Sets the source model of a network that takes pictures or texts themselves. */
    public TransferLearning backbone(Backbone source) {
        return backbones(List.of(source));
    }

    /**
     * Sets the source models that {@link #auto} chooses from; a strategy takes the first. Of items, each goes to the next column that
     * it can take. If not called, {@link #auto} takes those that suit the data.
     */
    public TransferLearning backbones(List<Backbone> sources) {
        List<Backbone> all = Required.examples(sources, "source model", "backbones");
        backbones.clear();
        backbones.addAll(all);
        return this;
    }

    /** Adds a branch, of a network that takes items; its features come after those of the branches before it. */
    public TransferLearning branch(Branch branch) {
        branches.add(Required.setting(branch, "branch"));
        return this;
    }

    /**
     * Sets the way to transfer. On branches it may be left out: a branch that has no strategy of its own is then a fixed
     * extractor. Where a branch is cut is the branch's own, whatever a strategy says of it.
     */
    public TransferLearning strategy(Strategy value) {
        strategy = Required.setting(value, "strategy");
        return this;
    }

    /** Sets how the branches' features are joined; one after the other if not called. */
    public TransferLearning fusion(Fusion value) {
        return changed(training -> training.fusion(value));
    }

    /**
     * Sets the head. If not called, a network of one backbone has the strategy's, and one of branches has one hidden layer, which
     * can learn from what branches say together. A logistic regression is solved on concatenated features instead of trained, and
     * cannot.
     */
    public TransferLearning head(Head value) {
        return changed(training -> training.head(value));
    }

    /** Sets epochs, batch size, learning rate, seed and the rest; the strategy's own defaults if not called. */
    public TransferLearning training(TrainingSettings values) {
        return training(usual -> values);
    }

    /** Changes some of the strategy's own settings, such as the number of epochs, and leaves the rest. {@link #auto} takes the seed alone. */
    public TransferLearning training(UnaryOperator<TrainingSettings> change) {
        settings = Required.setting(change, "changes of settings");
        return this;
    }

    /** Sets random changes to the training images; none if not called. */
    public TransferLearning augmentation(Augmentation value) {
        return changed(training -> training.augmentation(value));
    }

    /** Sets what to do about classes with few examples; nothing if not called. */
    public TransferLearning balance(Balance value) {
        return changed(training -> training.balance(value));
    }

    /**
     * Sets what the error of a number costs while it is learned; half its square if not called. {@link #auto} chooses by squared errors, and
     * trains what it has chosen by this. Refused where there are no numbers to learn, once the training starts.
     */
    public TransferLearning loss(NumberLoss value) {
        return changed(training -> training.loss(value));
    }

    private TransferLearning changed(UnaryOperator<NetworkTraining> change) {
        UnaryOperator<NetworkTraining> before = changes;
        changes = training -> change.apply(before.apply(training));
        return this;
    }

    private TransferLearning atLast(UnaryOperator<NetworkTraining> change) {
        UnaryOperator<NetworkTraining> before = last;
        last = training -> change.apply(before.apply(training));
        return this;
    }

    /** Sets who is told how the training goes on. */
    public TransferLearning listener(TrainingListener value) {
        return atLast(training -> training.listener(value));
    }

    /** Sets who hears, in words, what {@link #auto} has measured so far; the log at the level of debugging if not called. */
    public TransferLearning progress(Consumer<String> heard) {
        progress = Required.setting(heard, "progress");
        return this;
    }

    /** Sets a question that is asked before each step: whether to save and stop. */
    public TransferLearning stopWhen(BooleanSupplier asked) {
        stopRequested = Required.setting(asked, "question");
        return this;
    }

    /** Sets how long {@link #run} may train; see {@link NetworkTraining#within}. {@link #auto} has a budget instead. */
    public TransferLearning within(TimeLimit time) {
        return atLast(training -> training.within(time));
    }

    /** Shares a feature cache with other calls of {@link #run}; its owner closes it. Without one, each makes and closes its own. */
    public TransferLearning cache(FeatureCache shared) {
        cache = Required.setting(shared, "cache");
        return this;
    }

    /**
     * Saves checkpoints. While the run goes on, no other run can use the directory, of this process or another.
     *
     * @param directory the run's directory
     * @param everySteps also after so many steps of a phase; 0 for after each epoch only
     */
    public TransferLearning checkpoints(Path directory, int everySteps) {
        return atLast(training -> training.checkpoints(directory, everySteps));
    }

    /**
     * Whether to go on from the newest checkpoint, to the same weights that an uninterrupted run gives. A run that was ended
     * before its first checkpoint starts from the beginning.
     */
    public TransferLearning resume(boolean value) {
        return atLast(training -> training.resume(value));
    }

    /**
     * Trains the network by the strategy that was set, and measures it on the test data if there is any. Nothing is calibrated;
     * {@link #fit} does that too.
     *
     * @throws SettingsException if something is not set or does not fit, before anything is trained
     * @throws dev.graft.error.DataException if an example is not as a branch needs it
     * @throws dev.graft.error.TrainingException if the loss or a weight stops being finite
     * @throws dev.graft.error.StoppedException if asked to stop
     */
    public TransferResult run() {
        Parts parts = split == null ? new Parts(data, validation, test) : divided(split);
        NetworkTraining training = changes.apply(NetworkTraining.on(parts.train()));
        if (parts.validation() != null) {
            training.validation(parts.validation());
        }
        if (parts.test() != null) {
            training.test(parts.test());
        }
        if (!backbones.isEmpty()) {
            training.backbone(backbones.get(0));
        }
        branches.forEach(training::branch);
        if (strategy != null) {
            training.strategy(strategy);
        }
        if (cache != null) {
            training.cache(cache);
        }
        return last.apply(training.training(settings).stopWhen(stopRequested)).run();
    }

    /**
     * Trains by the strategy that was set, and judges: test accuracy with its interval, calibrated confidence, the rule for examples
     * of none of the classes, the record of the classes, and what a report shows. Data that was not split is split into 70%, 15% and
     * 15%.
     *
     * @throws SettingsException if no strategy is set, or as with {@link #run}
     * @throws dev.graft.error.GraftException as with {@link #run}
     */
    public Fit.Outcome fit() {
        if (strategy == null) {
            throw new SettingsException(Problem.of("A transfer needs a strategy.")
                    .fix("call .strategy(…) before .fit(), or let .auto() choose"));
        }
        return fit(Approach.withOwnSettings(strategy, settings));
    }

    /** Chooses source model, cut and strategy by measuring, then trains and judges; as long as the data's size makes sensible. */
    public Fit.Outcome auto() {
        return chosen(Auto.unlimited());
    }

    /**
     * Chooses source model, cut and strategy by cross-validation on the training data, trains, and judges, all within a budget. Where
     * not all fits, fewer examples are learned from and judged, which the result says. Data that was not split is split into 70%, 15%
     * and 15%.
     *
     * @param budget how long everything may take
     * @throws SettingsException if a strategy is set too, or something does not fit, before anything is trained
     * @throws dev.graft.error.GraftException as with {@link #run}
     */
    public Fit.Outcome auto(Duration budget) {
        return chosen(Auto.within(budget));
    }

    private Fit.Outcome chosen(Auto auto) {
        if (strategy != null) {
            throw new SettingsException(Problem.of("There is a strategy, and nothing to choose.")
                    .expected("no .strategy(…) before .auto()")
                    .found(strategy.name())
                    .fix("leave it out, or call .fit() instead of .auto()"));
        }
        return fit(auto);
    }

    private Fit.Outcome fit(Approach approach) {
        approach.requireUsable(data);
        Parts parts = divided(split == null ? USUAL_SPLIT : split);
        if (parts.test() == null) {
            throw new SettingsException(Problem.of("A network is judged on examples that it did not learn from.")
                    .expected("test data, or a split with a fraction for it")
                    .found("none")
                    .fix("call .test(…), or give .split(…) a positive test fraction"));
        }
        return Fit.run(
                sources(),
                approach,
                new TargetData(parts.train(), parts.validation(), parts.test(), parts.test()),
                settings.apply(TrainingSettings.defaults()),
                changes,
                last,
                progress,
                stopRequested);
    }

    private SourceModels sources() {
        return branches.isEmpty() ? SourceModels.suited(data, backbones) : SourceModels.ofBranches(branches);
    }

    /** The data as it is used; parts that are empty are null. */
    private record Parts(
            LabeledExamples train,
            @Nullable LabeledExamples validation,
            @Nullable LabeledExamples test) {}

    private Parts divided(Split fractions) {
        Split.Parts all = fractions.complete(data, validation, test);
        return new Parts(all.train(), nonEmpty(all.validation()), nonEmpty(all.test()));
    }

    private static @Nullable LabeledExamples nonEmpty(LabeledExamples examples) {
        return examples.size() == 0 ? null : examples;
    }
}
