package dev.graft.benchmark.choice;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.experiment.Comparison;
import dev.graft.experiment.ComparisonListener;
import dev.graft.experiment.ComparisonSettings;
import dev.graft.experiment.TargetSource;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.CurvePoint;
import dev.graft.selection.Approach;
import dev.graft.selection.Approaches;
import dev.graft.selection.Auto;
import dev.graft.selection.SourceModels;
import dev.graft.source.Backbones;
import dev.graft.storage.AtomicFiles;
import dev.graft.strategy.FromScratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Target tasks, sizes and seeds; each fixed strategy and the automatic one on the same splits. A line of JSON for each
 * task is written as soon as it is measured, and what a line holds already is not measured again.
 */
public final class ChoiceBenchmark {
    static final List<Integer> SIZES = List.of(10, 20, 50, 200, ChoiceTask.TRAIN);

    private static final long FIRST_SEED = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final @Nullable Path things;
    private final int seeds;
    private final Consumer<String> log;

    /**
     * Prepares the benchmark.
     *
     * @param things CIFAR-10 as folders, train and test; null to leave its tasks out
     * @param seeds how many seeds each cell averages over
     * @param log is told what is done
     */
    public ChoiceBenchmark(@Nullable Path things, int seeds, Consumer<String> log) {
        this.things = things;
        this.seeds = seeds;
        this.log = log;
    }

    /** All tasks that the data is there for. */
    List<ChoiceTask> tasks() {
        List<ChoiceTask> tasks = new ArrayList<>();
        TargetSource shapes = seed -> {
            LabeledImages all = Shapes.draw(ChoiceTask.TRAIN + ChoiceTask.TEST, seed);
            LabeledImages test = Drawings.range(all, ChoiceTask.TRAIN, all.size());
            return new TargetData(Drawings.range(all, 0, ChoiceTask.TRAIN), null, test, test);
        };
        tasks.add(new ChoiceTask("shapes", "digits-cnn", shapes));
        tasks.addAll(Recorded.digits());
        tasks.addAll(Drawings.tasks());
        if (things != null) {
            tasks.addAll(Recorded.things(things));
        }
        return tasks;
    }

    /**
     * Measures what is missing in the file.
     *
     * @param only the tasks to measure; empty for all
     * @return the rows of all tasks in the file
     * @throws IOException if the file cannot be read or written
     */
    public List<TaskRow> run(Path file, List<String> only) throws IOException {
        List<TaskRow> rows = new ArrayList<>(read(file));
        for (ChoiceTask task : tasks()) {
            if (!only.isEmpty() && !only.contains(task.name())) {
                continue;
            }
            TaskRow known = rows.stream()
                    .filter(row -> row.task().equals(task.name()))
                    .findFirst()
                    .orElseGet(() -> new TaskRow(task.name(), task.backbone(), Map.of(), 0));
            List<String> missing = strategies(task.backbone()).stream()
                    .filter(name -> !known.accuracies().containsKey(name))
                    .toList();
            if (!missing.isEmpty()) {
                rows.remove(known);
                rows.add(known.with(measure(task, missing)));
                write(file, rows);
            }
        }
        return rows;
    }

    private static void write(Path file, List<TaskRow> rows) throws IOException {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(JSON.writeValueAsString(row)).append('\n'));
        AtomicFiles.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<TaskRow> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> JSON.readValue(line, TaskRow.class))
                    .toList();
        }
    }

    private TaskRow measure(ChoiceTask task, List<String> names) throws IOException {
        long start = System.nanoTime();
        Backbone backbone = backbone(task.backbone());
        List<Approach> approaches = names.stream()
                .map(name -> Approaches.named(name, backbone.architecture(), null))
                .toList();
        ComparisonListener listener = new ComparisonListener() {
            @Override
            public void trainingDone(int done, int total, String what) {
                log.accept(task.name() + ": " + done + " of " + total + ", " + what);
            }
        };
        List<CurvePoint> curve = new Comparison(
                        SourceModels.of(List.of(backbone)),
                        task.source(),
                        approaches,
                        new ComparisonSettings(
                                FIRST_SEED,
                                seeds,
                                SIZES,
                                TrainingSettings.defaults().withEpochs(10),
                                0),
                        listener,
                        () -> false)
                .run()
                .curve();
        Map<String, Map<Integer, List<Double>>> accuracies = new LinkedHashMap<>();
        for (CurvePoint point : curve) {
            accuracies
                    .computeIfAbsent(point.strategy(), name -> new LinkedHashMap<>())
                    .put(point.samples(), point.seedAccuracies());
        }
        return new TaskRow(task.name(), task.backbone(), accuracies, (System.nanoTime() - start) / 1e9);
    }

    /** What is compared: the automatic choice first. */
    private static List<String> strategies(String backbone) {
        String allStages = backbone.equals("digits-cnn")
                ? "feature-extraction@conv1+pool1+conv2+pool2+dense"
                : "feature-extraction@stem+stage1+stage2+stage3+pool";
        return List.of(Auto.NAME, "feature-extraction", allStages, "lp-ft", "fine-tuning", FromScratch.NAME);
    }

    /**
     * A source model.
     *
     * @param id the id of an embedded one, or {@code things}: a small network trained on six classes of CIFAR-10, without the bird,
     *     cat, horse and ship
     * @throws IOException if the latter cannot be unpacked
     */
    public static Backbone backbone(String id) throws IOException {
        if (!id.equals("things")) {
            return Backbones.load(id);
        }
        Path directory = Files.createTempDirectory("graft-six-things");
        for (String name : List.of("config.json", "labels.txt", "model.safetensors", "README.md")) {
            try (InputStream stream =
                    Objects.requireNonNull(ChoiceBenchmark.class.getResourceAsStream("six-things/" + name))) {
                Files.copy(stream, directory.resolve(name));
            }
        }
        return Backbones.load(directory.toString());
    }
}
