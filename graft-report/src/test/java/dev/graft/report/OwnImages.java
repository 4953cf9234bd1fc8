package dev.graft.report;

import dev.graft.data.Image;
import dev.graft.evaluation.Confidences;
import dev.graft.evaluation.Evaluation;
import dev.graft.result.ClassBalance;
import dev.graft.result.ExperimentResult;
import dev.graft.result.PredictionResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** One strategy on somebody's own images, with drawn predictions that are surer than they should be. */
final class OwnImages {
    private static final List<String> FLOWERS = List.of("向日葵", "rose", "郁金香", "a rather long name of a dandelion");
    private static final int TEST = 400;

    private OwnImages() {}

    static ExperimentResult experiment(int classes) {
        ExperimentResult base = ExampleExperiment.shapes();
        List<String> names = names(classes);
        Evaluation test = draw(TEST, names, 3);
        StrategyResult row = base.results().get(0);
        List<PredictionResult> gallery = IntStream.range(0, 8)
                .mapToObj(i -> new PredictionResult(i, test.truth()[i], test.predicted()[i], 0.75))
                .toList();
        StrategyResult own = Variations.measured(row, test, gallery);
        Confidences confidences = Confidences.measure(
                draw(200, names, 2), test, 0.05, index -> names.get(test.truth()[index]) + "/照片-" + index + ".jpg");
        List<ClassBalance> balance = IntStream.range(0, classes)
                .mapToObj(label -> new ClassBalance(names.get(label), 40 + label * 37 % 101, 7, 12))
                .toList();
        TargetTask target = new TargetTask("flowers", names, 1000, 200, TEST, 0, ExampleExperiment.DIGEST)
                .withBalance(balance)
                .withWarnings(List.of(
                        "2 files could not be read and were passed over: rose/broken.jpg, rose/空.png.",
                        "The largest class has 3 times the examples of the smallest."));
        Verdict verdict = new Verdict(row.strategy(), List.of(), "The only strategy that was asked for.", List.of());
        return Variations.with(base, target, List.of(confidences.in(own)), List.of(), verdict);
    }

    /** The same row where there was nothing to calibrate on. */
    static StrategyResult uncalibrated(StrategyResult row) {
        return Confidences.measure(null, draw(TEST, FLOWERS, 3), 0.05, index -> null)
                .in(row);
    }

    static ReportPictures pictures(int classes) {
        Random random = new Random(7);
        List<LabeledPicture> samples = new ArrayList<>();
        Map<Integer, Image> tests = new HashMap<>();
        for (int i = 0; i < TEST; i++) {
            tests.put(i, i % 2 == 0 ? Drawings.square(random) : Drawings.gradient(40, 60));
        }
        for (int label = 0; label < Math.min(8, classes); label++) {
            samples.add(new LabeledPicture(Drawings.disc(random), names(classes).get(label)));
        }
        return new ReportPictures(List.of(), samples, tests);
    }

    private static List<String> names(int classes) {
        return IntStream.range(0, classes)
                .mapToObj(
                        label -> label < FLOWERS.size() ? FLOWERS.get(label) : "flower " + Integer.toString(label, 36))
                .toList();
    }

    private static Evaluation draw(int examples, List<String> names, long seed) {
        Random random = new Random(seed);
        float[][] rows = new float[examples][names.size()];
        int[] truth = new int[examples];
        for (int i = 0; i < examples; i++) {
            truth[i] = random.nextInt(names.size());
            float sum = 0;
            for (int c = 0; c < names.size(); c++) {
                double logit = 2.2 * random.nextGaussian() + (c == truth[i] ? 5 + names.size() * 0.04 : 0);
                rows[i][c] = (float) Math.exp(1.6 * logit);
                sum += rows[i][c];
            }
            for (int c = 0; c < names.size(); c++) {
                rows[i][c] /= sum;
            }
        }
        return new Evaluation(rows, truth, names);
    }
}
