package dev.graft.benchmark.choice;

import dev.graft.backbone.Backbone;
import dev.graft.benchmark.NamedData;
import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.feature.FeatureCache;
import dev.graft.optimization.TrainingSettings;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TableFile;
import dev.graft.source.Backbones;
import dev.graft.storage.AtomicFiles;
import dev.graft.strategy.Contrastive;
import dev.graft.strategy.Strategies;
import dev.graft.strategy.Strategy;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TrainingListener;
import dev.graft.training.TransferResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Strategies on 8 and 16 texts of each class, drawn by several seeds: film reviews of the Stanford Sentiment Treebank, and Chinese
 * reviews of delivered meals. One training after the other, each on all cores and with the strategy's own settings. A line of JSON
 * for each training is written as soon as it is measured, and what a line holds already is not measured again.
 */
public final class FewTexts {
    static final List<Integer> SIZES = List.of(16, 32);
    static final List<String> STRATEGIES = List.of("feature-extraction", "fine-tuning", "lp-ft", Contrastive.NAME);

    private static final int TEST = 500;
    // Divides the reviews that came undivided, and draws the test examples.
    private static final long DIVISION = 2022;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int seeds;
    private final Consumer<String> log;

    /**
     * Prepares the benchmark.
     *
     * @param seeds how many seeds: 1, 2, …
     * @param log is told what is done
     */
    public FewTexts(int seeds, Consumer<String> log) {
        this.seeds = seeds;
        this.log = log;
    }

    /**
     * What one training came to.
     *
     * @param task the task's name
     * @param backbone the source model's name
     * @param strategy the strategy's name
     * @param samples training texts, all classes together
     * @param seed draws the training texts, and is the training's
     * @param accuracy on the test texts, 0 to 1
     * @param seconds the training took, without the test
     */
    public record Row(
            String task, String backbone, String strategy, int samples, long seed, double accuracy, double seconds) {
        boolean isOf(String otherTask, String otherStrategy, int otherSamples) {
            return task.equals(otherTask) && strategy.equals(otherStrategy) && samples == otherSamples;
        }
    }

    private record Task(String name, String backbone, LabeledExamples train, LabeledExamples test) {}

    /**
     * Measures what is missing in the file.
     *
     * @param only the tasks to measure; empty for all
     * @return the rows of the file
     * @throws IOException if the file cannot be read or written
     */
    public List<Row> run(Path file, List<String> only) throws IOException {
        List<Row> rows = new ArrayList<>(read(file));
        for (Task task : List.of(films(), meals())) {
            if (!only.isEmpty() && !only.contains(task.name())) {
                continue;
            }
            Backbone backbone = Backbones.load(task.backbone());
            try (FeatureCache cache = FeatureCache.withDefaults()) {
                for (String name : STRATEGIES) {
                    for (int samples : SIZES) {
                        measure(task, backbone, name, samples, cache, rows, file);
                    }
                }
            }
        }
        return rows;
    }

    private void measure(
            Task task, Backbone backbone, String name, int samples, FeatureCache cache, List<Row> rows, Path file)
            throws IOException {
        for (long seed = 1; seed <= seeds; seed++) {
            long wanted = seed;
            if (rows.stream().anyMatch(row -> row.isOf(task.name(), name, samples) && row.seed() == wanted)) {
                continue;
            }
            LabeledExamples train = task.train()
                    .subset(NestedSubsets.stratified(task.train(), List.of(samples), seed)
                            .get(0));
            Strategy strategy = Strategies.named(name, backbone.architecture());
            TrainingSettings settings =
                    strategy.defaultSettings(backbone.architecture(), samples).withSeed(seed);
            long start = System.nanoTime();
            TransferResult result = NetworkTraining.on(train)
                    .backbone(backbone)
                    .strategy(strategy)
                    .training(settings)
                    .cache(cache)
                    .listener(TrainingListener.SILENT)
                    .run();
            double seconds = (System.nanoTime() - start) / 1e9;
            double accuracy = result.evaluate(task.test(), cache).accuracy();
            rows.add(new Row(task.name(), task.backbone(), name, samples, seed, accuracy, seconds));
            write(file, rows);
            log.accept(String.format(
                    Locale.ROOT,
                    "%s, %s, %d texts, seed %d: %.3f in %.0f s",
                    task.name(),
                    name,
                    samples,
                    seed,
                    accuracy,
                    seconds));
        }
    }

    private static Task films() {
        LabeledExamples train = LabeledTable.of(
                        TableFile.of(file("sst2", "train.tsv")).withoutHeader())
                .texts()
                .train();
        LabeledExamples test = LabeledTable.of(
                        TableFile.of(file("sst2", "test.tsv")).withoutHeader())
                .texts(train.classNames())
                .examples();
        return new Task("sst2", "minilm-l6", train, part(test));
    }

    private static Task meals() {
        LabeledExamples all =
                LabeledTable.of(file("waimai", "waimai_10k.csv")).texts().train();
        int[] test = NestedSubsets.stratified(all, List.of(TEST), DIVISION).get(0);
        boolean[] held = new boolean[all.size()];
        IntStream.of(test).forEach(index -> held[index] = true);
        LabeledExamples train = all.subset(
                IntStream.range(0, all.size()).filter(index -> !held[index]).toArray());
        return new Task("waimai", "bge-small-zh", train, all.subset(test));
    }

    private static LabeledExamples part(LabeledExamples test) {
        return test.subset(
                NestedSubsets.stratified(test, List.of(TEST), DIVISION).get(0));
    }

    private static Path file(String folder, String name) {
        Path file = NamedData.folder(folder).resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new DataException(Problem.of("The reviews are not there.")
                    .where(file)
                    .expected(name + " in $GRAFT_DATA/" + folder)
                    .fix("set GRAFT_DATA to where they are"));
        }
        return file;
    }

    private static void write(Path file, List<Row> rows) throws IOException {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(JSON.writeValueAsString(row)).append('\n'));
        AtomicFiles.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Row> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> JSON.readValue(line, Row.class))
                    .toList();
        }
    }
}
