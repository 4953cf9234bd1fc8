package dev.graft.benchmark.curation;

import dev.graft.curation.LabelErrors;
import dev.graft.curation.LabelErrors.Score;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.LabeledTexts;
import dev.graft.feature.FeatureCache;
import dev.graft.selection.OutOfFoldAnswers;
import dev.graft.training.SideBySide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A tenth of the labels of each task changed at random, by several seeds, and how far up in the list of suspects they come: the
 * average precision of the list, by each of the scores.
 */
public final class LabelErrorTable {
    private static final int CHANGED = 10;

    private final int seeds;
    private final Path work;
    private final Consumer<String> log;

    /**
     * Prepares the benchmark.
     *
     * @param seeds how many seeds: 1, 2, …
     * @param work where pictures are unpacked
     * @param log is told what is done
     */
    public LabelErrorTable(int seeds, Path work, Consumer<String> log) {
        this.seeds = seeds;
        this.work = work;
        this.log = log;
    }

    /**
     * What was measured of one task with one seed.
     *
     * @param task the task's name
     * @param seed changes the labels
     * @param backbone the source model
     * @param examples how many there are
     * @param classes how many classes
     * @param accuracy the share of the changed labels that held-out heads agree with
     * @param averagePrecision of the list, by score
     * @param flagged how many labels were said to be likely wrong
     * @param right how many of these had been changed
     * @param seconds for features and heads
     */
    public record Row(
            String task,
            long seed,
            String backbone,
            int examples,
            int classes,
            double accuracy,
            Map<Score, Double> averagePrecision,
            int flagged,
            int right,
            double seconds) {}

    /**
     * Measures what is missing in the file.
     *
     * @param only the tasks to measure; empty for all
     * @return the table of all rows in the file
     * @throws IOException if the file cannot be read or written
     */
    public String run(Path file, List<String> only) throws IOException {
        List<Row> rows = new ArrayList<>(JsonLines.read(file, Row.class));
        for (String name : CurationTask.NAMES) {
            for (long seed = 1; seed <= seeds && (only.isEmpty() || only.contains(name)); seed++) {
                long wanted = seed;
                if (rows.stream().noneMatch(row -> row.task().equals(name) && row.seed() == wanted)) {
                    rows.add(measure(CurationTask.named(name, work), seed));
                    JsonLines.write(file, rows);
                    log.accept(rows.get(rows.size() - 1).toString());
                }
            }
        }
        return table(rows);
    }

    private static Row measure(CurationTask task, long seed) {
        LabeledExamples right = task.pool();
        int[] labels = IntStream.range(0, right.size()).map(right::label).toArray();
        boolean[] changed = change(labels, right.classNames().size(), seed);
        LabeledExamples data = labeled(right, labels);
        long start = System.nanoTime();
        OutOfFoldAnswers held;
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            held = OutOfFoldAnswers.of(task.backbone(), data, cache, seed, SideBySide.whenNeeded());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<Score, Double> precision = new LinkedHashMap<>();
        for (Score score : Score.values()) {
            precision.put(score, averagePrecision(LabelErrors.scores(held.values(), labels, score), changed));
        }
        List<LabelErrors.Suspect> flagged = LabelErrors.find(held.values(), labels).stream()
                .filter(LabelErrors.Suspect::flagged)
                .toList();
        return new Row(
                task.name(),
                seed,
                task.backbone().id(),
                data.size(),
                data.classNames().size(),
                held.score(),
                precision,
                flagged.size(),
                (int) flagged.stream().filter(one -> changed[one.index()]).count(),
                seconds);
    }

    /** Gives a tenth of the labels another class, and says which. */
    static boolean[] change(int[] labels, int classes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] changed = new boolean[labels.length];
        for (int left = labels.length / CHANGED; left > 0; ) {
            int place = random.nextInt(labels.length);
            if (!changed[place]) {
                changed[place] = true;
                labels[place] = (labels[place] + 1 + random.nextInt(classes - 1)) % classes;
                left--;
            }
        }
        return changed;
    }

    private static LabeledExamples labeled(LabeledExamples data, int[] labels) {
        if (data instanceof LabeledTexts texts) {
            return LabeledTexts.of(
                    data.name(),
                    data.classNames(),
                    IntStream.range(0, data.size()).mapToObj(texts::text).toList(),
                    labels);
        }
        return LabeledItems.of(data.name(), data.classNames(), labels)
                .withImages("picture", (LabeledImages) data)
                .images("picture");
    }

    /** The mean, over the places of the changed labels in the list, of the share of changed ones up to there. */
    static double averagePrecision(double[] scores, boolean[] changed) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int found = 0;
        double sum = 0;
        for (int place = 0; place < order.length; place++) {
            if (changed[order[place]]) {
                found++;
                sum += (double) found / (place + 1);
            }
        }
        return sum / found;
    }

    static String table(List<Row> rows) {
        StringBuilder text = new StringBuilder(
                "| task | source | examples | classes | seeds | by self-confidence | by normalized margin | by adjusted margin |"
                        + " flagged | of these wrong | seconds |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        List<double[]> means = new ArrayList<>();
        for (String task : CurationTask.NAMES) {
            List<Row> own = rows.stream().filter(row -> row.task().equals(task)).toList();
            if (own.isEmpty()) {
                continue;
            }
            double[] scores = Arrays.stream(Score.values())
                    .mapToDouble(score -> mean(
                            own,
                            row -> Objects.requireNonNull(row.averagePrecision().get(score))))
                    .toArray();
            means.add(scores);
            Row first = own.get(0);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %d | %.3f | %.3f | %.3f | %.0f | %.0f %% | %.0f |%n",
                    task,
                    first.backbone(),
                    first.examples(),
                    first.classes(),
                    own.size(),
                    scores[0],
                    scores[1],
                    scores[2],
                    mean(own, Row::flagged),
                    100 * mean(own, row -> (double) row.right() / Math.max(1, row.flagged())),
                    mean(own, Row::seconds)));
        }
        if (!means.isEmpty()) {
            text.append("| **mean** | | | | |");
            for (int i = 0; i < Score.values().length; i++) {
                int score = i;
                text.append(String.format(
                        Locale.ROOT,
                        " **%.3f** |",
                        means.stream().mapToDouble(one -> one[score]).average().orElseThrow()));
            }
            text.append(" | | |\n");
        }
        return text.toString();
    }

    private static double mean(List<Row> rows, ToDoubleFunction<Row> of) {
        return rows.stream().mapToDouble(of).average().orElseThrow();
    }

    /**
     * Rewrites the table of a page.
     *
     * @throws IOException if the page cannot be read or written
     */
    public static void rewrite(Path page, String table) throws IOException {
        JsonLines.rewrite(page, "label errors", table);
    }
}
