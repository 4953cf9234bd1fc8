package dev.graft.cli;

import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledItems;
import dev.graft.experiment.Comparison;
import dev.graft.experiment.ComparisonOutcome;
import dev.graft.experiment.ComparisonSettings;
import dev.graft.experiment.TargetSource;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.ExperimentResult;
import dev.graft.selection.Approach;
import dev.graft.selection.Approaches;
import dev.graft.selection.Auto;
import dev.graft.selection.BagOfWordsRegression;
import dev.graft.selection.SourceModels;
import dev.graft.storage.RunDirectory;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.FromScratch;
import dev.graft.strategy.Strategies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft compare}: strategies side by side on the user's own images or texts. */
@Command(
        name = "compare",
        description = "Compare strategies on your own images or texts: intervals, data-size curves, and a verdict.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft compare --data flowers --backbone cifar-resnet --out comparison",
            "  graft compare --data flowers --strategies lp-ft,feature-extraction@stage3,from-scratch --out comparison",
            "  graft compare --data reviews.tsv --no-header --strategies feature-extraction,lp-ft --out comparison",
            "  graft compare --data flowers --samples-per-class 5,10,20 --seeds 5 --out comparison",
            "  graft compare --data reviews.csv --samples-per-class 16 --max-samples-per-class 64 --out comparison"
        })
final class CompareCommand extends Subcommand {
    private static final int GALLERY = 24;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private BackboneOptions backbone = new BackboneOptions();

    @Option(
            names = "--strategies",
            split = ",",
            paramLabel = "NAME",
            description =
                    "What to compare, as graft fit names it (auto,feature-extraction,lp-ft,fine-tuning,from-scratch,"
                            + " and of texts bag-of-words; contrastive where they are few). Of several backbones, auto chooses one and all others take"
                            + " the first.")
    private List<String> strategies = List.of();

    @Option(
            names = "--seeds",
            defaultValue = "3",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "How many splits and initialisations to average over (${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--samples-per-class",
            split = ",",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "Points of the data-size curve, in training examples of each class; all of them always.")
    private List<Integer> samplesPerClass = List.of();

    @Option(
            names = "--max-samples-per-class",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description =
                    "Train on at most N examples of each class, drawn anew for each seed; all of them by default.")
    private @Nullable Integer most;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = Range.Budget.class,
            description = "How long auto may take for each model, such as 30s or 5m.")
    private @Nullable Duration budget;

    @Mixin
    private HeadOptions head = new HeadOptions();

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where report, numbers and bundle go.")
    private Path out = Path.of(".");

    @Option(
            names = "--overwrite",
            description = "Replace the earlier run in --out; what Graft did not write is never touched.")
    private boolean overwrite;

    CompareCommand() {}

    @Override
    int run() {
        OutputDirectory.requireApart(out, target.inputs(), backbone.inputs());
        try (RunDirectory directory = OutputDirectory.open(out, overwrite, false)) {
            return compare(directory);
        }
    }

    private int compare(RunDirectory directory) {
        long start = System.nanoTime();
        List<String> names = strategies.isEmpty() ? usual() : strategies;
        names.forEach(Approaches::requireKnown);
        if (!target.isItems()) {
            head.requireUse(names);
        }
        TargetSource draws = target.isItems() ? target.itemSource(console()) : target.source(console());
        if (most != null) {
            draws = draws.atMost(most);
        }
        TargetData first = draws.draw(training.seed());
        SourceModels sources = target.isItems()
                ? SourceModels.ofBranches(backbone.branches((LabeledItems) first.train()))
                : backbone.sources(target, names.contains(Auto.NAME));
        List<Approach> approaches =
                names.stream().map(name -> approach(name, sources)).toList();
        approaches.forEach(approach -> approach.requireUsable(first.train()));
        int classes = first.train().classNames().size();
        ComparisonSettings settings = new ComparisonSettings(
                training.seed(),
                seeds,
                samplesPerClass.stream().map(samples -> samples * classes).toList(),
                training.in(
                        sources.takesItems()
                                ? TrainingSettings.defaults()
                                : FineTuning.all()
                                        .defaultSettings(
                                                sources.candidates().get(0).architecture(),
                                                first.train().size())),
                GALLERY);
        ComparisonOutcome outcome;
        try (ComparisonProgress progress = new ComparisonProgress(console(), "Comparing")) {
            outcome = new Comparison(sources, draws, approaches, settings, progress, stopRequested())
                    .prepared(learning -> sources.takesItems()
                            ? head.ofItems(training.changes(learning))
                            : training.changes(learning))
                    .run();
        }
        ExperimentResult result = noted(target.annotated(
                outcome.experiment("compare", sources, settings, (System.nanoTime() - start) / 1e9),
                outcome.recommended()));
        RunResults results = new RunResults(directory, console());
        results.store(stage -> Bundle.write(stage.resolve("bundle"), outcome.recommended(), false), result, null);
        boolean told = results.tell(result, outcome.pictures(first, List.of()));
        console().result(result, ComparisonText.of(result, directory.path(), told));
        return ExitCode.DONE;
    }

    private Approach approach(String name, SourceModels sources) {
        if (sources.takesItems() || !HeadOptions.takesHead(name)) {
            return Approaches.named(name, sources, budget, training::in);
        }
        return Approach.withOwnSettings(
                head.on(Strategies.named(name, sources.candidates().get(0).architecture())), training::in);
    }

    private List<String> usual() {
        if (target.isItems()
                && target.columns().images().isEmpty()
                && target.columns().texts().isEmpty()) {
            return List.of("feature-extraction");
        }
        List<String> names =
                new ArrayList<>(List.of(Auto.NAME, "feature-extraction", "lp-ft", "fine-tuning", FromScratch.NAME));
        if (!target.isItems() && target.isText()) {
            names.add(BagOfWordsRegression.NAME);
        }
        return names;
    }
}
