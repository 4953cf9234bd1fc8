package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.layer.GatedFusion;
import dev.graft.model.Confidence;
import dev.graft.model.TransferModel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Items of several parts, from a CSV file to predictions: the class is whether picture and words disagree. */
class ItemsIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aNetworkOfBranchesIsFittedEvaluatedAndUsed() throws IOException {
        Path csv = shapes("items.csv", 160, 1);
        Path run = folder.resolve("run");

        CommandRun fitted = CommandRun.of(
                "fit",
                "--data",
                csv.toString(),
                "--image-column",
                "photo",
                "--category-columns",
                "word",
                "--number-columns",
                "size",
                "--label-column",
                "kind",
                "--backbone",
                "digits-cnn",
                "--strategy",
                "feature-extraction",
                "--epochs",
                "20",
                "--out",
                run.toString(),
                "--json");

        assertThat(fitted.exitCode()).as(fitted.err()).isZero();
        JsonNode result = JsonText.line(fitted);
        assertThat(result).isEqualTo(JsonText.of(Files.readString(run.resolve("metrics.json"))));
        assertThat(result.path("results"))
                .extracting(row -> row.path("strategy").asString())
                .containsExactly(
                        "feature-extraction: together",
                        "feature-extraction: photo",
                        "feature-extraction: numbers",
                        "feature-extraction: categories");
        JsonNode together = result.path("results").get(0);
        assertThat(together.path("head").asString()).isEqualTo("concatenation + mlp");
        assertThat(together.path("cut").asString()).startsWith("photo/");
        assertThat(together.path("history")).hasSize(20);
        assertThat(together.path("summary"))
                .extracting(stage -> stage.path("stage").asString())
                .contains("photo/conv1", "numbers/values", "categories/values", "head.0");
        assertThat(together.path("gallery")).isNotEmpty();
        assertThat(result.path("verdict").path("because").asString()).contains("photo alone 0.", "together 0.");
        assertThat(fitted.err()).contains("numbers in column 'size' are missing");
        assertThat(result.path("target").path("balance")).hasSize(2);
        JsonNode options =
                JsonText.of(Files.readString(run.resolve("config.json"))).path("options");
        assertThat(options.path("--image-column").asString()).isEqualTo("photo");
        assertThat(options.path("--strategy").asString()).isEqualTo("feature-extraction");
        assertThat(run.resolve("history.csv")).content().contains("feature-extraction: categories");
        assertThat(run.resolve("tensorboard")).isNotEmptyDirectory();
        assertThat(run.resolve("report.html")).content().contains("word: round", "data:image/png", "Networks");
        Confidence kept = Bundle.read(run.resolve("bundle")).confidence();
        assertThat(kept.temperature())
                .isEqualTo(together.path("calibration").path("temperature").asDouble());
        assertThat(kept.threshold() == null).isEqualTo(together.path("unknown").isNull());

        Path more = shapes("more.csv", 40, 2);
        CommandRun measured = CommandRun.of(
                "evaluate", run.toString(), "--data", more.toString(), "--label-column", "kind", "--json");
        assertThat(measured.exitCode()).as(measured.err()).isZero();
        assertThat(JsonText.line(measured).path("examples").asInt()).isEqualTo(40);
        assertThat(JsonText.line(measured).path("temperature").asDouble()).isEqualTo(kept.temperature());

        CommandRun predicted =
                CommandRun.of("predict", run.resolve("bundle").toString(), "--data", more.toString(), "--no-threshold");
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        assertThat(predicted.out().lines()).hasSize(40).first().asString().startsWith("item 1: ");
        CommandRun strict = CommandRun.of(
                "predict", run.resolve("bundle").toString(), "--data", more.toString(), "--threshold", "0.9999999");
        assertThat(strict.out()).contains("none of these (under 1.0000)");

