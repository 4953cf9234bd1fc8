package dev.graft.cli;

import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TransferResult;
import java.nio.file.Path;

/** A bundle that tells circles from squares, made in a second. */
final class SmallBundle {
    private SmallBundle() {}

    static Path write(Path directory) {
        TransferResult result = NetworkTraining.on(Shapes.draw(200, 7))
                .backbone(Backbones.load("digits-cnn"))
                .strategy(FeatureExtraction.at(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2")))
                .run();
        result.saveBundle(directory);
        return directory;
    }
}
