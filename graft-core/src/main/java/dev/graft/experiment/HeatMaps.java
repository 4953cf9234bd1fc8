package dev.graft.experiment;

import dev.graft.data.Image;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.error.GraftException;
import dev.graft.evidence.EvidenceMap;
import dev.graft.evidence.EvidenceMethod;
import dev.graft.evidence.HeatMap;
import dev.graft.image.Preprocessing;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.result.ReportPictures;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetResult;
import dev.graft.selection.Budget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows on the pictures of a report where the networks looked. */
final class HeatMaps {
    /** The most in a report, which has to stay small enough to be sent. */
    private static final int MOST = 60;

    private static final int LONGEST_SIDE = 96;

    /** Occlusion runs a network some 170 times: it has time for as many pictures as have so many values together. */
    private static final int OCCLUDED_VALUES = 400_000;

    private static final Logger LOG = LoggerFactory.getLogger(HeatMaps.class);

    private HeatMaps() {}

    /**
     * Adds the heat maps of the predicted classes: the surest mistakes first, then the gallery, as many of each strategy; of several
     * labels, numbers and grades those of the largest errors.
     *
     * @param tested the test examples, whose pictures are shown smaller than they are
     * @param models the networks by the strategies' names
     */
    static ReportPictures on(
            ReportPictures pictures,
            LabeledExamples tested,
            List<StrategyResult> results,
            Map<String, TransferModel> models) {
        return on(pictures, tested, results, models, Budget.unlimited());
    }

    /** Adds as many of them as a budget has time for. */
    static ReportPictures on(
            ReportPictures pictures,
            LabeledExamples tested,
            List<StrategyResult> results,
            Map<String, TransferModel> models,
            Budget budget) {
        if (!(tested instanceof LabeledImages images)) {
            return pictures;
        }
        Map<String, ReportPictures.HeatMaps> drawn = new HashMap<>();
        for (StrategyResult row : results) {
            TransferModel model = models.get(row.strategy());
            if (model != null && model.architecture().preparation() instanceof Preprocessing) {
                draw(row, model, images, MOST / results.size(), budget)
                        .ifPresent(some -> drawn.put(row.strategy(), some));
            }
        }
        return pictures.withHeatMaps(drawn);
    }

    private static Optional<ReportPictures.HeatMaps> draw(
            StrategyResult row, TransferModel model, LabeledImages images, int most, Budget budget) {
        if (!budget.affords(0, "heat maps")) {
            return Optional.empty();
        }
        try (Classifier classifier = new Classifier(model)) {
            EvidenceMethod method = classifier.evidenceMethod();
            int affordable = method == EvidenceMethod.OCCLUSION
                    ? OCCLUDED_VALUES / model.architecture().preprocessing().elements()
                    : most;
            Map<Integer, Image> drawn = new HashMap<>();
            for (Shown one : shown(row)) {
                if (drawn.size() >= Math.min(most, affordable)) {
                    break;
                }
                if (!budget.affords(0, "heat maps but " + drawn.size())) {
                    break;
                }
                if (!drawn.containsKey(one.index())) {
                    Image image = images.image(one.index());
                    EvidenceMap map = classifier.evidence(image, one.about());
                    drawn.put(one.index(), HeatMap.overlay(image, map, LONGEST_SIDE));
                }
            }
            return Optional.of(new ReportPictures.HeatMaps(method.label(), drawn));
        } catch (GraftException e) {
            // What was trained and measured does not depend on it.
            LOG.warn("the report shows no heat maps of {}: {}", row.strategy(), e.getMessage());
            return Optional.empty();
        }
    }

    /** A test example of the report, and the class, label, grade or number whose evidence is shown. */
    private record Shown(int index, int about) {}

    private static List<Shown> shown(StrategyResult row) {
        TargetResult told = row.told();
        Stream<Shown> worst = told == null
                ? Stream.of()
                : told.worst().stream().map(answer -> new Shown(answer.index(), answer.about()));
        return Stream.concat(
                        worst,
                        Stream.concat(row.topLosses().stream(), row.gallery().stream())
                                .map(one -> new Shown(one.index(), one.predicted())))
                .toList();
    }
}
