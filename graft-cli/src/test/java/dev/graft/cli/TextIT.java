package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a file of texts to a model, and what can be done with it, with a tiny random transformer. */
class TextIT {
    private static final Path BERT = Path.of("..", "graft-text", "src", "test", "resources", "text", "bert");

    @TempDir
    private static Path folder;

    private static Path data = Path.of("");
    private static Path run = Path.of("");
    private static JsonNode metrics = JsonText.of("{}");

    @BeforeAll
    static void fitOnce() throws IOException {
        data = Files.writeString(folder.resolve("train.tsv"), lines(160, 1) + "\t差评\n");
        Path test = Files.writeString(folder.resolve("test.tsv"), lines(60, 2));
        run = folder.resolve("run");
        CommandRun fit = CommandRun.of(fit(
                run,
                "--test",
                test.toString(),
                "--no-header",
                "--text-column",
                "1",
                "--label-column",
                "2",
                "--strategy",
                "feature-extraction@embeddings+layer0",
                "--json"));
        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        metrics = JsonText.line(fit);
    }

    @Test
    void theNumbersHaveTheShapeOfThoseOfImages() {
        assertThat(metrics.path("target").path("classes").toString()).isEqualTo("[\"好评\",\"差评\"]");
        assertThat(metrics.path("target").path("test").asInt()).isEqualTo(60);
        assertThat(metrics.path("results").path(0).path("testAccuracy").asDouble())
                .isGreaterThan(0.8);
        assertThat(metrics.path("verdict").path("probes").size()).isEqualTo(4);
    }

    @Test
    void rowsThatCannotBeUsedAndTextsThatAreCutAreCountedInTheWarnings() {
        assertThat(metrics.path("target").path("warnings").toString())
                .contains("1 rows without a text or a label were left out, the first in line 161")
                .contains("1 of 160 texts are longer than");
    }

    @Test
    void featuresOfTextsAreCountedAsTexts() {
        CommandRun written = CommandRun.of(
                "features",
                "--data",
                data.toString(),
                "--no-header",
                "--text-column",
                "1",
                "--label-column",
                "2",
                "--backbone",
                BERT.toString(),
                "--out",
                folder.resolve("features.csv").toString());

        assertThat(written.exitCode()).as(written.err()).isEqualTo(ExitCode.DONE);
        assertThat(written.out()).contains("160 texts, ").doesNotContain("images");
    }

    @Test
    void theReportShowsTextsAndEscapesThem() throws IOException {
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("&lt;script")
                .doesNotContain("<script>alert", "no picture", "training images")
                .contains("好评", "is-right");
    }

    @Test
    void textsAndFilesOfTextsArePredicted() throws IOException {
        Path file = Files.writeString(folder.resolve("new.csv"), "id,review\n1,good good film\n2,\"bad, cats\"\n3,\n");
        CommandRun texts = CommandRun.of(
                "predict", run.toString(), "--text", "good good good", "--text", "", "--no-threshold", "--json");
        CommandRun rows =
                CommandRun.of("predict", run.toString(), file.toString(), "--text-column", "review", "--json");

        assertThat(texts.exitCode()).as(texts.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(texts).path(0).path("text").asString()).isEqualTo("good good good");
        assertThat(JsonText.line(texts).path(0).path("label").asString()).isEqualTo("好评");
        assertThat(JsonText.line(texts).size()).isEqualTo(2);
        assertThat(JsonText.line(rows).size()).isEqualTo(3);
        assertThat(JsonText.line(rows).path(1).path("text").asString()).isEqualTo("bad, cats");
        assertThat(CommandRun.of("predict", run.toString(), "--text", "good ".repeat(10_000))
                        .err())
                .contains("1 of 1 texts are longer");
    }

    @Test
    void aBundleForTextsIsMeasuredOnAFileOfTexts() {
        CommandRun evaluated =
                CommandRun.of("evaluate", run.toString(), "--data", data.toString(), "--no-header", "--json");

        assertThat(evaluated.exitCode()).as(evaluated.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(evaluated).path("examples").asInt()).isEqualTo(160);
        assertThat(JsonText.line(evaluated).path("accuracy").asDouble()).isGreaterThan(0.8);
    }

