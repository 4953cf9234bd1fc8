package dev.graft.teaching;

import dev.graft.backbone.Backbone;
import dev.graft.curation.Embeddings;
import dev.graft.curation.NearestNeighbors;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.evaluation.Calibration;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.UnknownInputs;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.model.ClassRecord;
import dev.graft.model.Confidence;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.Interval;
import dev.graft.result.SelectionResult;
import dev.graft.selection.Budget;
import dev.graft.selection.FeatureSelection;
import dev.graft.selection.Probes;
import dev.graft.selection.SourceModels;
import dev.graft.selection.TransferTask;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.teaching.Teaching.Snapshot;
import dev.graft.teaching.Teaching.Taught;
import dev.graft.training.FeatureExtractor;
import dev.graft.training.SideBySide;
import dev.graft.update.RecordedFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What is computed of examples: their features when they come, heads on the features of all, and which of them others are like. */
final class Lessons {
    private static final long SEED = 42;
    private static final int MOST_DOUBTS = 12;

    private final Backbone backbone;
    private final FeatureCache cache;
    private final List<Cut> cuts;

    Lessons(Backbone backbone, FeatureCache cache) {
        this.backbone = backbone;
        this.cache = cache;
        List<Cut> wanted = new ArrayList<>(FeatureSelection.cuts(backbone.architecture()));
        wanted.add(FeatureExtraction.usualCut(backbone.architecture()));
        // What records of classes are made of, so that a lesson need not run the network again.
        wanted.add(new Cut(Probes.stages(backbone.architecture()), Pooling.MEAN_MAX_STD));
        this.cuts = wanted.stream().distinct().toList();
    }

    /** Computes the features of new examples, at every cut that a lesson looks at. */
    void compute(LabeledExamples data) {
        FeatureExtractor.extract(backbone, cuts, data, cache);
    }

    Lesson learn(Snapshot snapshot, BooleanSupplier stop) {
        long start = System.nanoTime();
        List<String> classNames = List.copyOf(snapshot.classes().keySet());
        Together together = together(snapshot, classNames);
        FeatureSelection.Selected selected = FeatureSelection.run(new TransferTask(
                SourceModels.of(List.of(backbone)),
                together.data(),
                null,
                TrainingSettings.defaults().withSeed(SEED),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                cache,
                SideBySide.whenNeeded(),
                stop,
                said -> {},
                Budget.unlimited(),
                0));
        Evaluation outOfFold = selected.outOfFold();
        int[] counts = snapshot.classes().values().stream().mapToInt(List::size).toArray();
        TransferModel model = selected.trained().model();
        if (outOfFold != null) {
            Calibration calibration = Calibration.fit(outOfFold);
            Evaluation calibrated = calibration.apply(outOfFold);
            Double threshold = UnknownInputs.choose(calibrated, UnknownInputs.ALLOWED_SHARE);
            model = model.withConfidence(new Confidence(calibration.temperature(), threshold));
            if (Arrays.stream(counts).min().orElseThrow() >= Lesson.FEWEST_OF_CLASS) {
                model = model.withRecord(
                        RecordedFeatures.withRule(model, together.data(), cache, calibrated.probabilities())
                                .orElse(null));
            }
        }
        SelectionResult selection = selected.selection();
        Double accuracy = selection.promised();
        Interval interval = selection.interval();
        double guessing = Arrays.stream(counts).max().orElseThrow()
                / (double) together.data().size();
        return new Lesson(
                snapshot.revision(),
                model,
                together.data(),
                counts,
                accuracy,
                interval,
                guessing,
                Lesson.Verdict.of(accuracy, interval, guessing),
                outOfFold == null ? List.of() : doubts(together, outOfFold),
                selection,
                (System.nanoTime() - start) / 1e9);
    }

    /** The network of a lesson with a record of its classes. */
    TransferModel complete(Lesson lesson) {
        ClassRecord known = lesson.model().record();
        return lesson.model()
                .withRecord(RecordedFeatures.record(lesson.model(), lesson.examples(), cache)
                        .map(whole -> known == null ? whole : whole.withUnknown(known.unknown()))
                        .orElse(known));
    }

