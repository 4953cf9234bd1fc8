package dev.graft.cli;

import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.data.ClassSelection;
import dev.graft.data.Environment;
import dev.graft.data.LabeledImages;
import dev.graft.data.ResidentImages;
import dev.graft.engine.Machine;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.Intervals;
import dev.graft.mnist.Mnist;
import dev.graft.mnist.MnistData;
import dev.graft.optimization.TrainingSettings;
import dev.graft.reading.ImageDataset;
import dev.graft.report.RunFiles;
import dev.graft.result.GraftVersion;
import dev.graft.result.RunConfig;
import dev.graft.result.SourceModel;
import dev.graft.result.SourceResult;
import dev.graft.source.Backbones;
import dev.graft.storage.RunDirectory;
import dev.graft.training.SourceData;
import dev.graft.training.SourceTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft pretrain}: trains a source model and writes it as a backbone. */
@Command(
        name = "pretrain",
        description = "Train a source model on MNIST or on your own images, and write it as a backbone.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft pretrain --out digits",
            "  graft pretrain --data ~/data/mnist --epochs 12 --schedule cosine --out digits",
            "  graft pretrain --out digits --resume        after Ctrl-C or a crash",
            "  graft pretrain --data cifar10 --arch cifar-resnet --augment flip-shift --out things"
        })
final class PretrainCommand extends Subcommand {
    private static final String MNIST = "mnist";
    private static final String TRAIN = "train";

    @Option(
            names = "--data",
            defaultValue = MNIST,
            paramLabel = "mnist|DIR",
            description = "mnist, looked for in its usual places; a directory with its four IDX files; or one with"
                    + " the folders train and test, a folder for each class inside.")
    private String data = MNIST;

