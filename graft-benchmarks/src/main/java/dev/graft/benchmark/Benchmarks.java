package dev.graft.benchmark;

import dev.graft.benchmark.budget.BudgetTable;
import dev.graft.benchmark.choice.ChoiceBenchmark;
import dev.graft.benchmark.choice.ChoicePage;
import dev.graft.benchmark.choice.FewTexts;
import dev.graft.benchmark.choice.FewTextsPage;
import dev.graft.benchmark.choice.TaskRow;
import dev.graft.benchmark.curation.LabelErrorTable;
import dev.graft.benchmark.curation.LabellingTable;
import dev.graft.benchmark.known.KnownBenchmark;
import dev.graft.benchmark.targets.TargetData;
import dev.graft.error.GraftException;
import dev.graft.result.Hardware;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./graft-bench}: measures Graft beside its peers, by turns, and prints medians and ratios. */
@Command(
        name = "graft-bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures Graft beside its peers on the same data, in one run, by turns.")
public final class Benchmarks implements Callable<Integer> {
    private static final List<String> PEERS = List.of("tensorflow", "djl", "dl4j", "onnxruntime");

    @Option(
            names = "--quick",
            description = "Steps, features and caches only, on fewer images and texts, in two minutes.")
    private boolean quick;

    @Option(names = "--only", split = ",", paramLabel = "WORK", description = "Only these rows.")
    private List<String> only = List.of();

    @Option(names = "--peers", split = ",", paramLabel = "PEER", description = "Only these peers: ${DEFAULT-VALUE}.")
    private List<String> peers = PEERS;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the numbers there.")
    private @Nullable Path json;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Rewrites the table between the marks of this page, and its picture beside it.")
    private @Nullable Path markdown;

    @Option(names = "--root", hidden = true, description = "Where ./graft is.")
    private Path root = Path.of(".");

    @Option(names = "--smallest", hidden = true, description = "One unit of each work, to see that it runs.")
    private boolean smallest;

    @Option(names = "--jmh", paramLabel = "PATTERN", description = "Measures the parts that match, with JMH, instead.")
    private @Nullable String parts;

    @Option(
            names = "--choices",
            paramLabel = "FILE",
            description = "Measures instead how well strategies are chosen; goes on with what the file holds.")
    private @Nullable Path choices;

    @Option(
            names = "--cifar10",
            paramLabel = "DIR",
            description = "With --choices or --known: CIFAR-10 as folders, train and test.")
    private @Nullable Path cifar10;

    @Option(
            names = "--few-texts",
            paramLabel = "FILE",
            description =
                    "Measures instead what strategies make of 8 and 16 texts of each class; goes on with what the file"
                            + " holds.")
    private @Nullable Path fewTexts;

    @Option(
            names = "--known",
            description =
                    "Measures instead how unknown examples are told, whether sets of classes hold the true one, and what added"
                            + " classes are worth; needs --cifar10 and GRAFT_DATA.")
    private boolean known;

    @Option(
            names = "--label-errors",
            paramLabel = "FILE",
            description =
                    "Measures instead how well wrong labels are found where a tenth was changed; goes on with what the file"
                            + " holds.")
    private @Nullable Path labelErrors;

