package dev.graft.benchmark.budget;

import dev.graft.benchmark.Neighbour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@code graft fit --budget} cell by cell, each in a process of its own beside a busy neighbour, and makes the table. */
public final class BudgetTable {
    static final String BEGIN = "<!-- budgets: begin -->";
    static final String END = "<!-- budgets: end -->";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int POLL_MILLIS = 200;
    // A budget that does not hold at all must not hold up the table.
    private static final double PATIENCE = 4;

    private final Path root;
    private final Path work;
    private final Consumer<String> log;

    /**
     * Takes the places.
     *
     * @param root where {@code ./graft} is
     * @param work an existing directory for data and runs
     * @param log hears, a line each, how it goes on
     */
    public BudgetTable(Path root, Path work, Consumer<String> log) {
        this.root = root;
        this.work = work;
        this.log = log;
    }

    /** The names of all cells. */
    public static List<String> names() {
        return BudgetCell.all().stream().map(BudgetCell::name).toList();
    }

    /**
     * Measures cells, each anew, and keeps what the file knows of the others.
     *
     * @param file the cells measured so far, as JSON; written after each
     * @param only the names of the cells to measure; empty for all that the file does not know
     * @return the table, as Markdown
     * @throws IOException if a file cannot be read or written, or a process does not start
     */
    public String run(Path file, List<String> only) throws IOException {
        List<BudgetCell> cells = new ArrayList<>(read(file));
        BudgetData data = new BudgetData(work);
        for (int i = 0; i < cells.size(); i++) {
            BudgetCell cell = cells.get(i);
            if (only.isEmpty() ? cell.measured() == null : only.contains(cell.name())) {
                cells.set(i, cell.with(measure(cell, data)));
                Files.writeString(
                        file,
                        JSON.writerWithDefaultPrettyPrinter()
                                .writeValueAsString(cells.stream()
                                        .filter(one -> one.measured() != null)
                                        .toList()));
                log.accept(cells.get(i).row().strip());
            }
        }
        return table(cells);
    }

    /** Puts the table between the page's marks. */
    public static void rewrite(Path page, String table) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no line '" + BEGIN + "' before a line '" + END + "'");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + table + text.substring(end));
    }

    static String table(List<BudgetCell> cells) {
        StringBuilder text = new StringBuilder("| data | examples | budget | took | at most | accuracy | learned from |"
                + " judged on | peak memory | strategy |\n|---|---|---|---|---|---|---|---|---|---|\n");
        cells.forEach(cell -> text.append(cell.row()));
        return text.toString();
    }

    private static List<BudgetCell> read(Path file) throws IOException {
        List<BudgetCell> known = new ArrayList<>();
        if (Files.exists(file)) {
            known.addAll(List.of(JSON.readValue(Files.readString(file), BudgetCell[].class)));
        }
        return BudgetCell.all().stream()
                .map(cell -> known.stream()
                        .filter(one -> one.name().equals(cell.name()))
                        .findFirst()
                        .orElse(cell))
                .toList();
    }

    private BudgetCell.Measured measure(BudgetCell cell, BudgetData data) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve("graft").toString(), "fit"));
        command.addAll(data.arguments(cell.kind(), cell.examples()));
        Path out = work.resolve(cell.name());
        Path said = work.resolve(cell.name() + ".log");
        command.addAll(List.of("--budget", cell.budget(), "--overwrite", "--out", out.toString()));
        log.accept(cell.name() + "…");
        try (Neighbour neighbour = Neighbour.start()) {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            long peak = watch(process, PATIENCE * cell.allowed());
            double seconds = (System.nanoTime() - start) / 1e9;
            neighbour.requireRunning();
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " ended with " + process.exitValue() + "; see " + said);
            }
            JsonNode result = JSON.readTree(Files.readString(out.resolve("metrics.json")));
            JsonNode row = result.get("results").get(0);
            return new BudgetCell.Measured(
                    seconds,
                    row.get("testAccuracy").asDouble(),
                    result.get("target").get("train").asInt(),
                    result.get("target").get("test").asInt(),
                    peak,
                    row.get("selection").get("strategy").asString());
        }
    }

    /** Waits for the end of a process, and returns the most memory that it held at once, in bytes; 0 where the system does not say. */
    private static long watch(Process process, double patience) {
        long end = System.nanoTime() + (long) (patience * 1e9);
        long peak = 0;
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, peakBytes(process.pid()));
                if (System.nanoTime() > end) {
                    process.destroyForcibly().waitFor();
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return peak;
    }

    private static long peakBytes(long process) {
        Path status = Path.of("/proc", Long.toString(process), "status");
        try {
            return peak(Files.readAllLines(status));
        } catch (IOException e) {
            // It has just ended.
            return 0;
        }
    }

    static long peak(List<String> lines) {
        @Nullable
        String line = lines.stream()
                .filter(one -> one.startsWith("VmHWM:"))
                .findFirst()
                .orElse(null);
        return line == null ? 0 : Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
    }
}
