package dev.graft.cli;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.AdapterBundle;
import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledItems;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.experiment.Fit;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.model.AdapterModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.Classification.ClassResult;
import dev.graft.result.ExperimentResult;
import dev.graft.result.RunConfig;
import dev.graft.result.SelectionResult;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetResult;
import dev.graft.selection.Approach;
import dev.graft.selection.Approaches;
import dev.graft.selection.Auto;
import dev.graft.selection.BagOfWordsRegression;
import dev.graft.selection.Budget;
import dev.graft.selection.SourceModels;
import dev.graft.storage.RunDirectory;
import dev.graft.strategy.Strategies;
import dev.graft.targets.OneClass;
import dev.graft.training.NetworkTraining;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft fit}: a backbone transferred to the user's own images or texts. */
@Command(
        name = "fit",
        description = "Transfer a backbone to your own images or texts: a model, its report, and its bundle.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft fit --data flowers --out run                    backbone, cut and strategy are chosen",
            "  graft fit --data flowers --budget 60s --backbone cifar-resnet,digits-cnn --out run",
            "  graft fit --data flowers --backbone cifar-resnet --strategy lp-ft --out run",
            "  graft fit --data flowers --backbone resnet18 --weights resnet18.safetensors --out run",
            "  graft fit --data train --test test --backbone hf:timm/resnet18.a1_in1k --out run",
            "  graft fit --data reviews.csv --text-column review --label-column stars --out run",
            "  graft fit --data train.tsv --test test.tsv --no-header --backbone minilm-l6 --strategy feature-extraction"
                    + " --out run",
            "  graft fit --data items.csv --image-column photo --text-column title --number-columns price,weight --out run",
            "  graft fit --data scans.csv --task multi-label --label-separator ; --out run     any number of labels for each",
            "  graft fit --data houses.csv --task regression --target-column price --out run   a number, with intervals",
            "  graft fit --data reviews.csv --task ordinal --label-column stars --out run      a grade in an order",
            "  graft fit --data list.csv --strategy feature-extraction@stage2+stage3 --out run",
            "",
            "Examples that no machine holds, or that lie on a cluster: GraftClassifier, on Apache Spark (docs/scale.md)."
        })
final class FitCommand extends Subcommand {
    private static final int NAMED = 6;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private BackboneOptions backbone = new BackboneOptions();

