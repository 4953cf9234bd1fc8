package dev.graft.benchmark.known;

import dev.graft.backbone.Backbone;
import dev.graft.benchmark.choice.ChoiceBenchmark;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.PredictionSets;
import dev.graft.evaluation.Separation;
import dev.graft.experiment.Fit;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Observation;
import dev.graft.selection.Approach;
import dev.graft.selection.Approaches;
import dev.graft.selection.Auto;
import dev.graft.selection.SourceModels;
import dev.graft.statistics.UnknownRule;
import dev.graft.update.ClassUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fits by {@code auto}, texts by feature extraction, and measures what the network knows of what it knows: how well examples of none of its classes are told, how often
 * sets of classes hold the true one, and what a class is worth that is added without the old examples.
 */
public final class KnownBenchmark {
    private static final String REVIEWS = "film reviews";
    private static final int DRAWS = 3;
    private static final String BEGIN = "<!-- known: begin -->";
    private static final String END = "<!-- known: end -->";
    private static final double COVERAGE = 0.9;
    private static final int ADDED = 100;
    private static final List<String> FIVE = List.of("bird", "cat", "frog", "horse", "ship");

    private final KnownTasks tasks;
    private final Map<String, TransferModel> fitted = new HashMap<>();
    private final Consumer<String> log;

    /**
     * Prepares the benchmark.
     *
     * @param data folders of named data, as {@code GRAFT_DATA}
     * @param things CIFAR-10 as folders, train and test
     * @param root the project's root
     * @param log is told what is done
     */
    public KnownBenchmark(Path data, Path things, Path root, Consumer<String> log) {
        this.tasks = new KnownTasks(data, things, root);
        this.log = log;
    }

    /**
     * Measures, and gives the tables as Markdown.
     *
     * @param only which of the tables {@code unknown}, {@code sets} and {@code added}; empty for all
     */
    public String run(List<String> only) throws IOException {
        boolean all = only.isEmpty();
        return (all || only.contains("unknown") ? unknown() + "\n" : "")
                + (all || only.contains("sets") ? sets() + "\n" : "")
                + (all || only.contains("added") ? added() : "");
    }

