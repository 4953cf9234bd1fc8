package dev.graft.update;

import dev.graft.data.LabeledExamples;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.UnknownInputs;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.model.ClassRecord;
import dev.graft.model.ModelBranch;
import dev.graft.model.RecordedCut;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.ClassStatistics;
import dev.graft.statistics.UnknownRule;
import dev.graft.targets.TargetKind;
import dev.graft.training.FeatureExtractor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The features that a record of classes is made of, through a cache, and the record of examples that are all learned from. */
public final class RecordedFeatures {
    private RecordedFeatures() {}

    /**
     * The features of some examples at a record's cut, row after row, (examples, features). Where they were computed before, as by probes
     * and choices, the examples are not looked at.
     *
     * @param model of one backbone
     * @param cut where the record takes features
     */
    public static float[] of(TransferModel model, Cut cut, LabeledExamples data, FeatureCache cache) {
        ModelBranch branch = model.branches().get(0);
        // Probes pool every stage so: their rows begin with the means.
        Cut pooled =
                new Cut(cut.places().stream().map(Cut.Place::stage).distinct().toList(), Pooling.MEAN_MAX_STD);
        boolean means = cut.isPooledBy(Pooling.MEAN);
        List<Rows> places = FeatureExtractor.extract(
                        branch.architecture(),
                        model.weights(),
                        branch.architecture().id(),
                        List.of(means ? pooled : cut),
                        data,
                        cache)
                .get(0);
        List<Integer> widths = cut.ordered(branch.architecture()).stream()
                .map(place -> place.pooling().features(branch.architecture().outputShape(place.stage())))
                .toList();
        int width = widths.stream().mapToInt(Integer::intValue).sum();
        float[] rows = new float[Math.multiplyExact(data.size(), width)];
        int from = 0;
        for (int place = 0; place < widths.size(); place++) {
            Rows source = places.get(place);
            float[] row = new float[source.width()];
            for (int i = 0; i < data.size(); i++) {
                source.read(i, row, 0);
                System.arraycopy(row, 0, rows, i * width + from, widths.get(place));
            }
            from += widths.get(place);
        }
        return rows;
    }

    /**
     * The features of some examples at cuts of a network's branches, row after row, (examples, features), branch after branch. The
     * network runs once for each example.
     *
     * @param cuts one for each branch, at stages that it runs
     */
    public static float[] of(TransferModel model, List<Cut> cuts, LabeledExamples data) {
        int width = 0;
        for (int i = 0; i < cuts.size(); i++) {
            width += cuts.get(i).features(model.branches().get(i).architecture());
        }
        TargetKind kind = model.kind();
        int targets = ClassRecords.targets(kind);
        ClassStatistics none = ClassStatistics.of(
                new float[0],
                width + targets,
                new int[0],
                targets > 0 ? 1 : kind.names().size());
        ClassRecord observed = new ClassRecord(cuts, none, targets, ClassDistances.SHRINKAGE, 1, null, null);
        try (Classifier classifier = new Classifier(model.withRecord(observed))) {
            return classifier.recordedFeatures(data);
        }
    }

    /**
     * A record of all examples that a network of one backbone has learned from, without any that were held out.
     *
     * @return none if the network has too many features for one, no class has two examples, or they do not differ
     */
    public static Optional<ClassRecord> record(TransferModel model, LabeledExamples data, FeatureCache cache) {
        return seen(model, data, cache).map(seen -> {
            DiscriminantStrength strength = DiscriminantStrength.byHalves(
                    seen.rows(), seen.labels(), seen.statistics().classes(), seen.blocks(model));
            return seen.record(strength.shrinkage(), strength.temperature(), null);
        });
    }

    /**
     * A record of all examples that a network of one backbone has learned from, with a rule for unknown ones. No example was held out:
     * the rule is chosen by how far the examples are from the classes of the others, and by what was said of them by heads that had
     * not learned from them. It refuses at most {@link UnknownInputs#ALLOWED_SHARE} of these.
     *
     * @param answers the calibrated probabilities of each example, by heads that have not learned from it, (examples, classes)
     * @return none if there are too few examples for a rule, or none for a record
     */
    public static Optional<ClassRecord> withRule(
            TransferModel model, LabeledExamples data, FeatureCache cache, float[][] answers) {
        return seen(model, data, cache).flatMap(seen -> {
            List<Distance> distances = HeldInTurn.distances(
                    seen.rows(), seen.labels(), seen.statistics().classes(), seen.blocks(model));
            double[] confidences = Arrays.stream(answers)
                    .mapToDouble(row -> row[Evaluation.mostProbable(row)])
                    .toArray();
            UnknownRule rule = UnknownRule.choose(distances, confidences, UnknownInputs.ALLOWED_SHARE);
            return rule == null
                    ? Optional.empty()
                    : Optional.of(seen.record(
                            DiscriminantStrength.UNUSED.shrinkage(), DiscriminantStrength.UNUSED.temperature(), rule));
        });
    }

    /** Features of examples at a record's cut, and what is known of their classes. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Seen(List<Cut> cuts, float[] rows, int[] labels, ClassStatistics statistics) {
        ClassRecord record(double shrinkage, double temperature, @Nullable UnknownRule rule) {
            return new ClassRecord(cuts, statistics, shrinkage, temperature, null, rule);
        }

        List<Integer> blocks(TransferModel model) {
            return record(ClassDistances.SHRINKAGE, 1, null).blocks(model.branches());
        }
    }

    private static Optional<Seen> seen(TransferModel model, LabeledExamples data, FeatureCache cache) {
        Optional<List<Cut>> cuts = RecordedCut.of(model.branches());
        int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
        int classes = data.classNames().size();
        long[] counts = new long[classes];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        if (cuts.isEmpty() || Arrays.stream(counts).noneMatch(count -> count > 1)) {
            return Optional.empty();
        }
        float[] rows = of(model, cuts.get().get(0), data, cache);
        ClassStatistics statistics = ClassStatistics.of(rows, rows.length / labels.length, labels, classes);
        return statistics.varies() ? Optional.of(new Seen(cuts.get(), rows, labels, statistics)) : Optional.empty();
    }
}
