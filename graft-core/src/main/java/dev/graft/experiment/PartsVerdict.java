package dev.graft.experiment;

import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.result.Difference;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says whether items' parts together tell more than each part alone. */
final class PartsVerdict {
    private PartsVerdict() {}

    /**
     * A network, and what it says of the test data.
     *
     * @param strategy the name of its row
     * @param parts the parts that it takes
     * @param test the measurements on the test data
     */
    record Measured(String strategy, List<String> parts, Evaluation test) {
        String name() {
            return String.join(" and ", parts);
        }

        double accuracy() {
            return test.score();
        }
    }

    static Verdict write(Measured together, List<Measured> alone, TargetTask target) {
        if (alone.isEmpty()) {
            return verdict(
                    together.strategy(),
                    String.format(
                            Locale.ROOT,
                            "%s reaches %.3f on the test data with %d training examples.",
                            together.strategy(),
                            together.accuracy(),
                            target.train()));
        }
        Measured best = alone.stream()
                .max(Comparator.comparingDouble(Measured::accuracy))
                .orElseThrow();
        Difference lead = TargetMeasures.difference(together.test(), best.test());
        String accuracies = alone.stream()
                .map(one -> String.format(Locale.ROOT, "%s alone %.3f", one.name(), one.accuracy()))
                .collect(Collectors.joining(", "));
        boolean worse = lead.mean() < 0;
        return verdict(
                worse ? best.strategy() : together.strategy(),
                String.format(
                        Locale.ROOT,
                        "%s, together %.3f on %d test examples with %d training examples. %s",
                        accuracies,
                        together.accuracy(),
                        target.test(),
                        target.train(),
                        conclusion(best.name(), alone.size(), lead) + unmeasured(together, alone)));
    }

    private static String unmeasured(Measured together, List<Measured> alone) {
        List<String> names = new ArrayList<>(together.parts());
        alone.forEach(one -> names.removeAll(one.parts()));
        return names.isEmpty() ? "" : " Not measured alone: " + String.join(", ", names) + ".";
    }

    private static String conclusion(String best, int count, Difference lead) {
        String measured = String.format(
                Locale.ROOT,
                "%.1f points (95%% interval %+.1f to %+.1f)",
                Math.abs(100 * lead.mean()),
                100 * lead.interval().lower(),
                100 * lead.interval().upper());
        if (lead.interval().lower() > 0) {
            return "The parts together beat " + best + " alone" + (count > 1 ? ", the best of these," : "") + " by "
                    + measured + ".";
        }
        if (lead.interval().upper() < 0) {
            return "The parts together fall behind " + best + " alone by " + measured
                    + ": leave out what does not help.";
        }
        return "That the parts together are better than " + best + " alone is not shown: they differ by " + measured
                + ".";
    }

    private static Verdict verdict(String recommended, String because) {
        return new Verdict(recommended, List.of(), because, List.of());
    }
}
