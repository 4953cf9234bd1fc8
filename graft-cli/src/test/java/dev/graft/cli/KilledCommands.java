package dev.graft.cli;

import dev.graft.data.Shapes;
import dev.graft.storage.FileRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Starts commands, kills them at random moments, looks at what they left, and lets the next run finish: nothing may be
 * torn, what is resumed must give the bytes of an uninterrupted run, and nothing may be left over.
 *
 * <p>Arguments: how many kills, a seed, and a directory to work in. {@code CONTRIBUTING.md} tells how to start it.
 */
public final class KilledCommands {
    private static final int MOST_KILLS_OF_ONE_RUN = 3;
    private static final long POLL_MILLIS = 20;
    /** So that a kill also meets a process that waits for the disk. */
    private static final long LONGEST_PAUSE_MILLIS = 30;

    private final Path folder;
    private final SplittableRandom random;
    private final PrintStream told;
    private final List<String> faults = new ArrayList<>();
    private int kills;
    private int ended;
    private int resumed;

    KilledCommands(Path folder, long seed, PrintStream told) {
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        this.told = told;
    }

    /** Counts of what was done, and what went wrong. */
    record Outcome(int kills, int endedFirst, int resumed, List<String> faults) {}

    /**
     * A command under trial.
     *
     * @param arguments without the output
     * @param output the name of what it writes
     * @param resumable whether it knows {@code --resume}
     * @param result the file whose bytes must be those of an uninterrupted run
     */
    private record Trial(String name, List<String> arguments, String output, boolean resumable, String result) {}

