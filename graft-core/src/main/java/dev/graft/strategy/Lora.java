package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.LowRank;
import dev.graft.backbone.LowRank.Projection;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.layer.Adapter;
import dev.graft.optimization.TrainingSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Low-rank adaptation: the backbone stays as it is, and beside each dense projection a product of two thin matrices is
 * trained, one or two values in a hundred (Hu et al. 2021, arXiv 2106.09685). In the result the products are part of the
 * weights.
 *
 * @param lowRank what is adapted, and how
 * @param headRate the head's learning rate as a multiple of the settings', above 0
 */
public record Lora(LowRank lowRank, double headRate) implements Strategy {
    /** The name in results. */
    public static final String NAME = "lora";

    /** Checks the range. */
    public Lora {
        Required.setting(lowRank, "low-rank adaptation");
        if (!(headRate > 0) || Double.isInfinite(headRate)) {
            throw new SettingsException(Problem.of("The head's multiple of the learning rate must be above 0.")
                    .found(headRate));
        }
    }

    /** Rank 8 and alpha 16 without dropout, on attention and feed-forward layers. */
    public static Lora defaults() {
        return of(8, 16);
    }

    /** Adapters of some rank and alpha, without dropout, on attention and feed-forward layers. */
    public static Lora of(int rank, double alpha) {
        return new Lora(new LowRank(new Adapter(rank, (float) alpha, 0f), EnumSet.allOf(Projection.class)), 1);
    }

    /** Returns a copy with dropout before the adapters, 0 to below 1. */
    public Lora withDropout(double rate) {
        Adapter adapter = lowRank.adapter();
        return new Lora(
                new LowRank(new Adapter(adapter.rank(), adapter.alpha(), (float) rate), lowRank.projections()),
                headRate);
    }

    /** Returns a copy that adapts these projections only. */
    public Lora on(Projection first, Projection... others) {
        Set<Projection> chosen = EnumSet.of(first, others);
        return new Lora(new LowRank(lowRank.adapter(), chosen), headRate);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<LowRank> adapters() {
        return Optional.of(lowRank);
    }

    /** Adapters start at nothing and bear a larger rate than pretrained weights: 1e-3 for texts. */
    @Override
    public TrainingSettings defaultSettings(Architecture architecture, int examples) {
        return Strategy.super.defaultSettings(architecture, examples).withLearningRate(1e-3);
    }

    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        double rate = settings.learningRate();
        return List.of(new Phase(
                NAME,
                Frozen.nothing(),
                settings.epochs(),
                new LearningRates(rate * headRate, rate, 1),
                settings.schedule()));
    }
}
