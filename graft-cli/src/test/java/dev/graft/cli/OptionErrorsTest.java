package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong options of the real commands. */
class OptionErrorsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pretrain | --learning-rate    | 0       | a number above 0 and at most 1
                    pretrain | --learning-rate    | NaN     | a number above 0 and at most 1
                    pretrain | --learning-rate    | fast    | a number above 0 and at most 1
                    pretrain | --batch-size       | 0       | a whole number, 1 or more
                    pretrain | --epochs           | -1      | a whole number, 1 or more
                    pretrain | --checkpoint-every | -5      | a whole number, 0 or more
                    pretrain | --seed             | 1.5     | a whole number
                    pretrain | --schedule         | cosin   | constant, cosine, one_cycle
                    pretrain | --arch             | digit-cnn | digits-cnn
                    demo     | --seeds            | 0       | a whole number, 1 or more
                    demo     | --seeds            | -3      | a whole number, 1 or more
                    demo     | --seed             | first   | a whole number
                    """)
    void aValueIsRefusedWithItsOptionAndWhatWasExpected(String command, String option, String value, String expected)
            throws IOException {
        Path out = folder.resolve("out");

        CommandRun run = CommandRun.of(command, "--out", out.toString(), option, value);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith(option + " cannot have this value.")
                .contains(expected)
                .contains("found     " + value)
                .contains("graft " + command + " --help");
        assertNothingWritten();
    }

    @ParameterizedTest
    @CsvSource({"--schedule, cosin, cosine", "--schedule, one-cycl, one_cycle", "--arch, digit-cnn, digits-cnn"})
    void aNameNearAnotherIsSuggested(String option, String typed, String meant) {
        assertThat(CommandRun.of("pretrain", "--out", folder.toString(), option, typed)
                        .err())
                .contains("meant     " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --learning-rate | 0,5    | 0.5
                    --weight-decay  | 0,01   | 0.01
                    """)
    void aDecimalCommaIsUnderstoodButNotTaken(String option, String typed, String meant) {
        CommandRun run =
                CommandRun.of("pretrain", "--out", folder.resolve("out").toString(), option, typed);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("found     " + typed).contains("meant     " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "0x1p-3", "1e400", "Infinity", "NaN", " ", "0,5,1", "%", "1e999999999999"})
    void whatOnlyJavaCallsANumberIsNone(String typed) {
        CommandRun run =
                CommandRun.of("pretrain", "--out", folder.resolve("out").toString(), "--learning-rate", typed);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err())
                .startsWith("--learning-rate cannot have this value.")
                .doesNotContain("meant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "predict |",
                "predict bundle|",
                "inspect |",
                "evaluate bundle --data |",
                "evaluate bundle --seed 3 --data=",
                "fit --data d --out |",
                "fit --out o --data |",
                "fit --data d --out o --backbone |",
                "doctor --data |",
                "features --data d --out |",
                "export --out o |",
                "compare --data d --out o --classes |"
            })
    void anEmptyArgumentIsRefusedAndMeansNoDirectory(String line) {
        List<String> arguments = new ArrayList<>();
        for (String part : line.split("\\|", -1)) {
            arguments.addAll(part.isEmpty() ? List.of("") : List.of(part.strip().split(" ")));
        }

        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains(" empty");
    }

    @Test
    void anEncodingThatIsNoneIsNamedWithoutAClassOfJava() {
        CommandRun run = CommandRun.of("doctor", "--data", "d", "--charset", "UTF8x");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err())
                .contains("--charset cannot have this value.", "such as UTF-8")
                .doesNotContain("Exception");
    }

    @Test
    void aSourceModelAloneIsNothingToExport() {
        CommandRun run = CommandRun.of(
                "export", "digits-cnn", "--out", folder.resolve("out").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("graft fit --backbone digits-cnn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fit", "compare"})
    void aFusionWithoutPartsToJoinIsRefused(String command) {
        CommandRun run = CommandRun.of(
                command, "--data", "d", "--out", folder.resolve("out").toString(), "--fusion", "gated");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("--fusion has nothing to do here").contains("--image-column");
    }

    @ParameterizedTest
    @CsvSource({"fit, --strategy, lp-ft", "compare, --strategies, 'lp-ft,fine-tuning'"})
    void aHeadForStrategiesThatBringTheirOwnIsRefused(String command, String option, String strategies) {
        CommandRun run = CommandRun.of(
                command, "--data", "d", "--out", folder.resolve("out").toString(), option, strategies, "--head", "mlp");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("--head has nothing to do here").contains("feature-extraction");
    }

    @ParameterizedTest
    @CsvSource({"backbones, gpu", "backbones, cuda:0", "fit, mps"})
    void aDeviceThatGraftDoesNotComputeOnIsRefusedBeforeAnythingElse(String command, String device) throws IOException {
        CommandRun run = command.equals("fit")
                ? CommandRun.of(
                        command, "--data", folder.toString(), "--out", folder.resolve("out") + "", "--device", device)
                : CommandRun.of(command, "--device", device);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("Graft cannot compute on this device.")
                .contains("found     " + device)
                .contains("the CPU alone");
        assertNothingWritten();
    }

    @Test
    void pretrainWithoutOutIsWrongUsageAndSaysWhatItIs() throws IOException {
        CommandRun run = CommandRun.of("pretrain");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err())
                .contains("'--out=DIR'")
                .contains("expected  --out DIR: The run's directory.")
                .contains("to fix    add --out DIR");
        assertNothingWritten();
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "predict bundle", "evaluate bundle", "evaluate --data shapes", "inspect"})
    void aMissingArgumentIsNamed(String line) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("issing required").contains("to fix    add ");
    }

    @ParameterizedTest
    @CsvSource({
        "predict bundle file.png, --top, 0",
        "evaluate bundle --data shapes, --count, 0",
        "evaluate bundle --data shapes, --seed, x"
    })
    void theCommandsThatUseABundleCheckTheirNumbersFirst(String line, String option, String value) {
        String[] arguments = Stream.concat(Arrays.stream(line.split(" ")), Stream.of(option, value))
                .toArray(String[]::new);

        CommandRun run = CommandRun.of(arguments);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains(option).contains("a whole number").contains(value);
    }

    @ParameterizedTest
    @CsvSource({
        "demo, --seedz, --seeds",
        "pretrain, --epoch, --epochs",
        "predict, --tpo, --top",
        "evaluate, --dat, --data",
        "inspect, --jsn, --json",
        "backbones, --verbos, --verbose"
    })
    void anUnknownOptionOfEachCommandIsSuggestedTheNearest(String command, String typed, String meant) {
        CommandRun run = CommandRun.of(command, typed);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("'" + typed + "'").contains("meant").contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"dmeo, demo", "pretrian, pretrain", "predcit, predict", "insepct, inspect"})
    void aMistypedCommandIsSuggestedTheNearest(String typed, String meant) {
        CommandRun run = CommandRun.of(typed);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("meant     " + meant + "?");
    }

    @Test
    void dataWithoutPretrainIsRefusedByTheDemo() throws IOException {
        CommandRun run = CommandRun.of("demo", "--out", folder.resolve("out").toString(), "--data", "mine");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("--data").contains("--pretrain").contains("to fix");
        assertNothingWritten();
    }

    @Test
    void resumeAndOverwriteContradictEachOther() throws IOException {
        CommandRun run =
                CommandRun.of("pretrain", "--out", folder.resolve("out").toString(), "--resume", "--overwrite");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("--resume").contains("--overwrite").contains("leave one out");
        assertNothingWritten();
    }

    @Test
    void resumingWhatNeverBeganIsRefused() throws IOException {
        CommandRun run =
                CommandRun.of("pretrain", "--out", folder.resolve("out").toString(), "--resume");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("nothing to resume").contains("run without --resume");
        assertNothingWritten();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "pretrain"})
    void aDirectoryThatHoldsSomethingIsRefusedBeforeAnyWork(String command) throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path mine = Files.writeString(out.resolve("mine.txt"), "mine");

        CommandRun run = CommandRun.of(command, "--out", out.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains(out.toString()).contains("mine.txt").contains("--overwrite");
        assertThat(out).isDirectoryContaining(mine::equals);
        assertThat(mine).hasContent("mine");
    }

    private void assertNothingWritten() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries).isEmpty();
        }
    }
}