        assertThat(CommandRun.of("inspect", run.toString()).out())
                .contains(
                        "Branch photo takes photo (image): digits-cnn, cut at",
                        "Branch numbers takes size (number)",
                        "Joined by concatenation, head mlp",
                        "photo/conv1");
        JsonNode inspected = JsonText.line(CommandRun.of("inspect", run.toString(), "--json"));
        assertThat(inspected.path("branches"))
                .extracting(branch -> branch.path("kind").asString())
                .containsExactly("image", "number", "category");
    }

    @Tag("slow")
    @Test
    void autoChoosesTheCutOfEachBranch() throws IOException {
        Path csv = shapes("items.csv", 200, 1);
        Path run = folder.resolve("run");

        CommandRun fitted = fit(
                csv,
                run,
                "--image-column",
                "photo",
                "--category-columns",
                "word",
                "--label-column",
                "kind",
                "--backbone",
                "digits-cnn",
                "--epochs",
                "20",
                "--learning-rate",
                "0.003",
                "--json");

        assertThat(fitted.exitCode()).as(fitted.err()).isZero();
        JsonNode result = JsonText.line(fitted);
        JsonNode together = result.path("results").get(0);
        assertThat(together.path("strategy").asString()).isEqualTo("auto: together");
        assertThat(together.path("testAccuracy").asDouble()).isGreaterThan(0.85);
        assertThat(together.path("selection").path("because").asString()).contains("The parts together");
        assertThat(together.path("selection").path("candidates")).isNotEmpty();
        assertThat(Bundle.read(run.resolve("bundle")).lineage().strategy()).isEqualTo("auto");
        assertThat(run.resolve("report.html")).content().contains("The parts together");
    }

    @Test
    void everyStrategyIsComparedOnItems() throws IOException {
        Path csv = shapes("items.csv", 120, 1);
        Path out = folder.resolve("comparison");

        CommandRun compared = CommandRun.of(
                "compare",
                "--data",
                csv.toString(),
                "--image-column",
                "photo",
                "--category-columns",
                "word",
                "--label-column",
                "kind",
                "--backbone",
                "digits-cnn",
                "--strategies",
                "feature-extraction,fine-tuning,fine-tuning@photo/conv2,l2-sp,lp-ft,gradual-unfreezing,from-scratch",
                "--seeds",
                "1",
                "--samples-per-class",
                "10",
                "--fusion",
                "gated",
                "--head",
                "linear",
                "--epochs",
                "2",
                "--out",
                out.toString(),
                "--json");

        assertThat(compared.exitCode()).as(compared.err()).isZero();
        JsonNode result = JsonText.line(compared);
        assertThat(result.path("results"))
                .extracting(row -> row.path("strategy").asString())
                .containsExactly(
                        "feature-extraction",
                        "fine-tuning",
                        "fine-tuning@photo/conv2",
                        "l2-sp",
                        "lp-ft",
                        "gradual-unfreezing",
                        "from-scratch");
        assertThat(result.path("curve")).hasSize(14);
        assertThat(result.path("source").path("backbone").asString()).isEqualTo("digits-cnn");
        TransferModel model = Bundle.read(out.resolve("bundle"));
        assertThat(model.takesItems()).isTrue();
        assertThat(model.headLayers()).hasSize(3).hasAtLeastOneElementOfType(GatedFusion.class);
    }

    @Test
    void augmentedPicturesDoNotKeepTheOtherPartsFromBeingMeasuredAlone() throws IOException {
        Path csv = shapes("items.csv", 80, 1);

        CommandRun fitted = fit(
                csv,
                folder.resolve("run"),
                "--image-column",
                "photo",
                "--category-columns",
                "word",
                "--label-column",
                "kind",
                "--backbone",
                "digits-cnn",
                "--strategy",
                "feature-extraction",
                "--augment",
                "flip-shift",
                "--epochs",
                "2",
                "--json");

        assertThat(fitted.exitCode()).as(fitted.err()).isZero();
        assertThat(JsonText.line(fitted).path("results"))
                .extracting(row -> row.path("strategy").asString())
                .containsExactly(
                        "feature-extraction: together", "feature-extraction: photo", "feature-extraction: categories");
        CommandRun useless = fit(
                csv,
                folder.resolve("other"),
                "--category-columns",
                "word",
                "--label-column",
                "kind",
                "--strategy",
                "feature-extraction",
                "--augment",
                "flip-shift");
        assertThat(useless.err()).contains("Items without pictures cannot be changed like images");
    }

    @Test
    void mistakesAreNamedBeforeAnythingIsTrained() throws IOException {
        Path csv = shapes("items.csv", 20, 1);
        Path run = folder.resolve("run");

        assertThat(fit(csv, run, "--image-column", "photo").err()).contains("'label'");
        assertThat(fit(csv, run, "--image-column", "picture", "--label-column", "kind")
                        .err())
                .contains("'picture'", "photo");
        assertThat(fit(csv, run, "--number-columns", "word", "--label-column", "kind")
                        .err())
                .contains("line 2, column word");
        assertThat(fit(csv, run, "--image-column", "photo", "--label-column", "kind", "--strategy", "l2-sp@word")
                        .err())
                .contains("fine-tuning@photo/stage3");
        assertThat(fit(csv, run, "--image-column", "photo", "--label-column", "kind", "--weights", "w.safetensors")
                        .err())
                .contains("--weights belongs to one source model", "no --backbone");
        assertThat(fit(csv, run, "--image-column", "photo", "--label-column", "kind", "--max-tokens", "9")
                        .err())
                .contains("--max-tokens has nothing to do here");
        assertThat(fit(csv, run, "--category-columns", "word", "--label-column", "kind", "--strategy", "fine-tuning")
                        .err())
                .contains("has no backbone to train");
        assertThat(run).doesNotExist();
    }

    /** The whole thing with real source models: neither branch knows, both together do. */
    @Test
    @Tag("slow")
    void picturesAndSentencesTogetherTellWhatNeitherTells() throws IOException {
        Path csv = sentences("items.csv", 400, 1);
        Path test = sentences("test.csv", 200, 2);

        double picture = accuracy(
                csv,
                test,
                "picture",
                "--image-column",
                "photo",
                "--backbone",
                "cifar-resnet",
                "--strategy",
                "feature-extraction");
        double both = accuracy(
                csv,
                test,
                "both",
                "--image-column",
                "photo",
                "--text-column",
                "title",
                "--backbone",
                "cifar-resnet,minilm-l6",
                "--strategy",
                "feature-extraction");
        double gated = accuracy(
                csv,
                test,
                "gated",
                "--image-column",
                "photo",
                "--text-column",
                "title",
                "--backbone",
                "cifar-resnet,minilm-l6",
                "--fusion",
                "gated",
                "--head",
                "linear",
                "--strategy",
                "feature-extraction");
        double trained = accuracy(
                csv,
                test,
                "trained",
                "--image-column",
                "photo",
                "--text-column",
                "title",
                "--backbone",
                "cifar-resnet,minilm-l6",
                "--strategy",
                "fine-tuning@photo/stage3");

        assertThat(picture).isBetween(0.35, 0.65);
        JsonNode verdict = JsonText.of(Files.readString(folder.resolve("both").resolve("metrics.json")))
                .path("verdict");
        assertThat(verdict.path("recommended").asString()).isEqualTo("feature-extraction: together");
        assertThat(verdict.path("because").asString()).contains("The parts together beat");
        assertThat(JsonText.of(Files.readString(folder.resolve("trained").resolve("metrics.json")))
                        .path("verdict")
                        .path("because")
                        .asString())
                .endsWith("Not measured alone: photo.");
        assertThat(List.of(both, gated, trained))
                .as("both, gated, one trained")
                .allSatisfy(accuracy -> assertThat(accuracy).isGreaterThanOrEqualTo(0.95));
    }

    private double accuracy(Path csv, Path test, String name, String... options) {
        String[] common = {
            "fit",
            "--data",
            csv.toString(),
            "--test",
            test.toString(),
            "--label-column",
            "kind",
            "--epochs",
            "20",
            "--out",
            folder.resolve(name).toString(),
            "--json"
        };
        String[] all = new String[common.length + options.length];
        System.arraycopy(common, 0, all, 0, common.length);
        System.arraycopy(options, 0, all, common.length, options.length);
        CommandRun run = CommandRun.of(all);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonText.line(run).path("results").get(0).path("testAccuracy").asDouble();
    }

    private static CommandRun fit(Path csv, Path run, String... options) {
        String[] all = new String[options.length + 5];
        System.arraycopy(new String[] {"fit", "--data", csv.toString(), "--out", run.toString()}, 0, all, 0, 5);
        System.arraycopy(options, 0, all, 5, options.length);
        return CommandRun.of(all);
    }

    private Path shapes(String name, int count, long seed) throws IOException {
        LabeledImages images = Shapes.draw(count, seed);
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("photo,word,size,kind\n");
        for (int i = 0; i < count; i++) {
            int said = random.nextInt(2);
            String file = name + i + ".png";
            Image image = images.image(i);
            BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
            ImageIO.write(picture, "png", folder.resolve(file).toFile());
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%s%n",
                    file,
                    said == 1 ? "round" : "square",
                    i % 10 == 0 ? "" : "" + i,
                    (images.label(i) ^ said) == 1 ? "disagree" : "agree"));
        }
        return Files.writeString(folder.resolve(name), csv);
    }

    private Path sentences(String name, int count, long seed) throws IOException {
        List<String> happy = List.of(
                "I love this so much, what a wonderful day", "Great service and very friendly people",
                "The best film I have seen in years", "We enjoyed every single minute of it",
                "Delicious food and a beautiful view", "Thank you, this made me really happy");
        List<String> unhappy = List.of(
                "I hate this, what a terrible day", "Awful service and very rude people",
                "The worst film I have seen in years", "We were bored every single minute of it",
                "Disgusting food and an ugly view", "Sorry, this made me really sad");
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("photo,title,kind\n");
        for (int i = 0; i < count; i++) {
            int drawn = random.nextInt(2);
            int said = random.nextInt(2);
            List<String> all = said == 1 ? happy : unhappy;
            String file = name + i + ".png";
            ImageIO.write(draw(drawn == 1, random), "png", folder.resolve(file).toFile());
            csv.append(file)
                    .append(",\"")
                    .append(all.get(random.nextInt(all.size())))
                    .append("\",")
                    .append(drawn == said ? "same" : "different")
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), csv);
    }

    private static BufferedImage draw(boolean disc, SplittableRandom random) {
        BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(random.nextInt(90), random.nextInt(90), random.nextInt(90)));
        graphics.fillRect(0, 0, 32, 32);
        graphics.setColor(new Color(150 + random.nextInt(100), 150 + random.nextInt(100), 150 + random.nextInt(100)));
        int side = 12 + random.nextInt(10);
        int x = random.nextInt(32 - side);
        int y = random.nextInt(32 - side);
        if (disc) {
            graphics.fillOval(x, y, side, side);
        } else {
            graphics.fillRect(x, y, side, side);
        }
        graphics.dispose();
        return picture;
    }
}