    /**
     * All examples of a snapshot as one set.
     *
     * @param data the examples, batch after batch
     * @param examples what each of them is
     */
    private record Together(LabeledExamples data, List<Taught> examples) {}

    private Together together(Snapshot snapshot, List<String> classNames) {
        Map<TaughtBatch, List<Taught>> batches = new LinkedHashMap<>();
        Map<Long, Integer> labels = new LinkedHashMap<>();
        for (int label = 0; label < classNames.size(); label++) {
            for (Taught one : snapshot.classes().getOrDefault(classNames.get(label), List.of())) {
                batches.computeIfAbsent(one.batch(), batch -> new ArrayList<>()).add(one);
                labels.put(one.number(), label);
            }
        }
        List<Taught> all = new ArrayList<>();
        List<FeatureCache.Piece> pieces = new ArrayList<>();
        batches.forEach((batch, members) -> {
            int[] places = members.stream().mapToInt(Taught::place).toArray();
            int first = all.size();
            all.addAll(members);
            pieces.add(new FeatureCache.Piece(
                    batch.some(places, cache),
                    IntStream.range(first, all.size()).toArray()));
        });
        int[] ordered = all.stream()
                .mapToInt(one -> labels.getOrDefault(one.number(), 0))
                .toArray();
        List<String> contents =
                all.stream().map(one -> one.batch().contents().get(one.place())).toList();
        boolean texts = batches.keySet().iterator().next().data() instanceof LabeledTexts;
        LabeledExamples data = texts
                ? LabeledTexts.of("taught", classNames, contents, ordered)
                : new TaughtImages("taught", classNames, ordered, contents);
        cache.compose(data.digest(), pieces);
        return new Together(data, all);
    }

    private static List<Lesson.Doubt> doubts(Together together, Evaluation outOfFold) {
        List<Lesson.Doubt> doubts = new ArrayList<>();
        List<String> names = outOfFold.classNames();
        for (int i = 0; i < together.examples().size(); i++) {
            float[] row = outOfFold.probabilities()[i];
            int taken = Evaluation.mostProbable(row);
            int label = together.data().label(i);
            if (taken != label) {
                doubts.add(new Lesson.Doubt(
                        together.examples().get(i).number(), names.get(label), names.get(taken), row[taken]));
            }
        }
        return doubts.stream()
                .sorted(Comparator.comparingDouble(Lesson.Doubt::probability).reversed())
                .limit(MOST_DOUBTS)
                .toList();
    }

    List<Teaching.Neighbor> nearest(Snapshot snapshot, LabeledExamples query, int most) {
        if (snapshot.classes().isEmpty()) {
            return List.of();
        }
        List<String> classNames = List.copyOf(snapshot.classes().keySet());
        Together together = together(snapshot, classNames);
        Cut cut = FeatureExtraction.usualCut(backbone.architecture());
        Embeddings examples = embed(FeatureExtractor.extract(backbone, cut, together.data(), cache));
        try (FeatureCache own = FeatureCache.withDefaults()) {
            Embeddings wanted = embed(FeatureExtractor.extract(backbone, cut, query, own));
            return new NearestNeighbors(examples)
                    .of(wanted, most).get(0).stream()
                            .map(one -> new Teaching.Neighbor(
                                    together.examples().get(one.index()).number(),
                                    classNames.get(together.data().label(one.index())),
                                    one.similarity()))
                            .toList();
        }
    }

    private static Embeddings embed(List<Rows> places) {
        int width = places.stream().mapToInt(Rows::width).sum();
        int count = places.get(0).count();
        float[] values = new float[Math.multiplyExact(count, width)];
        for (int i = 0; i < count; i++) {
            int from = i * width;
            for (Rows place : places) {
                place.read(i, values, from);
                from += place.width();
            }
        }
        return Embeddings.of(values, width);
    }
}
