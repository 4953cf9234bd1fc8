package dev.graft.serve;

import dev.graft.error.DataException;
import dev.graft.error.Reason;
import dev.graft.model.Lineage;
import dev.graft.report.MetricsJson;
import dev.graft.result.ExperimentResult;
import dev.graft.result.StrategyResult;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the run that made a bundle measured, where the bundle still lies in the run's directory. */
final class RunMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(RunMetrics.class);
    private static final String FILE = "metrics.json";
    private static final long MOST_BYTES = 64L << 20;

    private RunMetrics() {}

    /** What was measured of a network on the run's test data, by name; empty if nothing is known for certain. */
    static Map<String, Double> of(Path bundle, Lineage lineage) {
        Path run = bundle.toAbsolutePath().normalize().getParent();
        Path file = run == null ? null : run.resolve(FILE);
        if (file == null || !Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            return Files.size(file) > MOST_BYTES
                    ? Map.of()
                    : of(MetricsJson.fromJson(InputFiles.readString(file)), lineage);
        } catch (IOException | DataException e) {
            LOG.warn("{} cannot be read, and is left out: {}", FILE, Reason.of(e));
            return Map.of();
        }
    }

    private static Map<String, Double> of(ExperimentResult run, Lineage lineage) {
        List<StrategyResult.Score> scores = run.results().stream()
                .filter(result -> result.description().strategy().equals(lineage.strategy()))
                .map(StrategyResult::score)
                .toList();
        // A bundle that came from elsewhere, or was changed since, is not what the run measured.
        boolean same = run.seed() == lineage.seed() && run.seeds() == 1 && scores.size() == 1;
        // By the name that it has in the run's own file.
        String name = run.target() == null || run.target().task() == null ? "testAccuracy" : "testScore";
        return same && Double.isFinite(scores.get(0).testAccuracy())
                ? Map.of(name, scores.get(0).testAccuracy())
                : Map.of();
    }
}
