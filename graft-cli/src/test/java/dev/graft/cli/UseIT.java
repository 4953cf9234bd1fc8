package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.model.Confidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The commands that use what was made: predict and evaluate. */
class UseIT {
    private static final LabeledImages SHAPES = Shapes.draw(12, 3);

    @TempDir
    private static Path folder;

    private static Path bundle = Path.of("");
    private static Path images = Path.of("");

    @BeforeAll
    static void makeABundleAndImages() throws IOException {
        bundle = SmallBundle.write(folder.resolve("run/bundle"));
        images = Drawings.folder(folder.resolve("images"), SHAPES);
    }

    @Test
    void predictTellsTheClassOfEachFileInTheOrderGiven() throws IOException {
        Path one = image("square");
        Path two = image("circle");

        CommandRun run = CommandRun.of("predict", bundle.toString(), two.toString(), one.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.out().lines().toList().get(0)).startsWith(two + ": circle, confidence ");
        assertThat(run.out().lines().toList().get(1)).startsWith(one + ": square, confidence ");
    }

    @Test
    void predictTakesAFolderWithAllFilesInItButTheHidden() throws IOException {
        Path some = Drawings.folder(folder.resolve("some"), SHAPES);
        Files.writeString(some.resolve(".DS_Store"), "not an image");
        Files.writeString(Files.createDirectory(some.resolve(".git")).resolve("config"), "not an image");

        CommandRun run = CommandRun.of("predict", bundle.toString(), some.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out().lines()).hasSize(SHAPES.size());
    }

    @Test
    void theRunsDirectoryStandsForItsBundle() throws IOException {
        String file = image("circle").toString();

        assertThat(CommandRun.of("predict", folder.resolve("run").toString(), file))
                .isEqualTo(CommandRun.of("predict", bundle.toString(), file));
    }