    /**
     * Rewrites the part between the page's marks.
     *
     * @throws IOException if the page cannot be read or written
     */
    public static void rewrite(Path page, String tables) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no line '" + BEGIN + "' before a line '" + END + "'");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + tables + text.substring(end));
    }

    private String unknown() throws IOException {
        StringBuilder table = new StringBuilder("| the classes, and what is none of them | source | accuracy |"
                + " area by confidence | area by distance and confidence | refused of the classes | refused of the others |"
                + "\n|---|---|---|---|---|---|---|\n");
        for (KnownTasks.KnownTask task : tasks.all()) {
            List<LabeledExamples> known = task.known().get();
            TransferModel model = fit(task.backbone(), known.get(0), known.get(1));
            try (Classifier classifier = new Classifier(model)) {
                UnknownRule rule = Objects.requireNonNull(
                        Objects.requireNonNull(model.record()).unknown());
                Observation inside = classifier.observe(known.get(1));
                Observation outside = classifier.observe(task.unknown().get());
                double[] scores = inside.unknownScores(rule);
                double[] others = outside.unknownScores(rule);
                line(
                        table,
                        "| %s | %s | %.3f | %.3f | **%.3f** | %.3f | %.3f |%n",
                        task.name(),
                        task.backbone(),
                        evaluation(inside, known.get(1)).accuracy(),
                        Separation.areaUnderCurve(negative(inside.confidences()), negative(outside.confidences())),
                        Separation.areaUnderCurve(scores, others),
                        refused(scores),
                        refused(others));
            }
            log.accept(task.name());
        }
        return table.toString();
    }

    private String sets() throws IOException {
        StringBuilder table = new StringBuilder(
                "| task | source | held-out examples | accuracy | sets that hold the true class,"
                        + " draw by draw | on average | mean size | of one class | empty |\n|---|---|---|---|---|---|---|---|---|\n");
        for (String name : List.of("four-things", "turned-digits", "which-way-up", "outlines", REVIEWS)) {
            List<Drawn> draws = new ArrayList<>();
            for (int draw = 1; draw <= DRAWS; draw++) {
                draws.add(drawn(name, draw));
                log.accept("sets: " + name + ", draw " + draw);
            }
            line(
                    table,
                    "| %s | %s | %d | %.3f | %s | **%.3f** | %.2f | %.3f | %.3f |%n",
                    name,
                    backbone(name),
                    draws.get(0).heldOut(),
                    mean(draws, Drawn::accuracy),
                    draws.stream()
                            .map(one -> String.format(Locale.ROOT, "%.3f", one.covered()))
                            .collect(Collectors.joining(", ")),
                    mean(draws, Drawn::covered),
                    mean(draws, Drawn::size),
                    mean(draws, Drawn::single),
                    mean(draws, Drawn::empty));
        }
        return table.toString();
    }

    /** How the sets of one draw did: shares of the test examples, but for the sets' mean size. */
    private record Drawn(int heldOut, double accuracy, double covered, double size, double single, double empty) {}

    private Drawn drawn(String name, int draw) throws IOException {
        List<LabeledExamples> drawn = name.equals(REVIEWS) ? tasks.reviews(draw) : tasks.drawn(name, draw);
        try (Classifier classifier = new Classifier(fit(backbone(name), drawn.get(0), drawn.get(1)))) {
            Evaluation evaluation = classifier.evaluate(drawn.get(1));
            PredictionSets sets = classifier.sets(COVERAGE);
            PredictionSets.Assessment found = sets.assess(evaluation);
            double count = drawn.get(1).size();
            return new Drawn(
                    sets.examples(),
                    evaluation.accuracy(),
                    found.covered() / count,
                    found.meanSize(),
                    found.single() / count,
                    found.empty() / count);
        }
    }

    private static double mean(List<Drawn> draws, ToDoubleFunction<Drawn> value) {
        return draws.stream().mapToDouble(value).average().orElseThrow();
    }

    private static String backbone(String task) {
        return switch (task) {
            case REVIEWS -> "minilm-l6";
            case "four-things" -> "things";
            default -> "digits-cnn";
        };
    }

    private String added() throws IOException {
        LabeledExamples five = ofEach(KnownTasks.of(tasks.things("train"), FIVE, true), ADDED);
        LabeledExamples judged = ofEach(KnownTasks.of(tasks.things("test"), FIVE, true), 200);
        StringBuilder table =
                new StringBuilder("| source | added last | on all at once, by `auto` | four classes, the fifth added |"
                        + " seconds of adding |\n|---|---|---|---|---|\n");
        for (String backbone : List.of("things", "cifar-resnet")) {
            for (String fifth : List.of("frog", "ship")) {
                LabeledExamples first = KnownTasks.of(five, List.of(fifth), false);
                TransferModel four = fit(backbone, first, KnownTasks.of(judged, List.of(fifth), false));
                LabeledExamples fresh = only(five, fifth);
                long start = System.nanoTime();
                TransferModel grown = ClassUpdate.add(four, fresh).model();
                double seconds = (System.nanoTime() - start) / 1e9;
                TransferModel all = fit(backbone, five, judged);
                line(
                        table,
                        "| %s | %s | %.3f | **%.3f** | %.1f |%n",
                        backbone,
                        fifth,
                        accuracy(all, judged),
                        accuracy(grown, judged),
                        seconds);
                log.accept("added: " + fifth + ", " + backbone);
            }
        }
        return table.toString();
    }

    private static double accuracy(TransferModel model, LabeledExamples judged) {
        try (Classifier classifier = new Classifier(model)) {
            return classifier.evaluate(judged).accuracy();
        }
    }

    private static LabeledExamples only(LabeledExamples all, String name) {
        int label = all.classNames().indexOf(name);
        return all.subset(IntStream.range(0, all.size())
                .filter(i -> all.label(i) == label)
                .toArray());
    }

    private static LabeledExamples ofEach(LabeledExamples all, int most) {
        int[] seen = new int[all.classNames().size()];
        return all.subset(IntStream.range(0, all.size())
                .filter(i -> seen[all.label(i)]++ < most)
                .toArray());
    }

    /** Fits once for each source model and data, which several tables ask for. */
    private TransferModel fit(String backbone, LabeledExamples learned, LabeledExamples judged) throws IOException {
        String key = backbone + " " + learned.digest();
        TransferModel known = fitted.get(key);
        if (known == null) {
            known = fitted(backbone, learned, judged);
            fitted.put(key, known);
        }
        return known;
    }

    private static TransferModel fitted(String backbone, LabeledExamples learned, LabeledExamples judged)
            throws IOException {
        Backbone source = ChoiceBenchmark.backbone(backbone);
        int held = (int) (0.3 * learned.size());
        // Trainings of a transformer that a choice tries take minutes, and frozen features are what most begin with.
        Approach approach = learned instanceof LabeledTexts
                ? Approaches.named("feature-extraction", source.architecture(), null)
                : Auto.unlimited();
        LabeledExamples mixed = KnownTasks.some(learned, learned.size());
        return Fit.run(
                        SourceModels.of(List.of(source)),
                        approach,
                        new TargetData(
                                KnownTasks.range(mixed, held, mixed.size()),
                                KnownTasks.range(mixed, 0, held),
                                judged,
                                judged),
                        TrainingSettings.defaults().withEpochs(10),
                        UnaryOperator.identity(),
                        UnaryOperator.identity(),
                        said -> {},
                        () -> false)
                .model();
    }

    private static Evaluation evaluation(Observation observation, LabeledExamples data) {
        int[] truth = IntStream.range(0, data.size()).map(data::label).toArray();
        return new Evaluation(observation.answers(), truth, data.classNames());
    }

    private static double refused(double[] scores) {
        return Arrays.stream(scores).filter(score -> score > 1).count() / (double) scores.length;
    }

    private static double[] negative(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
