package dev.graft.benchmark.curation;

import dev.graft.curation.EmbeddingModel;
import dev.graft.curation.Embeddings;
import dev.graft.curation.LabelingQuery;
import dev.graft.curation.LabelingQuery.Choice;
import dev.graft.data.LabeledExamples;
import dev.graft.evaluation.Differences;
import dev.graft.feature.FeatureCache;
import dev.graft.result.Difference;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A frozen head fitted on examples that were chosen to be labelled, beside one fitted on as many that were drawn at random: 20
 * examples without any label, and 60 more where 200 drawn at random are labelled.
 */
public final class LabellingTable {
    private static final String RANDOM = "random";
    private static final String TYPICAL = "typical";
    private static final String NEXT = "next";

    private final int seeds;
    private final Path work;
    private final Consumer<String> log;

    /**
     * Prepares the benchmark.
     *
     * @param seeds how many seeds: 1, 2, …; where 200 are labelled, as many up to 3
     * @param work where pictures are unpacked
     * @param log is told what is done
     */
    public LabellingTable(int seeds, Path work, Consumer<String> log) {
        this.seeds = seeds;
        this.work = work;
        this.log = log;
    }

    /** Labels there are and labels to come, and the ways to choose that are compared. */
    private record Setting(int labelled, int budget, int seeds, List<String> ways) {}

    /**
     * What one choice came to.
     *
     * @param task the task's name
     * @param backbone the source model
     * @param labelled how many examples had a label, drawn at random
     * @param budget how many were chosen
     * @param way how
     * @param seed of the choice
     * @param accuracy of the head on test examples, 0 to 1
     * @param classes how many classes the head saw
     */
    public record Row(
            String task,
            String backbone,
            int labelled,
            int budget,
            String way,
            long seed,
            double accuracy,
            int classes) {}

    private List<Setting> settings() {
        return List.of(
                new Setting(0, 20, seeds, List.of(RANDOM, TYPICAL)),
                new Setting(200, 60, Math.min(seeds, 3), List.of(RANDOM, TYPICAL, NEXT)));
    }

    /**
     * Measures what is missing in the file.
     *
     * @param only the tasks to measure; empty for all
     * @return the tables of all rows in the file
     * @throws IOException if the file cannot be read or written
     */
    public String run(Path file, List<String> only) throws IOException {
        List<Row> rows = new ArrayList<>(JsonLines.read(file, Row.class));
        for (String name : CurationTask.NAMES) {
            boolean missing = settings().stream().anyMatch(setting -> setting.ways().stream()
                    .anyMatch(way -> cell(rows, name, setting, way).size() < setting.seeds()));
            if (missing && (only.isEmpty() || only.contains(name))) {
                CurationTask task = CurationTask.named(name, work);
                try (FeatureCache cache = new FeatureCache(1L << 30)) {
                    measure(task, cache, rows, file);
                }
            }
        }
        return table(rows);
    }

    private void measure(CurationTask task, FeatureCache cache, List<Row> rows, Path file) throws IOException {
        Embeddings examples = EmbeddingModel.of(task.backbone())
                .embed(task.pool(), task.pool().size(), cache);
        for (Setting setting : settings()) {
            for (long seed = 1; seed <= setting.seeds(); seed++) {
                for (String way : setting.ways()) {
                    long wanted = seed;
                    if (rows.stream()
                            .noneMatch(row -> row.task().equals(task.name())
                                    && row.labelled() == setting.labelled()
                                    && row.way().equals(way)
                                    && row.seed() == wanted)) {
                        rows.add(measure(task, examples, setting, way, seed, cache));
                        JsonLines.write(file, rows);
                        log.accept(rows.get(rows.size() - 1).toString());
                    }
                }
            }
        }
    }

    private static Row measure(
            CurationTask task, Embeddings examples, Setting setting, String way, long seed, FeatureCache cache) {
        LabeledExamples pool = task.pool();
        boolean[] labelled = new boolean[pool.size()];
        int[] first = LabelingQuery.random(labelled, setting.labelled(), 1000 + seed);
        IntStream.of(first).forEach(i -> labelled[i] = true);
        int[] chosen = choose(pool, examples, labelled, setting.budget(), way, seed);
        int[] all = IntStream.concat(IntStream.of(first), IntStream.of(chosen)).toArray();
        LabeledExamples train = pool.subset(all);
        cache.share(train.digest(), new FeatureCache.Part(pool, all));
        double accuracy = NetworkTraining.on(train)
                .backbone(task.backbone())
                .strategy(FeatureExtraction.defaults())
                .cache(cache)
                .listener(TrainingListener.SILENT)
                .run()
                .evaluate(task.test(), cache)
                .accuracy();
        return new Row(
                task.name(), task.backbone().id(), setting.labelled(), setting.budget(), way, seed, accuracy, (int)
                        Arrays.stream(all).map(pool::label).distinct().count());
    }

