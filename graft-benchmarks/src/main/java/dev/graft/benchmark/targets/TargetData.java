package dev.graft.benchmark.targets;

import dev.graft.benchmark.NamedData;
import dev.graft.benchmark.budget.Cifar10;
import dev.graft.data.Environment;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.mnist.Mnist;
import dev.graft.reading.ImageDataset;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TableFile;
import dev.graft.storage.AtomicFiles;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Makes tables whose labels are no classes: of MNIST pairs of digits, their angle and how bold they are; of CIFAR-10 mosaics of four
 * pictures; of SST-2 reviews of several sentences. The same data for the same count.
 */
public final class TargetData {
    private static final int SIDE = 28;
    private static final int TILE = 32;
    private static final double LARGEST_ANGLE = 45;
    private static final int GRADES = 5;
    private static final long SEED = 7;

    private final Path folder;
    private final int count;
    private final Consumer<String> heard;

    /**
     * Prepares the making.
     *
     * @param folder where the tables and pictures go
     * @param count rows in each table
     * @param heard is told of each table
     */
    public TargetData(Path folder, int count, Consumer<String> heard) {
        this.folder = folder;
        this.count = count;
        this.heard = heard;
    }

    /** A row of a table: a picture's bytes and the cells behind its path. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Row(byte[] picture, String cells) {}

    /** Makes all tables. */
    public void make() throws IOException {
        LabeledImages digits = Mnist.load(Environment.system(), null).train();
        pictures("pairs", "path,digits", random -> pair(digits, random));
        pictures("angles", "path,angle", random -> angle(digits, random));
        pictures("boldness", "path,boldness", random -> bold(digits, random));
        LabeledImages photos =
                ImageDataset.of(Cifar10.unpacked(folder).resolve("train")).train();
        pictures("mosaics", "path,kinds", random -> mosaic(photos, random));
        LabeledTexts sentences = LabeledTable.of(
                        TableFile.of(NamedData.folder("sst2").resolve("train.tsv"))
                                .withoutHeader())
                .texts(List.of("0", "1"))
                .examples();
        texts("stars", "text,stars", random -> review(sentences, random, 4, good -> String.valueOf(good + 1)));
        texts(
                "score",
                "text,score",
                random -> review(sentences, random, 5, good -> String.format(Locale.ROOT, "%.1f", 20.0 * good)));
        texts("sides", "text,praise,blame", random -> {
            int many = 1 + random.nextInt(3);
            return review(sentences, random, many, good -> (good > 0 ? 1 : 0) + "," + (good < many ? 1 : 0));
        });
    }

    private interface Maker<T> {
        T make(SplittableRandom random);
    }

