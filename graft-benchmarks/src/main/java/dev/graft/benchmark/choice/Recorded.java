package dev.graft.benchmark.choice;

import dev.graft.data.Environment;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.experiment.TargetSource;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.mnist.Mnist;
import dev.graft.mnist.MnistData;
import dev.graft.reading.ImageFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tasks made of recorded images: handwritten digits read otherwise, and things that the source model never saw. */
final class Recorded {
    private Recorded() {}

    /** Digits in pairs, by parity, turned, and read by a network for things. */
    static List<ChoiceTask> digits() {
        MnistData mnist = Mnist.load(Environment.system(), null);
        return List.of(
                pair(mnist, 3, 8),
                pair(mnist, 4, 9),
                task("parity", "digits-cnn", mnist, List.of("even", "odd"), label -> label % 2, image -> image),
                task("turned-digits", "digits-cnn", mnist, Mnist.CLASS_NAMES, label -> label, Recorded::turned),
                upright(mnist),
                task("digits-by-things", "things", mnist, Mnist.CLASS_NAMES, label -> label, image -> image));
    }

    /** Birds, cats, horses and ships, for a network that has seen none of them. */
    static List<ChoiceTask> things(Path folder) {
        LabeledImages train = ImageFolder.of(folder.resolve("train"));
        LabeledImages test = ImageFolder.of(folder.resolve("test"));
        return List.of(
                things("four-things", train, test, List.of("bird", "cat", "horse", "ship"), null),
                things("bird-or-horse", train, test, List.of("bird", "horse"), null),
                things("cat-or-horse", train, test, List.of("cat", "horse"), null),
                things("animal-or-ship", train, test, List.of("bird", "cat", "horse", "ship"), "ship"));
    }

    private static ChoiceTask pair(MnistData mnist, int first, int second) {
        return task(
                first + "-or-" + second,
                "digits-cnn",
                mnist,
                List.of(Integer.toString(first), Integer.toString(second)),
                label -> label == first ? 0 : label == second ? 1 : -1,
                image -> image);
    }

    /** Which way is up: the same digits, each turned by a quarter as often as its class says. */
    private static ChoiceTask upright(MnistData mnist) {
        List<String> classes = List.of("upright", "quarter", "half", "three quarters");
        TargetSource source = seed -> new TargetData(
                upright(mnist.train(), classes, ChoiceTask.TRAIN, seed),
                null,
                upright(mnist.test(), classes, ChoiceTask.TEST, seed),
                upright(mnist.test(), classes, ChoiceTask.TEST, seed));
        return new ChoiceTask("which-way-up", "digits-cnn", source);
    }

    private static LabeledImages upright(LabeledImages data, List<String> classes, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Image> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int turns = random.nextInt(classes.size());
            Image image = data.image(random.nextInt(data.size()));
            for (int turn = 0; turn < turns; turn++) {
                image = turned(image);
            }
            images.add(image);
            labels.add(turns);
        }
        return MadeImages.of("which-way-up", classes, images, labels);
    }

    private static ChoiceTask task(
            String name,
            String backbone,
            MnistData mnist,
            List<String> classes,
            IntUnaryOperator label,
            UnaryOperator<Image> change) {
        TargetSource source = seed -> {
            LabeledImages test = drawn(name, mnist.test(), classes, label, change, ChoiceTask.TEST, seed);
            return new TargetData(
                    drawn(name, mnist.train(), classes, label, change, ChoiceTask.TRAIN, seed), null, test, test);
        };
        return new ChoiceTask(name, backbone, source);
    }

    private static ChoiceTask things(
            String name, LabeledImages train, LabeledImages test, List<String> chosen, @Nullable String against) {
        List<String> classes = against == null ? chosen : List.of("other", against);
        IntUnaryOperator label = original -> {
            String of = train.classNames().get(original);
            if (!chosen.contains(of)) {
                return -1;
            }
            return against == null ? chosen.indexOf(of) : of.equals(against) ? 1 : 0;
        };
        TargetSource source = seed -> {
            LabeledImages judged = drawn(name, test, classes, label, image -> image, ChoiceTask.TEST, seed);
            return new TargetData(
                    drawn(name, train, classes, label, image -> image, ChoiceTask.TRAIN, seed), null, judged, judged);
        };
        return new ChoiceTask(name, "things", source);
    }

    /** Some images of the classes that the label says something of (a negative label leaves out), as balanced as they are. */
    private static LabeledImages drawn(
            String name,
            LabeledImages data,
            List<String> classes,
            IntUnaryOperator label,
            UnaryOperator<Image> change,
            int count,
            long seed) {
        int[] order = new int[data.size()];
        Arrays.setAll(order, i -> i);
        SplittableRandom random = new SplittableRandom(seed);
        List<Image> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < order.length && images.size() < count; i++) {
            int j = i + random.nextInt(order.length - i);
            int chosen = order[j];
            order[j] = order[i];
            int mapped = label.applyAsInt(data.label(chosen));
            if (mapped >= 0) {
                images.add(change.apply(data.image(chosen)));
                labels.add(mapped);
            }
        }
        return MadeImages.of(name, classes, images, labels);
    }

    /** A quarter turn to the right. */
    static Image turned(Image image) {
        int side = image.width();
        byte[] pixels = new byte[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                pixels[x * side + (side - 1 - y)] = image.pixels()[y * side + x];
            }
        }
        return new Image(side, side, 1, pixels);
    }
}
