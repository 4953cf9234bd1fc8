package dev.graft.cli;

import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.Intervals;
import dev.graft.result.Classification;
import dev.graft.result.EpochResult;
import dev.graft.result.GraftVersion;
import dev.graft.result.Interval;
import dev.graft.training.Branch;
import dev.graft.training.MultimodalResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What fitting a network of several branches gave, with the names that {@code metrics.json} has of other results. */
record ItemResult(String command, long seed, String version, Target target, List<Row> results) {
    record Target(String name, List<String> classes, int train, int validation, int test, List<String> warnings) {}

    record Part(
            String name,
            String kind,
            List<String> columns,
            @Nullable String backbone) {}

    record Row(
            String strategy,
            String fusion,
            String head,
            List<Part> branches,
            double testAccuracy,
            double testLoss,
            Interval interval,
            Classification classification,
            int epochs,
            double featureSeconds,
            double trainSeconds,
            long trainableParameters,
            List<EpochResult> history) {}

    static ItemResult of(MultimodalResult result, List<Branch> branches, String strategy, Target target, long seed) {
        Evaluation test = result.test();
        long correct = 0;
        for (boolean hit : test.correct()) {
            correct += hit ? 1 : 0;
        }
        List<Part> parts = branches.stream()
                .map(branch -> new Part(
                        branch.name(),
                        branch.kind().name().toLowerCase(Locale.ROOT),
                        branch.columns(),
                        branch.backbone() == null ? null : branch.backbone().id()))
                .toList();
        Row row = new Row(
                strategy,
                result.model().fusionName(),
                result.model().headName(),
                parts,
                test.accuracy(),
                test.loss(),
                Intervals.wilson(correct, target.test()),
                test.classification(),
                result.history().size(),
                result.featureSeconds(),
                result.trainSeconds(),
                result.trainableParameters(),
                result.history());
        return new ItemResult("fit", seed, GraftVersion.current(), target, List.of(row));
    }

    String text(Path directory) {
        Row row = results.get(0);
        return String.format(
                Locale.ROOT,
                "%s by %s of %d branches: %d classes, %d training, %d validation and %d test items%n%n"
                        + "  test accuracy  %.4f   95%% interval %.4f to %.4f%n  macro F1       %.4f%n%nBundle: %s",
                target.name(),
                row.strategy(),
                row.branches().size(),
                target.classes().size(),
                target.train(),
                target.validation(),
                target.test(),
                row.testAccuracy(),
                row.interval().lower(),
                row.interval().upper(),
                row.classification().macroF1(),
                directory.resolve("bundle"));
    }
}
