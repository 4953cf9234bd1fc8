package dev.graft.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A subcommand for tests: has an option of every kind, and does what the test says. */
@Command(name = "try", description = "For tests.")
final class TryCommand extends Subcommand {
    private final Callable<Integer> work;

    @Option(names = "--epochs", converter = Range.PositiveInt.class)
    int epochs;

    @Option(names = "--batch-size", converter = Range.PositiveInt.class)
    int batchSize;

    @Option(names = "--seeds", converter = Range.PositiveInt.class)
    int seeds;

    @Option(names = "--warmup-epochs", converter = Range.NonNegativeInt.class)
    int warmupEpochs;

    @Option(names = "--seed", converter = Range.Seed.class)
    long seed;

    @Option(names = "--learning-rate", converter = Range.LearningRate.class)
    double learningRate;

    @Option(names = "--weight-decay", converter = Range.NonNegativeNumber.class)
    double weightDecay;

    @Option(names = "--validation", converter = Range.Fraction.class)
    double validation;

    @Option(names = "--dropout", converter = Range.DropoutRate.class)
    double dropout;

    @Option(names = "--samples-per-class", split = ",", converter = Range.PositiveInt.class)
    @Nullable
    List<Integer> samplesPerClass;

    @Option(names = "--secret", hidden = true)
    boolean secret;

    boolean ran;

    TryCommand() {
        this(() -> ExitCode.DONE);
    }

    TryCommand(Callable<Integer> work) {
        this.work = work;
    }

    @Override
    int run() throws Exception {
        ran = true;
        return work.call();
    }
}