    private void pictures(String name, String header, Maker<Row> maker) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        SplittableRandom random = new SplittableRandom(SEED);
        StringBuilder table = new StringBuilder(header).append('\n');
        for (int i = 0; i < count; i++) {
            Row row = maker.make(random);
            String file = String.format(Locale.ROOT, "%05d.png", i);
            AtomicFiles.write(place.resolve(file), row.picture());
            table.append(name)
                    .append('/')
                    .append(file)
                    .append(',')
                    .append(row.cells())
                    .append('\n');
        }
        write(name, table);
    }

    private void texts(String name, String header, Maker<String> maker) {
        SplittableRandom random = new SplittableRandom(SEED);
        StringBuilder table = new StringBuilder(header).append('\n');
        for (int i = 0; i < count; i++) {
            table.append(maker.make(random)).append('\n');
        }
        write(name, table);
    }

    private void write(String name, StringBuilder table) {
        Path file = folder.resolve(name + ".csv");
        AtomicFiles.write(file, table.toString().getBytes(StandardCharsets.UTF_8));
        heard.accept(file + ": " + count + " rows");
    }

    /** Two digits side by side; one label if they are equal. */
    private static Row pair(LabeledImages digits, SplittableRandom random) {
        int left = random.nextInt(digits.size());
        int right = random.nextInt(digits.size());
        BufferedImage picture = new BufferedImage(2 * SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        draw(picture, digits.image(left), 0, 0);
        draw(picture, digits.image(right), SIDE, 0);
        Set<String> labels = new TreeSet<>();
        labels.add(digits.classNames().get(digits.label(left)));
        labels.add(digits.classNames().get(digits.label(right)));
        return new Row(png(picture), String.join("|", labels));
    }

    private static Row angle(LabeledImages digits, SplittableRandom random) {
        double degrees = (2 * random.nextDouble() - 1) * LARGEST_ANGLE;
        BufferedImage upright = gray(digits.image(random.nextInt(digits.size())));
        AffineTransform turn = AffineTransform.getRotateInstance(Math.toRadians(degrees), SIDE / 2.0, SIDE / 2.0);
        BufferedImage turned = new AffineTransformOp(turn, AffineTransformOp.TYPE_BILINEAR).filter(upright, gray(null));
        return new Row(png(turned), String.format(Locale.ROOT, "%.1f", degrees));
    }

    /** The brightest pixel within a distance that grows with the grade. */
    private static Row bold(LabeledImages digits, SplittableRandom random) {
        int grade = random.nextInt(GRADES);
        BufferedImage thin = gray(digits.image(random.nextInt(digits.size())));
        BufferedImage bold = gray(null);
        // Nothing lies nearer to a pixel than its neighbour.
        double reach = grade == 0 ? 0 : 0.25 + 0.75 * grade;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int brightest = 0;
                for (int dy = -3; dy <= 3; dy++) {
                    for (int dx = -3; dx <= 3; dx++) {
                        boolean inside = x + dx >= 0 && x + dx < SIDE && y + dy >= 0 && y + dy < SIDE;
                        if (inside && Math.hypot(dx, dy) <= reach) {
                            brightest = Math.max(brightest, thin.getRaster().getSample(x + dx, y + dy, 0));
                        }
                    }
                }
                bold.getRaster().setSample(x, y, 0, brightest);
            }
        }
        return new Row(png(bold), String.valueOf(grade + 1));
    }

    /** Four photographs; their kinds are the labels. */
    private static Row mosaic(LabeledImages photos, SplittableRandom random) {
        BufferedImage picture = new BufferedImage(2 * TILE, 2 * TILE, BufferedImage.TYPE_INT_RGB);
        Set<String> labels = new TreeSet<>();
        for (int tile = 0; tile < 4; tile++) {
            int one = random.nextInt(photos.size());
            draw(picture, photos.image(one), tile % 2 * TILE, tile / 2 * TILE);
            labels.add(photos.classNames().get(photos.label(one)));
        }
        return new Row(png(picture), String.join(";", labels));
    }

    /** Some sentences as one text, and the cells that the number of good ones makes. */
    private static String review(LabeledTexts sentences, SplittableRandom random, int many, IntFunction<String> cells) {
        // How good it is first, else nearly all would be middling.
        int wanted = random.nextInt(many + 1);
        List<String> chosen = new ArrayList<>();
        int good = 0;
        while (chosen.size() < many) {
            int one = random.nextInt(sentences.size());
            boolean isGood = sentences.label(one) == 1;
            boolean fits = isGood ? good < wanted : chosen.size() - good < many - wanted;
            if (fits) {
                chosen.add(sentences.text(one).strip());
                good += isGood ? 1 : 0;
            }
        }
        String text = String.join(" . ", chosen).replace("\"", "\"\"");
        return "\"" + text + "\"," + cells.apply(good);
    }

    private static BufferedImage gray(@Nullable Image of) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        if (of != null) {
            draw(picture, of, 0, 0);
        }
        return picture;
    }

    private static void draw(BufferedImage picture, Image image, int left, int top) {
        int channels = image.channels();
        byte[] pixels = image.pixels();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int c = 0; c < picture.getRaster().getNumBands(); c++) {
                    int sample = pixels[(y * image.width() + x) * channels + Math.min(c, channels - 1)] & 0xFF;
                    picture.getRaster().setSample(left + x, top + y, c, sample);
                }
            }
        }
    }

    private static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
