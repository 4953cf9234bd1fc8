package dev.graft.experiment;

import dev.graft.engine.Machine;
import dev.graft.evaluation.Calibration;
import dev.graft.evaluation.Confidences;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.LabelThresholds;
import dev.graft.evaluation.UnknownInputs;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.feature.FeatureCache;
import dev.graft.model.ClassRecord;
import dev.graft.model.Confidence;
import dev.graft.result.ExperimentResult;
import dev.graft.result.GraftVersion;
import dev.graft.result.ProbeResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.SelectionResult;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import dev.graft.selection.Approach;
import dev.graft.selection.Budget;
import dev.graft.targets.Decision;
import dev.graft.targets.NumberErrors;
import dev.graft.targets.Numbers;
import dev.graft.training.TransferResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the outcome of {@link Fit} from a network that was trained and judged. */
final class OutcomeWriter {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeWriter.class);

    private final String name;
    private final long seed;
    private final Approach.Transferred transferred;
    private final Judged judged;
    private final FeatureCache cache;
    private final Budget budget;

    /**
     * Before anything is written.
     *
     * @param approach the approach's name
     */
    OutcomeWriter(
            String approach,
            long seed,
            Approach.Transferred transferred,
            Judged judged,
            FeatureCache cache,
            Budget budget) {
        this.name = transferred.branches().size() > 1 ? approach + ": together" : approach;
        this.seed = seed;
        this.transferred = transferred;
        this.judged = judged;
        this.cache = cache;
        this.budget = budget;
    }

    Fit.Outcome write(List<Parts.Alone> alone, List<ProbeResult> probes) {
        TransferResult trained = transferred.result();
        TargetData data = judged.data();
        if (!data.train().kind().isOneOfNames()) {
            return writeAnswers(alone, probes);
        }
        Measurement row = row(judged.test());
        Confidences byConfidence = Confidences.measure(
                judged.validation(), judged.test(), UnknownInputs.ALLOWED_SHARE, data.test()::caption);
        ClassRecorder.Recorded recorded = ClassRecorder.record(
                trained,
                judged,
                new Calibration(byConfidence.temperature(), 0, ""),
                byConfidence.unknown(),
                cache,
                budget,
                seed);
        Confidences confidences = recorded == null || recorded.unknown() == null
                ? byConfidence
                : byConfidence.withUnknown(recorded.unknown());
        StrategyResult first = confidences.in(ResultRows.of(List.of(row), List.of(row), row.samples(), Fit.GALLERY));
        Confidence confidence = new Confidence(confidences.temperature(), confidences.threshold());
        return outcome(row, first, alone, probes, confidence, recorded == null ? null : recorded.record());
    }

    private Measurement row(Evaluation test) {
        return new Measurement(
                seed, judged.data().train().size(), name, test, test, transferred.result(), transferred.selection());
    }

    /** Of several labels and numbers: thresholds of labels and errors of numbers in place of calibration. */
    private Fit.Outcome writeAnswers(List<Parts.Alone> alone, List<ProbeResult> probes) {
        Evaluation validation = judged.validation();
        Decision decision = LabelThresholds.choose(validation);
        NumberErrors errors = validation == null || !(validation.kind() instanceof Numbers)
                ? null
                : NumberErrors.of(validation.answers(), validation.targets());
        Evaluation test = judged.test().withDecision(decision);
        Measurement row = row(test);
        StrategyResult plain = ResultRows.of(List.of(row), List.of(row), row.samples(), Fit.GALLERY);
        StrategyResult first = plain.withFirstSeed(new StrategyResult.FirstSeed(
                plain.summary(),
                plain.history(),
                plain.classification(),
                plain.gallery(),
                TargetResults.of(test, plain.interval(), errors)));
        ClassRecorder.Recorded recorded = ClassRecorder.record(
                transferred.result(), judged, new Calibration(1, 0, ""), null, cache, budget, seed);
        return outcome(
                row,
                first,
                alone,
                probes,
                Confidence.RAW.withDecision(decision).withErrors(errors),
                recorded == null ? null : recorded.record());
    }

    private Fit.Outcome outcome(
            Measurement row,
            StrategyResult first,
            List<Parts.Alone> alone,
            List<ProbeResult> probes,
            Confidence confidence,
            @Nullable ClassRecord record) {
        TransferResult trained = transferred.result();
        TargetData data = judged.data();
        List<StrategyResult> results = new ArrayList<>(List.of(first));
        alone.forEach(part -> results.add(part.row()));
        ReportPictures pictures = HeatMaps.on(
                ReportSamples.pictures(List.of(), data, results),
                data.test(),
                List.of(first),
                Map.of(first.strategy(), trained.model()),
                budget);
        TargetTask target = Comparison.describe(data).withBalance(Fit.balance(data));
        Verdict verdict = transferred.branches().get(0).takesColumns()
                ? PartsVerdict.write(
                        Parts.measured(row, transferred),
                        alone.stream().map(Parts.Alone::measured).toList(),
                        target)
                : VerdictWriter.write(List.of(first), List.of(), probes, target);
        results.set(0, noted(first));
        ExperimentResult experiment = new ExperimentResult(
                "fit",
                seed,
                1,
                GraftVersion.current(),
                Machine.describe(),
                Sources.describe(transferred.branches()),
                target,
                results,
                List.of(),
                List.of(),
                verdict,
                budget.elapsed());
        return new Fit.Outcome(
                experiment,
                pictures,
                trained.model().withConfidence(confidence).withRecord(record),
                trained.hasAdapters() ? trained.adapters().withConfidence(confidence) : null,
                trained.settings());
    }

    /** The row with what was left out for the budget, which is said once, in one line. */
    private StrategyResult noted(StrategyResult row) {
        SelectionResult selection = row.selection();
        List<String> leftOut = budget.leftOut();
        if (leftOut.isEmpty()) {
            return row;
        }
        LOG.warn("left out for the budget: {}", String.join("; ", leftOut));
        return selection == null
                ? row
                : row.withSelection(selection.withSkipped(leftOut.stream()
                        .map(what -> what + ": would not have fitted into the budget")
                        .toList()));
    }
}