    @Option(
            names = "--strategy",
            defaultValue = Auto.NAME,
            paramLabel = "NAME",
            description =
                    "auto, feature-extraction, fine-tuning, l2-sp, lp-ft, lora, gradual-unfreezing or from-scratch; some"
                            + " take stages, as in fine-tuning@stage3 (${DEFAULT-VALUE}); of texts also contrastive, for a"
                            + " few of each class, and bag-of-words, which needs no backbone; of items also of one part, as in fine-tuning@photo/stage3. auto chooses"
                            + " by cross-validation, with epochs, batch size, learning rate and schedule.")
    private String strategy = Auto.NAME;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = Range.Budget.class,
            description =
                    "With auto: how long everything may take, from the command's start to the report, such as 30s or 5m;"
                            + " what does not fit is left out, and said. Without it, as long as the data makes"
                            + " sensible; of texts, ways to train a transformer that two cores do in five minutes. With"
                            + " --resume it begins anew.")
    private @Nullable Duration budget;

    @Mixin
    private HeadOptions head = new HeadOptions();

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run's directory.")
    private Path out = Path.of(".");

    @Option(names = "--resume", description = "Go on from the newest checkpoint in --out.")
    private boolean resume;

    @Option(
            names = "--overwrite",
            description = "Replace the earlier run in --out; what Graft did not write is never touched.")
    private boolean overwrite;

    FitCommand() {}

    @Override
    int run() {
        OutputDirectory.requireApart(out, target.inputs(), backbone.inputs());
        try (RunDirectory directory = OutputDirectory.open(out, overwrite, resume)) {
            return fit(directory);
        }
    }

    /** What is transferred, from what, and how. */
    private record Task(
            SourceModels sources, Approach approach, TargetData data, UnaryOperator<NetworkTraining> changes) {}

    private int fit(RunDirectory directory) {
        boolean auto = strategy.equals(Auto.NAME);
        requireUseOfBudget(auto);
        Approaches.requireKnown(strategy);
        Budget allowed = budget == null ? Budget.unlimited() : Budget.of(budget, elapsed());
        Task task = target.isItems() ? itemTask() : task(auto);
        BooleanSupplier stop = stopRequested();
        Fit.Outcome outcome;
        try (TrainingProgress progress = new TrainingProgress(
                console(), "Training", task.data().train().kind() instanceof OneClass ? "accuracy" : "score")) {
            outcome = Fit.run(
                    task.sources(),
                    task.approach(),
                    task.data(),
                    training.in(TrainingSettings.defaults()),
                    task.changes(),
                    learning -> learning.listener(progress)
                            .checkpoints(directory.path(), 0)
                            .resume(resume),
                    console()::note,
                    stop,
                    allowed);
        }
        ExperimentResult result = noted(target.annotated(outcome.result(), outcome.model()));
        AdapterModel adapters = outcome.adapters();
        RunResults results = new RunResults(directory, console());
        results.store(
                stage -> {
                    Bundle.write(stage.resolve("bundle"), outcome.model(), false);
                    if (adapters != null) {
                        AdapterBundle.write(stage.resolve("adapters"), adapters, false);
                    }
                },
                result,
                RunConfig.of(result, auto ? options() : TrainingOptions.with(outcome.settings(), options())));
        boolean told = results.tell(result, outcome.pictures(), allowed);
        String text = text(result, directory.path(), told);
        if (adapters != null) {
            text += ResultText.format(
                    "%nAdapters and head alone: %s", directory.path().resolve("adapters"));
        }
        notePeak(result);
        console().result(result, text);
        return ExitCode.DONE;
    }

    /** Pictures or texts, with one source model, or several to choose from. */
    private Task task(boolean auto) {
        head.requireUse(List.of(strategy));
        SourceModels models = backbone.sources(target, auto);
        List<Backbone> sources = models.candidates();
        boolean given = !auto && !strategy.equals(BagOfWordsRegression.NAME);
        Approach approach = given
                ? Approach.withOwnSettings(
                        head.on(Strategies.named(strategy, sources.get(0).architecture())), training::in)
                : Approaches.named(strategy, sources.get(0).architecture(), null);
        TargetData data = sources.size() > 1
                ? target.source(console()).draw(training.seed())
                : target.load(
                        console(),
                        training.seed(),
                        sources.get(0).architecture().preparation());
        approach.requireUsable(data.train());
        return new Task(models, approach, data, training::changes);
    }

    /** Items of several parts, with a branch for each. */
    private Task itemTask() {
        TargetData data = target.items(console(), training.seed());
        SourceModels sources = SourceModels.ofBranches(backbone.branches((LabeledItems) data.train()));
        Approach approach = Approaches.named(strategy, sources, null, training::in);
        approach.requireUsable(data.train());
        return new Task(sources, approach, data, learning -> head.ofItems(training.changes(learning)));
    }

    private void notePeak(ExperimentResult result) {
        Long peak = result.hardware().peakMemoryBytes();
        if (peak != null) {
            console()
                    .note(ResultText.format(
                            "the most memory held at once: %d MiB, of which Java's heap may take up to %d MiB",
                            peak >> 20, Runtime.getRuntime().maxMemory() >> 20));
        }
    }

    private void requireUseOfBudget(boolean auto) {
        if (budget != null && !auto) {
            throw new SettingsException(Problem.of("--budget has nothing to do here.")
                    .expected("--budget together with --strategy auto")
                    .found("--strategy " + strategy)
                    .fix("leave --budget out, or let auto choose"));
        }
    }

    private static String text(ExperimentResult result, Path directory, boolean told) {
        StrategyResult row = result.results().get(0);
        StringBuilder text =
                new StringBuilder(row.told() == null ? ofClasses(result, row) : ofAnswers(result, row, row.told()));
        SelectionResult selection = row.selection();
        if (selection != null) {
            text.append("\n\n")
                    .append(SelectionText.of(selection, result.target().measureName()));
        }
        text.append(ResultText.format("%n%n%s%n%n", result.verdict().because()));
        text.append(told ? ResultText.format("Report: %s%n", directory.resolve("report.html")) : "");
        text.append(ResultText.format("Bundle: %s", directory.resolve("bundle")));
        return text.toString();
    }

    private static String ofAnswers(ExperimentResult result, StrategyResult row, TargetResult told) {
        List<String> names = result.target().classes();
        return ResultText.format(
                        "%s on %s by %s, %s of %s: %d training, %d validation and %d test examples%n%n",
                        result.source().backbone(),
                        result.target().name(),
                        row.strategy(),
                        result.target().task(),
                        names.size() <= NAMED ? String.join(", ", names) : names.size() + " names",
                        result.target().train(),
                        result.target().validation(),
                        result.target().test())
                + (AnswerText.measures(told.measures())
                                + AnswerText.coverage(told)
                                + AnswerText.worst(row.classification()))
                        .stripTrailing();
    }

    private static String ofClasses(ExperimentResult result, StrategyResult row) {
        StringBuilder text = new StringBuilder(ResultText.format(
                "%s on %s by %s: %d classes, %d training, %d validation and %d test examples%n%n"
                        + "  test accuracy  %.4f   95%% interval %.4f to %.4f%n  macro F1       %.4f%n",
                result.source().backbone(),
                result.target().name(),
                row.strategy(),
                result.target().classes().size(),
                result.target().train(),
                result.target().validation(),
                result.target().test(),
                row.testAccuracy(),
                row.interval().lower(),
                row.interval().upper(),
                row.classification().macroF1()));
        List<ClassResult> worst = row.classification().classes().stream()
                .filter(one -> one.support() > 0)
                .sorted(Comparator.comparingDouble(ClassResult::recall))
                .limit(3)
                .toList();
        text.append("  worst classes  ");
        text.append(String.join(
                ", ",
                worst.stream()
                        .map(one -> ResultText.format("%s (recall %.3f)", one.name(), one.recall()))
                        .toList()));
        Untested.line(row.classification())
                .ifPresent(line -> text.append("\n  ").append(line));
        return text.toString();
    }
}