    /** Tries all commands, one after the other, until there were as many kills. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream told = System.err;
        Outcome outcome = new KilledCommands(Path.of(arguments[2]), Long.parseLong(arguments[1]), told)
                .run(Integer.parseInt(arguments[0]));
        told.println(outcome.kills() + " kills, " + outcome.endedFirst() + " commands ended before theirs, "
                + outcome.resumed() + " runs resumed to the same bytes, "
                + outcome.faults().size() + " faults");
        outcome.faults().forEach(told::println);
        System.exit(outcome.faults().isEmpty() ? 0 : 1);
    }

    Outcome run(int wanted) throws IOException, InterruptedException {
        List<Trial> trials = prepare();
        List<Long> durations = new ArrayList<>();
        List<FileRecord> references = new ArrayList<>();
        for (Trial trial : trials) {
            Path out = folder.resolve("reference-" + trial.output());
            Process process = command(trial, out, List.of());
            durations.add(worked(process, Long.MAX_VALUE));
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        trial.name() + " ended with " + process.exitValue() + ", see " + log(out));
            }
            references.add(FileRecord.of(result(trial, out)));
        }
        for (int i = 0; kills < wanted; i++) {
            int which = i % trials.size();
            attempt(trials.get(which), i, durations.get(which), references.get(which));
        }
        return new Outcome(kills, ended, resumed, List.copyOf(faults));
    }

    /** One output, killed a few times while it is made, then made to the end. */
    private void attempt(Trial trial, int number, long millis, FileRecord reference)
            throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve("attempt-" + number));
        Path out = place.resolve(trial.output());
        boolean anew = random.nextBoolean();
        List<String> again = trial.resumable() && !anew ? List.of("--resume") : List.of("--overwrite");
        if (random.nextInt(3) == 0) {
            // Over a result of the same command.
            command(trial, out, List.of()).waitFor();
            again = List.of("--overwrite");
        }
        int most = 1 + random.nextInt(MOST_KILLS_OF_ONE_RUN);
        for (int kill = 0; kill < most; kill++) {
            Process process = command(trial, out, Files.exists(out) ? again : List.of());
            worked(process, random.nextLong(millis / 5, millis + millis / 5));
            if (process.waitFor(random.nextLong(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
                ended++;
                break;
            }
            process.destroyForcibly().waitFor();
            kills++;
            for (String torn : WholeFiles.faults(place)) {
                fault(trial, number, torn);
            }
        }
        int code = command(trial, out, Files.exists(out) ? again : List.of()).waitFor();
        boolean complete = code == ExitCode.WRONG_USAGE
                && Files.readString(log(out)).contains("complete: there is nothing to resume");
        if (code != 0 && !complete) {
            fault(trial, number, "the run after the kills ended with " + code + ": " + Files.readString(log(out)));
            return;
        }
        for (String torn : WholeFiles.faults(place)) {
            fault(trial, number, torn);
        }
        WholeFiles.hidden(place).forEach(name -> fault(trial, number, "left over: " + name));
        if (!FileRecord.of(result(trial, out)).equals(reference)) {
            fault(trial, number, "other bytes than an uninterrupted run's in " + result(trial, out));
        }
        resumed += again.contains("--resume") ? 1 : 0;
        told.println(kills + " kills, " + faults.size() + " faults, " + trial.name() + " " + again);
        if (faults.isEmpty()) {
            WholeFiles.delete(place);
        }
    }

    /**
     * Waits until a process has used so much of the processor's time, which passes as its work does however busy the machine
     * is, or has ended.
     *
     * @return how many milliseconds it had used when it was last looked at
     */
    private static long worked(Process process, long millis) throws InterruptedException {
        long used = 0;
        while (used < millis && !process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            used = Math.max(
                    used,
                    process.info().totalCpuDuration().map(Duration::toMillis).orElse(used + POLL_MILLIS));
        }
        return used;
    }

    private void fault(Trial trial, int number, String what) {
        faults.add(trial.name() + ", attempt " + number + ": " + what);
        told.println(faults.get(faults.size() - 1));
    }

    private static Path result(Trial trial, Path out) {
        return trial.result().isEmpty() ? out : out.resolve(trial.result());
    }

    private static Path log(Path out) {
        return out.resolveSibling(out.getFileName() + ".log");
    }

    private Process command(Trial trial, Path out, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx600m",
                "-cp",
                System.getProperty("java.class.path"),
                Graft.class.getName()));
        command.addAll(trial.arguments());
        command.addAll(List.of("--out", out.toString()));
        command.addAll(more);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(out).toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.start();
    }

    private List<Trial> prepare() throws IOException {
        Path shapes = Drawings.folder(folder.resolve("shapes"), Shapes.draw(60, 3));
        Path divided = folder.resolve("divided");
        Drawings.folder(divided.resolve("train"), Shapes.draw(120, 4));
        Drawings.folder(divided.resolve("test"), Shapes.draw(30, 5));
        Path items = folder.resolve("items.csv");
        StringBuilder rows = new StringBuilder("photo,price,kind\n");
        for (String kind : List.of("circle", "square")) {
            int price = 10;
            for (Path file : WholeFiles.list(shapes.resolve(kind))) {
                rows.append("shapes/" + kind + "/" + file.getFileName() + "," + price + "," + kind + "\n");
                price += 3;
            }
        }
        Files.writeString(items, rows, StandardCharsets.UTF_8);
        Path bundle = SmallBundle.write(folder.resolve("bundle"));
        String data = shapes.toString();
        return List.of(
                new Trial(
                        "fit",
                        List.of(
                                "fit",
                                "--data",
                                data,
                                "--backbone",
                                "digits-cnn",
                                "--strategy",
                                "fine-tuning",
                                "--epochs",
                                "3"),
                        "run",
                        true,
                        "bundle/model.safetensors"),
                new Trial(
                        "items",
                        List.of(
                                "fit",
                                "--data",
                                items.toString(),
                                "--image-column",
                                "photo",
                                "--number-columns",
                                "price",
                                "--label-column",
                                "kind",
                                "--backbone",
                                "digits-cnn",
                                "--epochs",
                                "4"),
                        "items",
                        true,
                        "bundle/model.safetensors"),
                new Trial(
                        "pretrain",
                        List.of("pretrain", "--data", divided.toString(), "--epochs", "3", "--checkpoint-every", "2"),
                        "source",
                        true,
                        "backbone/model.safetensors"),
                new Trial("export", List.of("export", bundle.toString()), "onnx", false, "model.onnx"),
                new Trial(
                        "features",
                        List.of("features", "--data", data, "--backbone", "digits-cnn", "--cut", "dense"),
                        "features.npy",
                        false,
                        ""));
    }
}
