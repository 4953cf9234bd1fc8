package dev.graft.cli;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.comparison.Comparison;
import dev.graft.comparison.ComparisonOutcome;
import dev.graft.comparison.ComparisonSettings;
import dev.graft.comparison.TargetSource;
import dev.graft.comparison.TargetSource.TargetData;
import dev.graft.report.Report;
import dev.graft.result.ExperimentResult;
import dev.graft.strategy.Strategies;
import dev.graft.strategy.Strategy;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft compare}: strategies side by side on the user's own images. */
@Command(
        name = "compare",
        description = "Compare strategies on your own images: intervals, data-size curves, and a verdict.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft compare --data flowers --backbone cifar-resnet --out comparison",
            "  graft compare --data flowers --strategies lp-ft,feature-extraction@stage3,from-scratch --out comparison",
            "  graft compare --data flowers --samples-per-class 5,10,20 --seeds 5 --out comparison"
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
            defaultValue = "feature-extraction,lp-ft,fine-tuning,from-scratch",
            paramLabel = "NAME",
            description = "What to compare, as graft fit names it (${DEFAULT-VALUE}).")
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
            description = "Points of the data-size curve, in training images of each class; all of them always.")
    private List<Integer> samplesPerClass = List.of();

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where report, numbers and bundle go.")
    private Path out = Path.of(".");

    @Option(names = "--overwrite", description = "Write into a directory that is not empty.")
    private boolean overwrite;

    CompareCommand() {}

    @Override
    int run() {
        long start = System.nanoTime();
        OutputDirectory.check(out, overwrite);
        Backbone source = backbone.load();
        List<Strategy> ways = strategies.stream()
                .map(name -> Strategies.named(name, source.architecture()))
                .toList();
        TargetSource draws = target.source(console());
        TargetData first = draws.draw(training.seed());
        Path directory = OutputDirectory.prepare(out, overwrite);
        int classes = first.train().classNames().size();
        ComparisonSettings settings = new ComparisonSettings(
                training.seed(),
                seeds,
                samplesPerClass.stream().map(samples -> samples * classes).toList(),
                training.settings(),
                GALLERY);
        ComparisonOutcome outcome;
        try (ComparisonProgress progress = new ComparisonProgress(console(), "Comparing")) {
            outcome = new Comparison(source, draws, ways, settings, progress, stopRequested())
                    .prepared(training::changes)
                    .run();
        }
        ExperimentResult result =
                target.annotated(outcome.experiment("compare", source, settings, (System.nanoTime() - start) / 1e9));
        Report.write(directory, result, outcome.pictures(first, List.of()));
        Bundle.write(directory.resolve("bundle"), outcome.recommended(), true);
        console().result(result, ComparisonText.of(result, directory));
        return ExitCode.DONE;
    }
}