    private static int[] choose(
            LabeledExamples pool, Embeddings examples, boolean[] labelled, int budget, String way, long seed) {
        LabelingQuery query = new LabelingQuery(examples, seed);
        List<String> labels = IntStream.range(0, labelled.length)
                .mapToObj(i -> labelled[i] ? pool.classNames().get(pool.label(i)) : "")
                .toList();
        return switch (way) {
            case RANDOM -> LabelingQuery.random(labelled, budget, seed);
            case TYPICAL -> places(query.typical(labelled, budget));
            default -> places(query.next(labels, labelled, budget).choices());
        };
    }

    private static int[] places(List<Choice> choices) {
        return choices.stream().mapToInt(Choice::index).toArray();
    }

    private String table(List<Row> rows) {
        StringBuilder text = new StringBuilder();
        for (Setting setting : settings()) {
            String compared = setting.ways().get(setting.ways().size() - 1);
            text.append(
                    setting.labelled() == 0
                            ? "20 examples of an unlabelled pool:\n\n"
                            : "60 more examples where 200 drawn at random have labels:\n\n");
            text.append("| task | source | seeds |");
            setting.ways().forEach(way -> text.append(' ').append(way).append(" |"));
            text.append(" gain, points | 95% interval | classes seen: random, ")
                    .append(compared)
                    .append(" |\n|---|---|---|");
            text.append("---|".repeat(setting.ways().size() + 3)).append('\n');
            List<double[]> means = new ArrayList<>();
            for (String task : CurationTask.NAMES) {
                List<List<Row>> cells = setting.ways().stream()
                        .map(way -> cell(rows, task, setting, way))
                        .toList();
                if (cells.stream()
                        .allMatch(cell ->
                                !cell.isEmpty() && cell.size() == cells.get(0).size())) {
                    means.add(row(text, task, cells));
                }
            }
            mean(text, means);
            text.append('\n');
        }
        return text.toString();
    }

    private static List<Row> cell(List<Row> rows, String task, Setting setting, String way) {
        return rows.stream()
                .filter(row -> row.task().equals(task)
                        && row.labelled() == setting.labelled()
                        && row.way().equals(way))
                .sorted(Comparator.comparingLong(Row::seed))
                .toList();
    }

    private static double[] row(StringBuilder text, String task, List<List<Row>> cells) {
        double[][] accuracies = cells.stream()
                .map(cell -> cell.stream().mapToDouble(Row::accuracy).toArray())
                .toArray(double[][]::new);
        double[] means = Arrays.stream(accuracies)
                .mapToDouble(values -> Arrays.stream(values).average().orElseThrow())
                .toArray();
        text.append(String.format(
                Locale.ROOT, "| %s | %s | %d |", task, cells.get(0).get(0).backbone(), accuracies[0].length));
        Arrays.stream(means).forEach(mean -> text.append(String.format(Locale.ROOT, " %.3f |", mean)));
        int last = means.length - 1;
        text.append(String.format(Locale.ROOT, " %+.1f |", 100 * (means[last] - means[0])));
        if (accuracies[0].length > 1) {
            Difference difference = Differences.overSeeds(accuracies[last], accuracies[0]);
            text.append(String.format(
                    Locale.ROOT,
                    " %+.1f to %+.1f |",
                    100 * difference.interval().lower(),
                    100 * difference.interval().upper()));
        } else {
            text.append(" |");
        }
        text.append(String.format(Locale.ROOT, " %.1f, %.1f |%n", classes(cells.get(0)), classes(cells.get(last))));
        return means;
    }

    private static double classes(List<Row> cell) {
        return cell.stream().mapToInt(Row::classes).average().orElseThrow();
    }

    private static void mean(StringBuilder text, List<double[]> means) {
        if (means.isEmpty()) {
            return;
        }
        int ways = means.get(0).length;
        double[] sums = new double[ways];
        means.forEach(one -> Arrays.setAll(sums, i -> sums[i] + one[i] / means.size()));
        text.append("| **mean** | | |");
        Arrays.stream(sums).forEach(mean -> text.append(String.format(Locale.ROOT, " **%.3f** |", mean)));
        text.append(String.format(Locale.ROOT, " **%+.1f** | | |%n", 100 * (sums[ways - 1] - sums[0])));
    }

    /**
     * Rewrites the tables of a page.
     *
     * @throws IOException if the page cannot be read or written
     */
    public static void rewrite(Path page, String table) throws IOException {
        JsonLines.rewrite(page, "labelling", table);
    }
}
