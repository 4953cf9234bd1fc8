package dev.graft.spark;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.RecordedCut;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.selection.Budget;
import dev.graft.selection.FeatureSelection;
import dev.graft.selection.SourceModels;
import dev.graft.selection.TransferTask;
import dev.graft.source.Backbones;
import dev.graft.training.SideBySide;
import dev.graft.update.RecordedFeatures;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Source model and cut, as a sample of the rows chose them, and the sample's features there.
 *
 * @param network the source model as far as the cut, with a head for the classes that is still to be fitted
 * @param sample the rows that were looked at
 * @param rows their features, row after row
 */
@SuppressWarnings("ArrayRecordComponent")
record SampledChoice(TransferModel network, Sample sample, float[] rows) {
    private static final Logger LOG = LoggerFactory.getLogger(SampledChoice.class);
    private static final long SEED = 42;

    /**
     * Chooses as the library does on frozen features, or takes what is named.
     *
     * @param backbone the source model; empty for a choice among those that suit the examples
     * @param stages where features are taken; none for a choice
     * @param most the most features
     */
    static SampledChoice of(Sample sample, String backbone, String[] stages, String pooling, int most) {
        LabeledExamples data = sample.examples();
        List<Backbone> named = backbone.isEmpty() ? List.of() : List.of(Backbones.load(backbone));
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            TransferModel network = stages.length == 0
                    ? chosen(data, named, cache, sample.names())
                    : taken(named, stages, pooling, sample.names());
            TransferModel bounded = bounded(network, most);
            LOG.info(
                    "{} of {} at {} ({}): {} features",
                    stages.length == 0 ? "chosen" : "taken",
                    bounded.lineage().backbone(),
                    bounded.cut().stageNames(),
                    bounded.cut().poolingLabel(),
                    bounded.branches().get(0).features());
            return new SampledChoice(bounded, sample, RecordedFeatures.of(bounded, bounded.cut(), data, cache));
        }
    }

    private static TransferModel chosen(
            LabeledExamples data, List<Backbone> named, FeatureCache cache, List<String> names) {
        FeatureSelection.Selected selected = FeatureSelection.run(new TransferTask(
                SourceModels.suited(data, named),
                data,
                null,
                TrainingSettings.defaults().withSeed(SEED),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                cache,
                SideBySide.whenNeeded(),
                () -> Thread.currentThread().isInterrupted(),
                LOG::debug,
                Budget.unlimited(),
                0));
        TransferModel model = selected.trained().model();
        return CutNetwork.of(model.branches().get(0), model.weights(), names, model.lineage());
    }

    private static TransferModel taken(List<Backbone> named, String[] stages, String pooling, List<String> names) {
        if (named.isEmpty()) {
            throw new SettingsException(Problem.of("Stages are those of a source model.")
                    .expected("a source model beside the stages")
                    .found(String.join(", ", stages))
                    .fix("call setBackbone, or leave the stages out to have both chosen"));
        }
        Backbone source = named.get(0);
        TransferModel network = CutNetwork.of(source, CutNetwork.cut(source.architecture(), stages, pooling));
        return CutNetwork.of(network.branches().get(0), network.weights(), names, network.lineage());
    }

    /** Where there are too many features for a covariance, means of the last stages that fit. */
    private static TransferModel bounded(TransferModel network, int most) {
        ModelBranch branch = network.branches().get(0);
        if (branch.features() <= most) {
            return network;
        }
        Cut fewer = RecordedCut.of(network.branches())
                .orElseThrow(
                        () -> new SettingsException(Problem.of("A source model has too many features for a covariance.")
                                .expected("at most " + most)
                                .found(branch.features())
                                .fix("choose the head 'logistic', or other stages")))
                .get(0);
        LOG.info("{} features are too many for a covariance: taken at {}", branch.features(), fewer.stageNames());
        Lineage lineage = network.lineage();
        WeightSet weights = network.weights();
        return CutNetwork.of(ModelBranch.only(branch.architecture(), fewer), weights, network.classNames(), lineage);
    }

    int width() {
        return network.branches().get(0).features();
    }
}