    @Test
    void strategiesAreComparedOnTexts() throws IOException {
        Path out = folder.resolve("comparison");
        CommandRun compared = CommandRun.of(
                "compare",
                "--data",
                data.toString(),
                "--no-header",
                "--backbone",
                BERT.toString(),
                "--strategies",
                "feature-extraction@embeddings,fine-tuning,from-scratch",
                "--epochs",
                "1",
                "--seeds",
                "1",
                "--out",
                out.toString());

        assertThat(compared.exitCode()).as(compared.err()).isEqualTo(ExitCode.DONE);
        assertThat(out.resolve("bundle/tokenizer.json")).isNotEmptyFile();
    }

    @Test
    void aModelIsExportedWithItsTokenizer() throws IOException {
        Path out = folder.resolve("onnx");
        CommandRun exported = CommandRun.of("export", run.toString(), "--out", out.toString(), "--json");

        assertThat(exported.exitCode()).as(exported.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(exported).path("model").asString()).endsWith("model.onnx");
        assertThat(out.resolve("model.onnx")).isNotEmptyFile();
        assertThat(out.resolve("labels.json")).hasContent("[\"好评\",\"差评\"]");
        JsonNode tokenizer = JsonMapper.shared().readTree(Files.readAllBytes(out.resolve("tokenizer.json")));
        JsonNode kept = JsonMapper.shared().readTree(Files.readAllBytes(run.resolve("bundle/tokenizer.json")));
        assertThat(tokenizer.path("model")).isEqualTo(kept.path("model"));
        assertThat(tokenizer.path("truncation").path("max_length").asInt()).isEqualTo(40);
        assertThat(out.resolve("README.md")).content().contains("`input_ids`", "attention_mask");
        CommandRun again = CommandRun.of("export", run.toString(), "--out", out.toString());
        assertThat(again.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(again.err()).contains("--overwrite");
        CommandRun unknown = CommandRun.of("export", run.toString(), "--format", "pickle", "--out", out.toString());
        assertThat(unknown.err()).contains("--format", "onnx", "pickle");
    }

    @Test
    @Tag("slow")
    void adaptersOfAShippedBackbonePredictWithoutACopyOfIt() throws IOException {
        Path few = Files.writeString(folder.resolve("few.tsv"), lines(40, 5));
        Path out = folder.resolve("lora");
        CommandRun fit = CommandRun.of(
                "fit",
                "--data",
                few.toString(),
                "--no-header",
                "--backbone",
                "minilm-l6",
                "--max-tokens",
                "16",
                "--strategy",
                "lora",
                "--epochs",
                "2",
                "--out",
                out.toString());
        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        Path adapters = out.resolve("adapters");
        assertThat(fit.out()).contains("Adapters and head alone: " + adapters);
        assertThat(Files.size(adapters.resolve("adapter.safetensors")))
                .isLessThan(Files.size(out.resolve("bundle/model.safetensors")) / 50);

        assertThat(predicted(adapters)).isEqualTo(predicted(out));
        assertThat(CommandRun.of("inspect", adapters.toString()).out()).contains("Strategy lora", "minilm-l6");
        assertThat(CommandRun.of("evaluate", adapters.toString(), "--data", few.toString(), "--no-header")
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(CommandRun.of(
                                "export",
                                adapters.toString(),
                                "--out",
                                folder.resolve("lora-onnx").toString())
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void standardInputGivesATextALine() {
        CommandRun run = CommandRun.fed("good good good\n差评\n", "predict", TextIT.run.toString(), "-", "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .isEqualTo(CommandRun.of(
                                "predict", TextIT.run.toString(), "--text", "good good good", "--text", "差评", "--json")
                        .out());
    }

    private static String predicted(Path bundle) {
        CommandRun run = CommandRun.of("predict", bundle.toString(), "--text", "good film", "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        return run.out();
    }

    @Test
    void adaptersOfAnotherBackboneSayWhereToGo() {
        Path out = folder.resolve("lora-beside");
        CommandRun fit = CommandRun.of(fit(out, "--no-header", "--strategy", "lora", "--epochs", "1"));
        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);

        CommandRun refused = CommandRun.of("predict", out.resolve("adapters").toString(), "--text", "good");
        assertThat(refused.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(refused.err())
                .contains("not known by its name", "whole bundle")
                .doesNotContain("Exception");
    }

    @Test
    void countedWordsAreAModelLikeAnyOther() throws IOException {
        Path out = folder.resolve("counted");
        CommandRun fit = CommandRun.of(
                fit(out, "--no-header", "--strategy", "bag-of-words", "--balance", "class-weights", "--json"));

        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        JsonNode row = JsonText.line(fit).path("results").path(0);
        assertThat(row.path("testAccuracy").asDouble()).isGreaterThan(0.8);
        assertThat(row.path("head").asString()).isEqualTo("logistic-regression");
        CommandRun predicted = CommandRun.of(
                "predict", out.toString(), "--text", "good good good", "--text", "", "--no-threshold", "--json");
        assertThat(predicted.exitCode()).as(predicted.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(predicted).path(0).path("label").asString()).isEqualTo("好评");
        assertThat(JsonText.line(predicted).size()).isEqualTo(2);
        CommandRun evaluated =
                CommandRun.of("evaluate", out.toString(), "--data", data.toString(), "--no-header", "--json");
        assertThat(JsonText.line(evaluated).path("accuracy").asDouble()).isGreaterThan(0.8);
        Path exported = folder.resolve("counted-onnx");
        assertThat(CommandRun.of("export", out.toString(), "--out", exported.toString())
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(exported.resolve("terms.tsv")).isNotEmptyFile();
    }

    @Test
    void aCurveOfFewTextsIsMeasuredAgainstCountedWords() throws IOException {
        Path out = folder.resolve("few");
        CommandRun compared = CommandRun.of(
                "compare",
                "--data",
                data.toString(),
                "--no-header",
                "--backbone",
                BERT.toString(),
                "--strategies",
                "feature-extraction@embeddings,bag-of-words,from-scratch",
                "--samples-per-class",
                "2,4",
                "--max-samples-per-class",
                "8",
                "--epochs",
                "1",
                "--seeds",
                "2",
                "--out",
                out.toString(),
                "--json");

        assertThat(compared.exitCode()).as(compared.err()).isEqualTo(ExitCode.DONE);
        JsonNode measured = JsonText.line(compared);
        assertThat(measured.path("target").path("train").asInt()).isEqualTo(16);
        assertThat(measured.path("curve").size()).isEqualTo(9);
        assertThat(measured.path("verdict").path("negativeTransfer").toString()).doesNotContain("bag-of-words");
        assertThat(Files.readString(out.resolve("report.html"))).contains("bag-of-words");
    }

    @Tag("slow")
    @Test
    void autoChoosesOnTextsWithinItsBudget() {
        CommandRun chosen = CommandRun.of(fit(folder.resolve("auto"), "--no-header", "--budget", "60s", "--json"));

        assertThat(chosen.exitCode()).as(chosen.err()).isEqualTo(ExitCode.DONE);
        JsonNode selection = JsonText.line(chosen).path("results").path(0).path("selection");
        assertThat(selection.path("candidates").size()).isGreaterThan(4);
        assertThat(selection.path("promised").asDouble()).isGreaterThan(0.8);
        assertThat(chosen.err()).contains("measured the frozen features of bert at every cut: the best get ");
    }

    @Test
    void aTextIsCutWhereTheOptionSaysAndTheBundleKeepsIt() {
        Path out = folder.resolve("short");
        CommandRun fit = CommandRun.of(
                fit(out, "--no-header", "--strategy", "feature-extraction", "--max-tokens", "5", "--json"));

        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(fit).path("target").path("warnings").toString())
                .contains("longer than 5 tokens");
        assertThat(CommandRun.of("predict", out.toString(), "--text", "good good good good good")
                        .err())
                .contains("1 of 1 texts are longer than what the network reads");
    }

    @Test
    void aLimitThatTheNetworkCannotKeepIsRefused() {
        CommandRun tooMany = CommandRun.of(fit(folder.resolve("none"), "--no-header", "--max-tokens", "100000"));
        CommandRun tooFew = CommandRun.of(fit(folder.resolve("none"), "--no-header", "--max-tokens", "0"));
        CommandRun pictures = CommandRun.of(fit(
                folder.resolve("none"),
                "--no-header",
                "--strategy",
                "lp-ft",
                "--backbone",
                "digits-cnn",
                "--max-tokens",
                "50"));

        assertThat(tooMany.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(tooMany.err()).contains("100000").doesNotContain("Exception");
        assertThat(tooFew.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(tooFew.err()).contains("at least 3");
        assertThat(pictures.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(pictures.err()).contains("takes images, not texts");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void badFilesAreToldByPlaceAndRule() throws IOException {
        assertRefused(
                file("a.csv", "text,stars\nfine,1\nbad,0\n"),
                "lacks a column 'label'",
                "text, stars",
                "--label-column");
        assertRefused(file("b.csv", "text,label\nfine,1\na,b,c\n"), "another number of fields", "line 3");
        assertRefused(file("c.csv", "text,label\n\"never closed,1\nbad,0\n"), "c.csv");
        assertRefused(file("e.csv", "text,label\nfine,1\ngood,1\n"), "fewer than two classes");
        assertRefused(file("f.jsonl", "{\"text\": \"fine\"\n"), "line 1", "JSON");
        Path malformed = folder.resolve("d.csv");
        Files.write(malformed, "text,label\ncaf\u00e9,1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(malformed, "byte 14", "--charset");
    }

    @Test
    void labelsThatLookLikeNumbersStayTextAndAByteOrderMarkIsNoPartOfAName() throws IOException {
        Path file = file("g.csv", "\uFEFFtext,label\n" + "good film,01\nbad film,1\n".repeat(20));
        CommandRun fit = CommandRun.of(
                "fit",
                "--data",
                file.toString(),
                "--backbone",
                BERT.toString(),
                "--strategy",
                "feature-extraction",
                "--out",
                folder.resolve("numbers").toString(),
                "--json");

        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(fit).path("target").path("classes").toString()).isEqualTo("[\"01\",\"1\"]");
    }

    @Test
    void textsForABundleOfImagesAreRefused() {
        CommandRun predicted = CommandRun.of("predict", "digits-cnn", "--text", "a three");
        CommandRun nothing = CommandRun.of("predict", run.toString());

        assertThat(predicted.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(predicted.err()).contains("this bundle takes images");
        assertThat(nothing.err()).contains("nothing to classify");
        assertThat(CommandRun.of(fit(folder.resolve("wrong"), "--no-header", "--backbone", "digits-cnn"))
                        .err())
                .contains("another kind of examples");
    }

    private static void assertRefused(Path file, String... parts) {
        CommandRun fit = CommandRun.of(
                "fit",
                "--data",
                file.toString(),
                "--text-column",
                "text",
                "--out",
                folder.resolve("none").toString());
        assertThat(fit.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(fit.err()).contains(parts).doesNotContain("Exception");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String[] fit(Path out, String... more) {
        List<String> line = new ArrayList<>(List.of("fit", "--data", data.toString(), "--out", out.toString()));
        if (!Stream.of(more).anyMatch("--backbone"::equals)) {
            line.addAll(List.of("--backbone", BERT.toString()));
        }
        line.addAll(List.of(more));
        return line.toArray(new String[0]);
    }

    /** Texts whose class is whether one of their words is "good"; among them one that is long, and one with markup. */
    private static String lines(int count, long seed) {
        Random random = new Random(seed);
        List<String> others = List.of("the", "film", "is", "not", "bad", "a", "plot", "was", "two", "cats");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder(i < 2 ? "<script>alert(1)</script>" : "");
            int words = i == 3 && seed == 1 ? 400 : 3 + random.nextInt(10);
            for (int word = 0; word < words; word++) {
                text.append(' ').append(i % 2 == 1 && word % 2 == 0 ? "good" : others.get(random.nextInt(10)));
            }
            lines.append(text.toString().strip())
                    .append('\t')
                    .append(i % 2 == 1 ? "好评" : "差评")
                    .append('\n');
        }
        return lines.toString();
    }
}
