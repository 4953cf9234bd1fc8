package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tables of items through the command: what needs no options, and which options work for items as for images and texts. */
class ItemTableIT {
    @TempDir
    private Path folder;

    @BeforeEach
    void makePictures() throws IOException {
        for (int i = 0; i < 2; i++) {
            BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setSample(i, i, 0, 200);
            ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
        }
        Files.writeString(folder.resolve("bad.png"), "no picture");
    }

    @Tag("slow")
    @Test
    void columnsOfPicturesTextsAndNumbersNeedNoOptions() throws IOException {
        StringBuilder rows = new StringBuilder("id,Photo,Title,Price,Label\n");
        for (int i = 0; i < 24; i++) {
            rows.append(i)
                    .append(',')
                    .append(i % 2)
                    .append(".png,a thing of ")
                    .append(i % 2 == 0 ? "wood" : "stone")
                    .append(" number ")
                    .append(i)
                    .append(',')
                    .append(i % 2 * 5 + i % 3)
                    .append(',')
                    .append(i % 2 == 0 ? "wooden" : "stony")
                    .append('\n');
        }

        CommandRun run = fit(table("items.csv", rows.toString()), "--backbone", "digits-cnn,minilm-l6");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.err())
                .containsOnlyOnce("pictures in 'Photo'; texts in 'Title'; numbers in 'Price'; the class is in 'Label'")
                .contains("'id', which tells rows apart", "(--image-column, --text-column, --number-columns");
        JsonNode result = JsonText.line(run);
        assertThat(result.path("notes").toString()).contains("pictures in 'Photo'");
    }

    @Test
    void numbersAndCategoriesAreDividedByTheirOwnColumnAndClassesAreChosen() throws IOException {
        String rows = rows(60, false);

        CommandRun run = fit(table("items.csv", "price,colour,Split,kind\n" + rows), "--label-column", "KIND");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        JsonNode target = JsonText.line(run).path("target");
        assertThat(target.path("train").asInt()).isEqualTo(36);
        assertThat(target.path("test").asInt()).isEqualTo(12);
        assertThat(target.path("classes")).hasSize(3);

        CommandRun some = fit(
                table("items.csv", "price,colour,Split,kind\n" + rows),
                "--label-column",
                "kind",
                "--classes",
                "a,c",
                "--overwrite");
        assertThat(some.exitCode()).as(some.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(some).path("target").path("classes").toString())
                .isEqualTo("[\"a\",\"c\"]");
        assertThat(JsonText.line(some).path("target").path("test").asInt()).isEqualTo(8);
        assertThat(fit(
                                table("items.csv", "price,colour,Split,kind\n" + rows),
                                "--label-column",
                                "kind",
                                "--classes",
                                "a,d",
                                "--overwrite")
                        .err())
                .contains("lacks classes that were asked for");
    }

    @Test
    void badPicturesAreLeftOutIfThatIsSaidAndNamedOneByOneWhenPredicting() throws IOException {
        String rows = "photo,price,colour,split,kind\n" + rows(60, true);
        Path csv = table("items.csv", rows.replaceFirst("0.png", "bad.png"));
        String[] columns = {
            "--image-column", "photo", "--number-columns", "price", "--backbone", "digits-cnn", "--label-column", "kind"
        };

        assertThat(fit(csv, columns).err()).contains("items.csv, line 2, column photo", "(--skip-bad)");
        CommandRun run = fit(csv, with(columns, "--skip-bad"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.err()).containsOnlyOnce("1 of 60 items with a picture that cannot be decoded were left out");
        assertThat(JsonText.line(run).path("target").path("train").asInt()).isEqualTo(35);
        assertThat(JsonText.line(run).path("target").path("warnings").toString())
                .contains("1 of 60 items");

        Path more = table("more.csv", "price,photo\n1,0.png\n2,bad.png\n3,1.png\nmany,1.png\n");
        CommandRun predicted =
                CommandRun.of("predict", folder.resolve("run").toString(), "--data", more.toString(), "--no-threshold");
        assertThat(predicted.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(predicted.out().lines().toList())
                .hasSize(4)
                .satisfies(lines -> assertThat(lines.get(0)).contains("confidence"))
                .satisfies(lines -> assertThat(lines.get(1)).contains("not classified"))
                .satisfies(lines -> assertThat(lines.get(2)).contains("confidence"))
                .satisfies(lines -> assertThat(lines.get(3)).contains("not classified"));
        assertThat(predicted.err()).contains("more.csv, line 3", "bad.png", "more.csv, line 5, column price");
    }

    @Test
    void columnsWithoutNamesAreNumberedAndTheEncodingIsWhatWasSaid() throws IOException {
        Path csv = folder.resolve("bare.csv");
        Files.write(csv, rows(60, false).replace("red", "红").getBytes(Charset.forName("GB18030")));
        String[] columns = {"--no-header", "--charset", "GB18030", "--number-columns", "1", "--category-columns", "2"};

        assertThat(fit(csv, columns).err()).contains("does not say where its labels are", "(--label-column)");
        CommandRun run = fit(csv, with(columns, "--label-column", "4"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("run/report.html")).content().contains("红");
    }

    @Test
    void commandsThatTakeNoItemsSaySo() throws IOException {
        Path csv = table("items.csv", "price,colour,kind,label\n1,red,x,a\n2,blue,x,b\n3,red,x,a\n4,blue,x,b\n");

        CommandRun run = CommandRun.of(
                "features",
                "--data",
                csv.toString(),
                "--out",
                folder.resolve("f.csv").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("takes no items of several parts", "price, colour, kind");
    }

    /** Price, colour, part and class; each class's share of each part is the same. */
    private static String rows(int count, boolean pictures) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String part = List.of("train", "train", "train", "val", "test").get(i / 3 % 5);
            rows.append(pictures ? i % 2 + ".png," : "")
                    .append(i % 3 * 10 + i % 7)
                    .append(i % 2 == 0 ? ",red," : ",blue,")
                    .append(part)
                    .append(',')
                    .append("abc".charAt(i % 3))
                    .append('\n');
        }
        return rows.toString();
    }

    private Path table(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private CommandRun fit(Path csv, String... options) {
        String[] common = {
            "fit",
            "--data",
            csv.toString(),
            "--epochs",
            "2",
            "--out",
            folder.resolve("run").toString(),
            "--json"
        };
        return CommandRun.of(with(common, options));
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
