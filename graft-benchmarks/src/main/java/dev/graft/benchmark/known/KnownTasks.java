package dev.graft.benchmark.known;

import dev.graft.benchmark.choice.NamedSources;
import dev.graft.data.ClassSelection;
import dev.graft.data.Environment;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.mnist.Mnist;
import dev.graft.reading.ImageFolder;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tasks, each with examples of none of its classes. */
final class KnownTasks {
    private static final int LEARNED = 500;
    private static final int JUDGED = 500;
    private static final int SHORTEST_LINE = 20;

    private final Path data;
    private final Path things;
    private final Path root;

    /**
     * Where the data is.
     *
     * @param data folders of named data, as {@code GRAFT_DATA}
     * @param things CIFAR-10 as folders, train and test
     * @param root the project, whose lines of Java and sentences of documentation are no reviews
     */
    KnownTasks(Path data, Path things, Path root) {
        this.data = data;
        this.things = things;
        this.root = root;
    }

    /**
     * A task.
     *
     * @param name its name
     * @param backbone the source model
     * @param known examples of the classes: those that are learned from, then those that are judged
     * @param unknown examples of none of them
     */
    record KnownTask(
            String name, String backbone, Supplier<List<LabeledExamples>> known, Supplier<LabeledExamples> unknown) {}

    List<KnownTask> all() {
        List<KnownTask> tasks = new ArrayList<>();
        tasks.add(halves("birds and cats, or horses and ships", "four-things", "things", List.of("bird", "cat")));
        tasks.add(halves("horses and ships, or birds and cats", "four-things", "things", List.of("horse", "ship")));
        tasks.add(halves(
                "triangles and circles, or squares and pentagons",
                "outlines",
                "digits-cnn",
                List.of("triangle", "circle")));
        tasks.add(halves(
                "squares and pentagons, or triangles and circles",
                "outlines",
                "digits-cnn",
                List.of("square", "pentagon")));
        tasks.add(halves(
                "turned digits 0 to 4, or 5 to 9", "turned-digits", "digits-cnn", List.of("0", "1", "2", "3", "4")));
        tasks.add(new KnownTask(
                "four things, or digits", "things", () -> drawn("four-things"), () -> some(digits(), JUDGED)));
        tasks.add(new KnownTask(
                "blood cells, or CIFAR-10",
                "tf_efficientnet_lite0",
                () -> List.of(
                        some(folder(data.resolve("cells/train")), LEARNED),
                        some(folder(data.resolve("cells/test")), JUDGED)),
                () -> some(folder(things.resolve("test")), JUDGED)));
        tasks.add(new KnownTask(
                "film reviews, or Chinese reviews of meals", "minilm-l6", this::reviews, () -> some(meals(), JUDGED)));
        tasks.add(new KnownTask(
                "film reviews, or lines of Java",
                "minilm-l6",
                this::reviews,
                () -> some(lines("graft-core/src/main/java", ".java"), JUDGED)));
        tasks.add(new KnownTask(
                "film reviews, or English documentation",
                "minilm-l6",
                this::reviews,
                () -> some(lines("docs", ".md"), JUDGED)));
        return tasks;
    }

    private KnownTask halves(String name, String task, String backbone, List<String> classes) {
        return new KnownTask(
                name,
                backbone,
                () -> List.of(
                        some(of(drawn(task).get(0), classes, true), LEARNED),
                        some(of(drawn(task).get(1), classes, true), JUDGED)),
                () -> some(of(drawn(task).get(1), classes, false), JUDGED));
    }

    /** The examples of a task of the choices. */
    List<LabeledExamples> drawn(String task) {
        return drawn(task, 1);
    }

    /** The examples of one of several draws, counted from 1. */
    List<LabeledExamples> drawn(String task, int draw) {
        return NamedSources.draw(task, things, draw);
    }

    /** Those of some classes, or all others. */
    static LabeledExamples of(LabeledExamples all, List<String> classes, boolean chosen) {
        List<String> names = all.classNames().stream()
                .filter(name -> classes.contains(name) == chosen)
                .toList();
        return ClassSelection.of((LabeledImages) all, names);
    }

    LabeledExamples things(String part) {
        return folder(things.resolve(part));
    }

    private static LabeledExamples folder(Path folder) {
        return ImageFolder.of(folder);
    }

    private static LabeledExamples digits() {
        return Mnist.load(Environment.system(), null).test();
    }

    /** Film reviews: the first 1,000 to learn from, and test examples. */
    List<LabeledExamples> reviews() {
        return reviews(1);
    }

    /** Other 1,000 film reviews to learn from for each draw, counted from 1, and test examples. */
    List<LabeledExamples> reviews(int draw) {
        return List.of(
                range(table("sst2/train.tsv"), 1000 * (draw - 1), 1000 * draw), some(table("sst2/test.tsv"), 1000));
    }

    private LabeledExamples meals() {
        return LabeledTable.of(data.resolve("waimai/waimai_10k.csv")).texts().train();
    }

    private LabeledExamples table(String file) {
        return LabeledTable.of(TableFile.of(data.resolve(file)).withoutHeader())
                .withLabel("2")
                .texts()
                .train();
    }

    /** Lines of files; their labels mean nothing. */
    private LabeledExamples lines(String folder, String ending) {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            for (Path file : files.filter(path -> path.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                Files.readAllLines(file).stream()
                        .map(String::strip)
                        .filter(line -> line.length() >= SHORTEST_LINE && Character.isLetter(line.charAt(0)))
                        .forEach(lines::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return LabeledTexts.of(
                folder,
                List.of("even", "odd"),
                lines,
                IntStream.range(0, lines.size()).map(i -> i % 2).toArray());
    }

    static LabeledExamples range(LabeledExamples all, int from, int to) {
        return all.subset(IntStream.range(from, to).toArray());
    }

    /** Some examples, drawn by a fixed seed. */
    static LabeledExamples some(LabeledExamples all, int count) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
        Collections.shuffle(order, new Random(1));
        return all.subset(
                order.stream().limit(count).mapToInt(Integer::intValue).toArray());
    }
}
