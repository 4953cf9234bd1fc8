package dev.graft.update;

import dev.graft.data.LabeledExamples;
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
import dev.graft.statistics.ClassStatistics;
import dev.graft.targets.TargetKind;
import dev.graft.training.FeatureExtractor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
        if (!statistics.varies()) {
            return Optional.empty();
        }
        ClassRecord plain = new ClassRecord(cuts.get(), statistics, ClassDistances.SHRINKAGE, 1, null, null);
        DiscriminantStrength strength =
                DiscriminantStrength.byHalves(rows, labels, classes, plain.blocks(model.branches()));
        return Optional.of(
                new ClassRecord(cuts.get(), statistics, strength.shrinkage(), strength.temperature(), null, null));
    }
}
