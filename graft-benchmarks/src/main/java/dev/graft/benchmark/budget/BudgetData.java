package dev.graft.benchmark.budget;

import dev.graft.benchmark.NamedData;
import dev.graft.data.LabeledTexts;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TableFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The files that are fitted: film reviews of SST-2, and pictures of CIFAR-10, both of {@code $GRAFT_DATA}. */
final class BudgetData {
    private static final List<String> CLASSES = List.of("0", "1");
    private static final int LEFT_OUT = 10;

    private final Path work;

    /**
     * Takes the place for the files.
     *
     * @param work an existing directory
     */
    BudgetData(Path work) {
        this.work = work;
    }

    /** The arguments of {@code graft fit} that name so many examples. */
    List<String> arguments(String kind, int examples) throws IOException {
        return kind.equals("texts")
                ? List.of("--data", texts(examples).toString(), "--no-header")
                : List.of("--data", pictures(examples).toString());
    }

    /**
     * Of more sentences than there are, the others are the same again with a tenth of the words left out at random: they take as
     * long, and make a test part easier than it should be.
     */
    private Path texts(int examples) throws IOException {
        Path file = work.resolve("texts-" + examples + ".tsv");
        if (Files.exists(file)) {
            return file;
        }
        Path folder = NamedData.folder("sst2");
        List<String> texts = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (String part : List.of("train.tsv", "dev.tsv", "test.tsv")) {
            LabeledTexts read = LabeledTable.of(
                            TableFile.of(folder.resolve(part)).withoutHeader())
                    .texts(CLASSES)
                    .examples();
            IntStream.range(0, read.size()).forEach(i -> {
                texts.add(read.text(i));
                labels.add(read.label(i));
            });
        }
        SplittableRandom random = new SplittableRandom(11);
        int[] order = shuffled(texts.size(), random);
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int i = 0; i < examples; i++) {
                int chosen = order[i % order.length];
                String text = i < order.length ? texts.get(chosen) : shortened(texts.get(chosen), random);
                lines.write(text + "\t" + CLASSES.get(labels.get(chosen)) + "\n");
            }
        }
        return file;
    }

    private static String shortened(String text, SplittableRandom random) {
        String kept = Arrays.stream(text.split(" ", -1))
                .filter(word -> random.nextInt(LEFT_OUT) > 0)
                .collect(Collectors.joining(" "));
        return kept.isBlank() ? text : kept;
    }

    private Path pictures(int examples) throws IOException {
        Path list = Cifar10.unpacked(work).resolve("pictures-" + examples + ".csv");
        if (Files.exists(list)) {
            return list;
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(list.resolveSibling("train"))) {
            files = found.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
        int[] order = shuffled(files.size(), new SplittableRandom(11));
        try (BufferedWriter lines = Files.newBufferedWriter(list)) {
            lines.write("path,label\n");
            for (int i = 0; i < Math.min(examples, files.size()); i++) {
                Path file = files.get(order[i]);
                Path label = file.getParent() == null ? file : file.getParent();
                lines.write(String.valueOf(
                                list.getParent() == null
                                        ? file
                                        : list.getParent().relativize(file)) + "," + label.getFileName() + "\n");
            }
        }
        return list;
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
