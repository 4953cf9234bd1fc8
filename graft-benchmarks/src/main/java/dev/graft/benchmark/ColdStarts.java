package dev.graft.benchmark;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Measures whole processes, from their start to their end, as a user waits for them. */
final class ColdStarts {
    static final String ENGINE_START = "engine-start";
    static final String PREDICT = "predict-cold";
    static final String DEMO = "demo";

    private final Path root;
    private final Path work;
    private final int rounds;
    private final Path log;
    private @Nullable Path bundle;

    /**
     * Takes the places.
     *
     * @param root where {@code ./graft} is
     * @param work an empty directory
     */
    ColdStarts(Path root, Path work, int rounds, Path log) {
        this.root = root;
        this.work = work;
        this.rounds = rounds;
        this.log = log;
    }

    /** Loading and starting the engine in a new Java process, Graft's and each peer's by turns. */
    Row engineStart(List<String> peers) {
        List<String> names = new ArrayList<>(List.of("graft"));
        names.addAll(peers);
        Map<String, List<Double>> times = new LinkedHashMap<>();
        names.forEach(name -> run(Child.builder(name, PeerProcess.START_ONLY)));
        for (int round = 0; round < rounds; round++) {
            for (String name : names) {
                times.computeIfAbsent(name, unused -> new ArrayList<>())
                        .add(run(Child.builder(name, PeerProcess.START_ONLY)));
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((name, all) -> medians.put(name, median(all)));
        double own = medians.remove("graft");
        return Row.of(ENGINE_START, own, medians, null);
    }

    Row demo() {
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Path out = work.resolve("demo-" + round);
            times.add(run(graft("demo", "--seeds", "1", "--out", out.toString())));
            bundle = out.resolve("bundle");
        }
        return Row.of(DEMO, median(times), Map.of(), null);
    }

    Row predict() {
        if (bundle == null) {
            Path out = work.resolve("demo-for-predict");
            run(graft("demo", "--seeds", "1", "--out", out.toString()));
            bundle = out.resolve("bundle");
        }
        String image = drawing().toString();
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            times.add(run(graft("predict", String.valueOf(bundle), image)));
        }
        return Row.of(PREDICT, median(times), Map.of(), null);
    }

    private Path drawing() {
        BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillOval(8, 7, 13, 13);
        graphics.dispose();
        File file = work.resolve("circle.png").toFile();
        try {
            ImageIO.write(picture, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toPath();
    }

    private ProcessBuilder graft(String... arguments) {
        List<String> command = new ArrayList<>(List.of(root.resolve("graft").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private double run(ProcessBuilder builder) {
        ProcessBuilder.Redirect to = ProcessBuilder.Redirect.appendTo(log.toFile());
        long start = System.nanoTime();
        try {
            int code = builder.redirectOutput(to).redirectError(to).start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(builder.command() + " ended with " + code + "; see " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(List<Double> times) {
        return Statistics.median(times.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** An empty directory of its own. */
    static Path newDirectory() {
        try {
            return Files.createTempDirectory("graft-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