    @Test
    void standardInputGivesAPathALine() throws IOException {
        Path square = image("square");
        Path circle = image("circle");

        CommandRun run = CommandRun.fed(square + "\n\n" + circle + "\n", "predict", bundle.toString(), "-");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run).isEqualTo(CommandRun.of("predict", bundle.toString(), square.toString(), circle.toString()));
    }

    @Test
    void emptyStandardInputIsRefused() {
        CommandRun run = CommandRun.fed("\n", "predict", bundle.toString(), "-");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("Standard input is empty");
    }

    @Test
    void aBackboneSpeaksOfItsOwnTask() throws IOException {
        CommandRun run = CommandRun.of("predict", "digits-cnn", image("circle").toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(run).get(0).get("label").asString()).matches("[0-9]");
    }

    @Test
    void aFileThatIsNoImageIsNamedWithItsFaultAndTheOthersAreClassified() throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "I am a text.");
        Path missing = folder.resolve("missing.png");

        CommandRun run = CommandRun.of(
                "predict",
                bundle.toString(),
                image("square").toString(),
                text.toString(),
                missing.toString(),
                image("circle").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out().lines())
                .hasSize(4)
                .anyMatch(line -> line.contains(": square,"))
                .anyMatch(line -> line.contains(": circle,"))
                .contains(text + ": not classified", missing + ": not classified");
        assertThat(run.err())
                .contains(text.toString())
                .contains("content of another kind")
                .contains(missing.toString())
                .contains("to fix");
    }

    @Test
    void asJsonEveryFileHasItsCandidatesOrItsError() throws IOException {
        Path text = Files.writeString(folder.resolve("json.png"), "I am a text.");

        CommandRun run =
                CommandRun.of("predict", bundle.toString(), image("square").toString(), text.toString(), "--json");

        JsonNode all = JsonText.line(run);
        assertThat(all.size()).isEqualTo(2);
        all.forEach(one -> JsonText.hasKeys(one, "file", "label", "confidence", "top", "error"));
        JsonNode good = all.get(0);
        assertThat(good.get("label").asString()).isEqualTo("square");
        assertThat(good.get("confidence").asDouble()).isBetween(0.5, 1.0);
        assertThat(good.get("top").size()).isEqualTo(2);
        assertThat(good.get("top")
                        .valueStream()
                        .mapToDouble(one -> one.get("confidence").asDouble())
                        .sum())
                .isBetween(0.999, 1.001);
        assertThat(good.get("error").isNull()).isTrue();
        assertThat(all.get(1).get("label").isNull()).isTrue();
        assertThat(all.get(1).get("error").asString()).contains(text.toString());
    }

    @Test
    void topLimitsTheCandidates() throws IOException {
        CommandRun run =
                CommandRun.of("predict", bundle.toString(), image("square").toString(), "--top", "1", "--json");

        assertThat(JsonText.line(run).get(0).get("top").size()).isEqualTo(1);
    }

    @Test
    void underTheThresholdAFileIsNoneOfTheClasses() throws IOException {
        String file = image("square").toString();
        Path strict = bundleWith("strict", new Confidence(4, 0.9999));

        CommandRun refused = CommandRun.of("predict", strict.toString(), file);
        CommandRun forced = CommandRun.of("predict", strict.toString(), file, "--no-threshold");
        CommandRun lenient = CommandRun.of("predict", strict.toString(), file, "--threshold", "0.01");
        JsonNode json = JsonText.line(CommandRun.of("predict", strict.toString(), file, "--json"))
                .get(0);

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.DONE);
        assertThat(refused.out()).startsWith(file + ": none of these (under 0.9999), nearest square, confidence 0.");
        assertThat(forced.out()).startsWith(file + ": square, confidence 0.");
        assertThat(lenient).isEqualTo(forced);
        assertThat(json.get("label").isNull()).isTrue();
        assertThat(json.get("noneOfThese").asBoolean()).isTrue();
        assertThat(json.get("top").get(0).get("label").asString()).isEqualTo("square");
    }

    @Test
    void aTemperatureMakesConfidencesSmaller() throws IOException {
        String file = image("square").toString();
        Path warm = bundleWith("warm", new Confidence(8, null));

        double raw = confidence(CommandRun.of("predict", bundle.toString(), file, "--json"));
        double warmed = confidence(CommandRun.of("predict", warm.toString(), file, "--json"));

        assertThat(warmed).isLessThan(raw).isGreaterThan(0.5);
    }

    @Test
    void oneThresholdOrNone() throws IOException {
        String file = image("square").toString();

        for (String wrong : List.of("0", "1", "-1", "NaN", "high")) {
            CommandRun run = CommandRun.of("predict", bundle.toString(), file, "--threshold", wrong);
            assertThat(run.exitCode()).as(wrong).isEqualTo(ExitCode.WRONG_USAGE);
        }
        CommandRun both = CommandRun.of("predict", bundle.toString(), file, "--threshold", "0.5", "--no-threshold");
        assertThat(both.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(both.err()).contains("--no-threshold");
    }

    @Test
    void hiddenFilesAreCountedAndMoreFilesThanABatchKeepTheirOrder() throws IOException {
        LabeledImages many = Shapes.draw(70, 9);
        Path some = Drawings.folder(folder.resolve("many"), many);
        Files.writeString(some.resolve("square/.hidden.png"), "not an image");
        Files.writeString(some.resolve("circle/broken.png"), "not an image");

        CommandRun run = CommandRun.of("predict", bundle.toString(), some.toString(), "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .contains("Passed over hidden files and folders: 1.")
                .contains("broken.png");
        List<String> files = JsonText.line(run)
                .valueStream()
                .map(one -> one.get("file").asString())
                .toList();
        assertThat(files).hasSize(71).isSorted();
        JsonText.line(run)
                .valueStream()
                .filter(one -> one.get("error").isNull())
                .forEach(one -> assertThat(one.get("file").asString())
                        .contains("/" + one.get("label").asString() + "/"));
    }

    @Test
    void evaluateTellsWhatTheThresholdCosts() throws IOException {
        Path strict = bundleWith("strict-evaluate", new Confidence(6, 0.9));

        CommandRun text = CommandRun.of("evaluate", strict.toString(), "--data", "shapes", "--count", "100");
        JsonNode measured = JsonText.line(
                CommandRun.of("evaluate", strict.toString(), "--data", "shapes", "--count", "100", "--json"));

        assertThat(text.out()).contains("calibration error 0.", "(temperature 6.0000)", "under confidence 0.9000: ");
        assertThat(measured.get("threshold").asDouble()).isEqualTo(0.9);
        assertThat(measured.get("refusedShare").asDouble())
                .isEqualTo(measured.get("refused").asInt() / 100.0);
        assertThat(measured.get("calibrationError").asDouble()).isBetween(0.0, 1.0);
        JsonText.hasKeys(measured, "temperature", "acceptedAccuracy");
    }

    @Test
    void aFolderWithoutFilesIsAFailure() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        CommandRun run = CommandRun.of("predict", bundle.toString(), empty.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("holds no files").contains(empty.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "evaluate", "inspect"})
    void aBundleThatIsNotThereIsToldWithItsPlace(String command) {
        String nowhere = folder.resolve("nowhere").toString();

        CommandRun run = CommandRun.of(use(command, nowhere));

        assertThat(run.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(nowhere).contains("to fix").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "evaluate", "inspect"})
    void weightsCutShortAreRefused(String command) throws IOException {
        Path damaged = copy("cut-short-" + command);
        Path weights = damaged.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length / 2));

        assertRefused(command, damaged, "model.safetensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "evaluate", "inspect"})
    void weightsThatWereAlteredAreRefused(String command) throws IOException {
        Path altered = copy("altered-" + command);
        Path weights = altered.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 2] ^= 1;
        Files.write(weights, bytes);

        assertRefused(command, altered, "SHA-256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "evaluate", "inspect"})
    void aBundleOfANewerVersionIsRefusedByName(String command) throws IOException {
        Path newer = copy("newer-" + command);
        Path config = newer.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\"format\"\\s*:\\s*1", "\"format\" : 99"));

        assertRefused(command, newer, "format 99");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[]", "null", "\"text\"", "{\"format\": 1}", "{\"format\": 1, \"kind\": \"transfer\"}"})
    void aConfigThatIsNoneIsRefused(String content) throws IOException {
        Path damaged = copy("config-" + Integer.toHexString(content.hashCode()));
        Files.writeString(damaged.resolve("config.json"), content);

        assertRefused("predict", damaged, "config.json");
    }

    /** Each value of a whole config.json in turn is not there, and none of them surprises. */
    @Test
    void aConfigThatLacksAValueIsRefusedOrUsableAnyway() throws IOException {
        Path damaged = copy("config-lacks");
        String whole = Files.readString(damaged.resolve("config.json"));
        List<String> surprises = new ArrayList<>();
        Matcher value =
                Pattern.compile("\"(\\w+)\" : (\"[^\"]*\"|[0-9.]+|\\[[^]]*])").matcher(whole);
        while (value.find()) {
            String lacking = whole.substring(0, value.start(2)) + "null" + whole.substring(value.end(2));
            Files.writeString(damaged.resolve("config.json"), lacking);
            CommandRun run = CommandRun.of(use("predict", damaged.toString()));
            if (run.exitCode() == ExitCode.WRONG_USAGE || run.err().contains("unexpectedly")) {
                surprises.add(
                        value.group(1) + ": " + run.err().lines().findFirst().orElse(""));
            }
        }
        assertThat(surprises).isEmpty();
    }

    @Test
    void evaluateMeasuresOnDrawnShapes() {
        CommandRun run = CommandRun.of("evaluate", bundle.toString(), "--data", "shapes", "--count", "300", "--json");

        JsonNode measured = JsonText.line(run);
        JsonText.hasKeys(measured, "data", "examples", "accuracy", "interval", "loss", "classification");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(measured.get("examples").asInt()).isEqualTo(300);
        assertThat(measured.get("accuracy").asDouble()).isGreaterThan(0.95);
    }

    @Test
    void evaluateMeasuresOnAFolderOfClassFolders() throws IOException {
        // The folder's classes are in the order of their names, the bundle's as they were trained.
        CommandRun run = CommandRun.of("evaluate", bundle.toString(), "--data", images.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .contains("12 examples: accuracy 1.0000")
                .contains("square")
                .contains("circle");
    }

    @Test
    void otherClassesAreRefusedWithBoth() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Drawings.png(other.resolve("cat/1.png"), SHAPES.image(0));
        Drawings.png(other.resolve("dog/1.png"), SHAPES.image(1));

        CommandRun run = CommandRun.of("evaluate", bundle.toString(), "--data", other.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("square, circle").contains("cat, dog").contains("to fix");
    }

    @Test
    void dataThatIsNearlyANameIsSuggestedTheName() {
        CommandRun run = CommandRun.of("evaluate", bundle.toString(), "--data", "shaps");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("meant     shapes?");
    }

    private static Path bundleWith(String name, Confidence confidence) {
        Path directory = folder.resolve(name);
        Bundle.write(directory, Bundle.read(bundle).withConfidence(confidence), false);
        return directory;
    }

    private static double confidence(CommandRun run) {
        return JsonText.line(run).get(0).get("confidence").asDouble();
    }

    private static String[] use(String command, String network) {
        return switch (command) {
            case "predict" -> new String[] {command, network, images.toString()};
            case "evaluate" -> new String[] {command, network, "--data", "shapes"};
            default -> new String[] {command, network};
        };
    }

    private static void assertRefused(String command, Path damaged, String told) {
        CommandRun run = CommandRun.of(use(command, damaged.toString()));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(damaged.toString())
                .contains(told)
                .doesNotContain("unexpectedly")
                .doesNotContain("\tat ");
    }

    private static Path image(String className) throws IOException {
        try (Stream<Path> files = Files.list(images.resolve(className))) {
            return files.sorted().findFirst().orElseThrow();
        }
    }

    private static Path copy(String name) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        for (String file : List.of("model.safetensors", "config.json", "labels.txt", "README.md")) {
            Files.copy(bundle.resolve(file), to.resolve(file));
        }
        return to;
    }
}
