package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.LowRank;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.optimization.TrainingSettings;
import java.util.List;
import java.util.Optional;

/**
 * A strategy under another name in results.
 *
 * @param name the name
 * @param strategy what it does
 */
public record Renamed(String name, Strategy strategy) implements Strategy {
    @Override
    public Cut cut(Architecture architecture) {
        return strategy.cut(architecture);
    }

    @Override
    public Head head(Architecture architecture) {
        return strategy.head(architecture);
    }

    @Override
    public boolean pretrained() {
        return strategy.pretrained();
    }

    @Override
    public TrainingSettings defaultSettings(Architecture architecture, int examples) {
        return strategy.defaultSettings(architecture, examples);
    }

    @Override
    public Optional<LowRank> adapters() {
        return strategy.adapters();
    }

    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        return strategy.phases(architecture, settings);
    }
}
