package dev.graft.cli;

import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.data.Environment;
import dev.graft.demo.DigitsToShapes;
import dev.graft.demo.SourceSamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.experiment.ReportSamples;
import dev.graft.image.Augmentation;
import dev.graft.mnist.Mnist;
import dev.graft.mnist.MnistData;
import dev.graft.result.ExperimentResult;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.source.Backbones;
import dev.graft.storage.RunDirectory;
import dev.graft.training.SourceData;
import dev.graft.training.SourceTraining;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft demo}: the worked example, digits to shapes. */
@Command(
        name = "demo",
        description = "Run the worked example: a network that reads digits learns to tell circles from squares.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft demo                                 report in graft-demo/report.html",
            "  graft demo --seeds 1 --out quick --json    one seed, the numbers as JSON",
            "  graft demo --pretrain --data ~/data/mnist  train the source model first"
        })
final class DemoCommand extends Subcommand {
    private static final int SAMPLES_PER_DIGIT = 2;

    @Option(
            names = "--out",
            defaultValue = "graft-demo",
            paramLabel = "DIR",
            description = "Where report, numbers and bundle go (${DEFAULT-VALUE}).")
    private Path out = Path.of("graft-demo");

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            converter = Range.Seed.class,
            description = "The first seed (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--seeds",
            defaultValue = "3",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "How many seeds to average over (${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--pretrain", description = "Train the source model on MNIST instead of using the embedded one.")
    private boolean pretrain;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "With --pretrain: the directory of MNIST; without it, its usual places.")
    private @Nullable Path data;

    @Option(
            names = "--overwrite",
            description = "Replace the earlier run in --out; what Graft did not write is never touched.")
    private boolean overwrite;

    DemoCommand() {}

    private record Source(Backbone backbone, List<LabeledPicture> samples) {}

    @Override
    int run() {
        requireUseOfData();
        if (data != null) {
            OutputDirectory.requireApart(out, Map.of(data, "the data"));
        }
        try (RunDirectory directory = OutputDirectory.open(out, overwrite, false)) {
            return demonstrate(directory);
        }
    }

    private int demonstrate(RunDirectory directory) {
        @Nullable MnistData mnist = pretrain ? Mnist.load(Environment.system(), data) : null;
        BooleanSupplier stop = stopRequested();
        Source source = mnist != null
                ? pretrained(mnist, stop)
                : new Source(Backbones.load("digits-cnn"), SourceSamples.embedded());
        DigitsToShapes.Outcome outcome = compare(source, stop);
        ExperimentResult result = noted(outcome.result());
        RunResults results = new RunResults(directory, console());
        results.store(stage -> Bundle.write(stage.resolve("bundle"), outcome.recommended(), false), result, null);
        boolean told = results.tell(result, outcome.pictures());
        console().result(result, ComparisonText.of(result, directory.path(), told));
        return ExitCode.DONE;
    }

    private void requireUseOfData() {
        if (data != null && !pretrain) {
            throw new SettingsException(Problem.of("--data has nothing to do here.")
                    .expected("--data together with --pretrain")
                    .found("--data " + data + " alone: the embedded source model needs no data")
                    .fix("add --pretrain to train the source model on this data, or leave --data out"));
        }
    }

    private Source pretrained(MnistData mnist, BooleanSupplier stop) {
        try (TrainingProgress progress = new TrainingProgress(console(), "Pretraining")) {
            SourceTraining.Request request = new SourceTraining.Request(
                    Architectures.named("digits-cnn"),
                    null,
                    false,
                    SourceData.tail(mnist.train(), mnist.test()),
                    Augmentation.none(),
                    SourceTraining.WORKED_EXAMPLE.withSeed(seed),
                    "./graft demo --pretrain --seed " + seed,
                    "cc-by-sa-3.0",
                    null,
                    0,
                    false);
            SourceTraining.Trained trained = SourceTraining.train(request, progress, stop);
            console()
                    .note(ResultText.format(
                            "Source model: test accuracy %.4f on %s.",
                            trained.test().accuracy(), mnist.test().name()));
            return new Source(trained.backbone(), ReportSamples.of(mnist.train(), SAMPLES_PER_DIGIT));
        }
    }

    private DigitsToShapes.Outcome compare(Source source, BooleanSupplier stop) {
        try (ComparisonProgress progress = new ComparisonProgress(console(), "Comparing")) {
            return DigitsToShapes.run(source.backbone(), source.samples(), seed, seeds, progress, stop);
        }
    }
}