    @Option(
            names = "--labelling",
            paramLabel = "FILE",
            description =
                    "Measures instead what chosen examples teach beside random ones; goes on with what the file holds.")
    private @Nullable Path labelling;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "With --choices, --few-texts, --label-errors or --labelling: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(
            names = "--budgets",
            arity = "0..1",
            fallbackValue = "budgets.json",
            paramLabel = "FILE",
            description = "Measures instead whether graft fit --budget keeps to its budget, cell by cell (--only"
                    + " texts-1000-30s,…), beside a busy neighbour; goes on with what the file holds"
                    + " (${FALLBACK-VALUE}).")
    private @Nullable Path budgets;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "With --budgets, --label-errors or --labelling: where data and runs go (a new folder).")
    private @Nullable Path work;

    @Option(
            names = "--targets",
            paramLabel = "DIR",
            description = "Makes tables there instead, with several labels, numbers and grades, of data in GRAFT_DATA.")
    private @Nullable Path targets;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "2000",
            description = "With --targets: rows in each table (${DEFAULT-VALUE}).")
    private int count;

    /** Runs the command, then ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** What is missing is said in a paragraph; the trace is for what was not foreseen. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Benchmarks());
        return line.setExecutionExceptionHandler((failure, where, parsed) -> {
            if (failure instanceof GraftException) {
                where.getErr().println(failure.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            throw failure;
        });
    }

    @Override
    public Integer call() throws Exception {
        if (parts != null) {
            org.openjdk.jmh.Main.main(new String[] {parts});
            return 0;
        }
        if (targets != null) {
            new TargetData(Files.createDirectories(targets), count, Benchmarks::say).make();
            return 0;
        }
        if (choices != null) {
            List<TaskRow> rows = new ChoiceBenchmark(cifar10, seeds, Benchmarks::say).run(choices, only);
            System.out.print(ChoicePage.summary(rows));
            if (markdown != null) {
                ChoicePage.rewrite(markdown, rows);
            }
            return 0;
        }
        if (budgets != null) {
            refuseUnknown(BudgetTable.names());
            Path place = workPlace();
            say("data, runs and what they print go to " + place);
            String table = new BudgetTable(root, place, Benchmarks::say).run(budgets, only);
            System.out.print(table);
            if (markdown != null) {
                BudgetTable.rewrite(markdown, table);
            }
            return 0;
        }
        if (known) {
            if (cifar10 == null) {
                throw new CommandLine.ParameterException(new CommandLine(this), "--known needs --cifar10 DIR");
            }
            String tables = new KnownBenchmark(NamedData.all(), cifar10, root, Benchmarks::say).run(only);
            System.out.print(tables);
            if (markdown != null) {
                KnownBenchmark.rewrite(markdown, tables);
            }
            return 0;
        }
        if (labelErrors != null) {
            String table = new LabelErrorTable(seeds, workPlace(), Benchmarks::say).run(labelErrors, only);
            System.out.print(table);
            if (markdown != null) {
                LabelErrorTable.rewrite(markdown, table);
            }
            return 0;
        }
        if (labelling != null) {
            String table = new LabellingTable(seeds, workPlace(), Benchmarks::say).run(labelling, only);
            System.out.print(table);
            if (markdown != null) {
                LabellingTable.rewrite(markdown, table);
            }
            return 0;
        }
        if (fewTexts != null) {
            List<FewTexts.Row> rows = new FewTexts(seeds, Benchmarks::say).run(fewTexts, only);
            System.out.print(FewTextsPage.summary(rows));
            if (markdown != null) {
                FewTextsPage.rewrite(markdown, rows);
            }
            return 0;
        }
        refuseUnknown();
        BenchmarkResult result = measure();
        System.out.print(TextTable.of(result));
        if (json != null) {
            Files.writeString(json, result.toJson());
        }
        if (markdown != null) {
            MarkdownPage.rewrite(markdown, result);
        }
        return 0;
    }

    private Path workPlace() throws IOException {
        return work == null ? ColdStarts.newDirectory() : Files.createDirectories(work);
    }

    private void refuseUnknown() {
        for (String peer : peers) {
            if (!PEERS.contains(peer)) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this), "Unknown peer '" + peer + "'; there are " + PEERS);
            }
        }
        List<String> works = new ArrayList<>(List.of(ColdStarts.ENGINE_START, ColdStarts.PREDICT, ColdStarts.DEMO));
        Catalogue.entries(quick).forEach(entry -> works.add(entry.task().work()));
        refuseUnknown(works);
    }

    private void refuseUnknown(List<String> works) {
        for (String one : only) {
            if (!works.contains(one)) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this), "Unknown work '" + one + "'; there are " + works);
            }
        }
    }

    private BenchmarkResult measure() throws IOException {
        SideBySide.Effort effort =
                smallest ? SideBySide.Effort.SMALLEST : quick ? SideBySide.Effort.QUICK : SideBySide.Effort.FULL;
        Path directory = ColdStarts.newDirectory();
        Path log = directory.resolve("peers.log");
        say("what the peers print goes to " + log);
        List<Row> rows = new ArrayList<>();
        Map<String, Object> hardware;
        try (SideBySide sideBySide = new SideBySide(peers, effort, log, Benchmarks::say)) {
            double product = sideBySide.matrixProduct();
            double operationsPerMillisecond = 2 * Math.pow(Task.MATRIX_SIDE, 3) / product;
            hardware = hardware(operationsPerMillisecond / 1e6);
            say(String.format(Locale.ROOT, "matrix product: %.0f GFLOPS", operationsPerMillisecond / 1e6));
            for (Catalogue.Entry entry : Catalogue.entries(quick || smallest)) {
                if (wanted(entry)) {
                    double operations = Catalogue.operations(entry.task());
                    double tokens = Catalogue.tokens(entry.task());
                    Row row = sideBySide.measure(entry, operations == 0 ? null : operations / operationsPerMillisecond);
                    add(rows, tokens == 0 ? row : row.withTokens(tokens));
                }
            }
        }
        // Alone on the machine, after the peers' processes have gone.
        ColdStarts cold = new ColdStarts(root, directory, quick || smallest ? 1 : 5, log);
        if (wantedCold(ColdStarts.ENGINE_START)) {
            add(rows, cold.engineStart(peers));
        }
        if (wantedCold(ColdStarts.DEMO)) {
            add(rows, cold.demo());
        }
        if (wantedCold(ColdStarts.PREDICT)) {
            add(rows, cold.predict());
        }
        return new BenchmarkResult(hardware, rows);
    }

    private boolean wanted(Catalogue.Entry entry) {
        return only.contains(entry.task().work()) || (only.isEmpty() && (!quick || entry.isQuick()));
    }

    private boolean wantedCold(String work) {
        return only.contains(work) || (only.isEmpty() && !quick && !smallest);
    }

    private static Map<String, Object> hardware(double gigaflops) {
        Hardware machine = dev.graft.engine.Machine.describe();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("cpu", machine.cpu());
        described.put("cores", Runtime.getRuntime().availableProcessors());
        described.put("os", machine.os());
        described.put("java", machine.java());
        described.put("engine", machine.engine());
        described.put("gemmGflops", Math.round(gigaflops * 10) / 10.0);
        return described;
    }

    private static void add(List<Row> rows, Row row) {
        rows.add(row);
        say(row.work() + " done");
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