    @Option(
            names = "--arch",
            defaultValue = "digits-cnn",
            paramLabel = "ID",
            converter = NamedValue.ArchitectureId.class,
            description = "The architecture: ${DEFAULT-VALUE}.")
    private String architecture = "digits-cnn";

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "NAME",
            description = "Use only these classes of a directory of images.")
    private List<String> classes = List.of();

    @Option(
            names = "--no-validation",
            description = "Learn from all the training data and watch none of it: for settings that are settled.")
    private boolean noValidation;

    @Option(
            names = "--license",
            paramLabel = "TEXT",
            description = "The licence that the weights inherit from the data; for mnist it is known.")
    private @Nullable String license;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run's directory.")
    private Path out = Path.of(".");

    @Option(
            names = "--epochs",
            defaultValue = "3",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "Epochs (${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--batch-size",
            defaultValue = "32",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "Examples a step (${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--learning-rate",
            defaultValue = "0.001",
            paramLabel = "X",
            converter = Range.LearningRate.class,
            description = "Learning rate (${DEFAULT-VALUE}).")
    private double learningRate;

    @Mixin
    private OptimizationOptions optimization = new OptimizationOptions();

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            converter = Range.Seed.class,
            description = "Seed of weights, order and dropout (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "0",
            paramLabel = "STEPS",
            converter = Range.NonNegativeInt.class,
            description = "Also save a checkpoint after so many steps; always after each epoch.")
    private int checkpointEvery;

    @Option(
            names = "--from",
            paramLabel = "ID|DIR",
            description = "Go on from this source model, which knows the same classes, instead of random weights.")
    private @Nullable String from;

    @Option(
            names = "--average",
            description = "With --from: take the mean of the weights before and after, which often lies in a better"
                    + " place than either.")
    private boolean average;

    @Option(names = "--resume", description = "Go on from the newest checkpoint in --out.")
    private boolean resume;

    @Option(
            names = "--overwrite",
            description = "Replace the earlier run in --out; what Graft did not write is never touched.")
    private boolean overwrite;

    PretrainCommand() {}

    @Override
    int run() {
        requireOneWayToStart();
        OutputDirectory.requireApart(out, inputs());
        try (RunDirectory directory = OutputDirectory.open(out, overwrite, resume)) {
            return pretrain(directory);
        }
    }

    private Map<Path, String> inputs() {
        Map<Path, String> inputs = new LinkedHashMap<>();
        if (!data.equals(MNIST)) {
            inputs.put(Path.of(data), "the data");
        }
        if (from != null) {
            inputs.put(Path.of(from), "the source model");
        }
        return inputs;
    }

    private int pretrain(RunDirectory directory) {
        Backbone start = from == null ? null : Backbones.load(from);
        SourceData source = source();
        SourceTraining.Trained trained;
        try (TrainingProgress progress = new TrainingProgress(console(), "Pretraining")) {
            trained = SourceTraining.train(request(start, source, directory.path()), progress, stopRequested());
        }
        SourceResult result = result(trained);
        directory.store(stage -> Bundle.write(stage.resolve("backbone"), trained.backbone(), false), stage -> {
            RunFiles.write(stage, result);
            RunFiles.write(stage, config(result, source));
        });
        console().result(result, text(result, directory.path()));
        return ExitCode.DONE;
    }

    private void requireOneWayToStart() {
        if (average && from == null) {
            throw new SettingsException(Problem.of("--average has nothing to do here.")
                    .expected("--average together with --from")
                    .found("--average alone")
                    .fix("say with --from which source model to go on from and to average with"));
        }
    }

    private SourceData source() {
        if (data.equals(MNIST) || !Files.isDirectory(Path.of(data).resolve(TRAIN))) {
            requireNoClasses();
            MnistData mnist = Mnist.load(Environment.system(), data.equals(MNIST) ? null : Path.of(data));
            return noValidation
                    ? SourceData.whole(mnist.train(), mnist.test())
                    : SourceData.tail(mnist.train(), mnist.test());
        }
        ImageDataset dataset = ImageDataset.of(Path.of(data));
        if (dataset.test() == null) {
            throw new DataException(Problem.of("The data to pretrain on has no test part.")
                    .where(Path.of(data).toAbsolutePath())
                    .expected("the folders train and test, with one folder a class inside")
                    .found("no folder called test")
                    .fix("put images to test by into a folder called test"));
        }
        if (dataset.validation() != null) {
            console()
                    .warn("the validation part of " + data
                            + " is left out: validation images come from the training part");
        }
        LabeledImages train = resident(dataset.train());
        LabeledImages test = resident(dataset.test());
        return noValidation ? SourceData.whole(train, test) : SourceData.stratified(train, test, seed);
    }

    private LabeledImages resident(LabeledImages folder) {
        return ResidentImages.within(
                classes.isEmpty() ? folder : ClassSelection.of(folder, classes),
                Runtime.getRuntime().maxMemory() / 4);
    }

    private void requireNoClasses() {
        if (!classes.isEmpty()) {
            throw new SettingsException(Problem.of("--classes has nothing to choose from here.")
                    .expected("a directory with the folders train and test")
                    .found("--data " + data)
                    .fix("leave --classes out, or give such a directory"));
        }
    }

    private SourceTraining.Request request(@Nullable Backbone start, SourceData source, Path directory) {
        TrainingSettings settings = optimization.in(SourceTraining.WORKED_EXAMPLE
                .withEpochs(epochs)
                .withBatchSize(batchSize)
                .withLearningRate(learningRate)
                .withSeed(seed));
        return new SourceTraining.Request(
                Architectures.named(architecture),
                start,
                average,
                source,
                optimization.augmentation(),
                settings,
                start == null ? commandText() : continued(start),
                license(),
                directory,
                checkpointEvery,
                resume);
    }

    private String license() {
        if (license != null) {
            return license;
        }
        return Files.isDirectory(Path.of(data).resolve(TRAIN)) ? "unknown" : "cc-by-sa-3.0";
    }

    /** The command that gives these weights again, whatever was left to defaults; the bits depend on the threads too. */
    private String commandText() {
        String threads = System.getenv("OMP_NUM_THREADS");
        return (threads == null ? "" : "OMP_NUM_THREADS=" + threads + " ")
                + "./graft pretrain --data " + dataText() + " --arch " + architecture + " --epochs " + epochs
                + " --batch-size " + batchSize + " --learning-rate " + learningRate
                + optimization.commandText()
                + (noValidation ? " --no-validation" : "")
                + " --seed " + seed + " --out DIR";
    }

    /** Both commands, the first one's directory under a name of its own. */
    private String continued(Backbone start) {
        return start.card().command().replace("--out DIR", "--out FIRST") + "\n"
                + commandText()
                        .replace("--out DIR", "--from FIRST/backbone" + (average ? " --average" : "") + " --out DIR");
    }

    /** Where the data lies on this machine is nobody's business: the folder's own name will do. */
    private String dataText() {
        boolean folder = Files.isDirectory(Path.of(data).resolve(TRAIN));
        String name = folder
                ? String.valueOf(Path.of(data).toAbsolutePath().normalize().getFileName())
                : MNIST;
        return name + (classes.isEmpty() ? "" : " --classes " + String.join(",", classes));
    }

    private SourceResult result(SourceTraining.Trained trained) {
        Evaluation test = trained.test();
        int correct = (int) Math.round(test.accuracy() * test.truth().length);
        return new SourceResult(
                "pretrain",
                seed,
                GraftVersion.current(),
                Machine.describe(),
                new SourceModel(
                        trained.backbone().id(),
                        "here",
                        trained.backbone().card().data(),
                        test.accuracy(),
                        trained.history().size(),
                        trained.backbone().card().seconds(),
                        trained.backbone().weights().digest()),
                test.loss(),
                Intervals.wilson(correct, test.truth().length),
                test.truth().length,
                trained.history());
    }

    private RunConfig config(SourceResult result, SourceData source) {
        return new RunConfig(
                result.command(),
                options(),
                result.seed(),
                source.all().digest(),
                result.source().backbone(),
                result.source().digest(),
                result.version(),
                result.hardware());
    }

    private static String text(SourceResult result, Path directory) {
        return ResultText.format(
                "%s trained on %s: test accuracy %.4f (95%% interval %.4f to %.4f) after %d epochs, %.0f s.%n"
                        + "Backbone: %s",
                result.source().backbone(),
                result.source().data(),
                result.source().testAccuracy(),
                result.interval().lower(),
                result.interval().upper(),
                result.source().epochs(),
                result.source().seconds(),
                directory.resolve("backbone"));
    }
}
