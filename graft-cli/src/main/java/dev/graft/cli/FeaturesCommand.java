package dev.graft.cli;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.training.FeatureExtractor;
import dev.graft.training.FeatureTable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft features}: what a frozen backbone makes of images or texts, as a table for other programs. */
@Command(
        name = "features",
        description =
                "Write a frozen backbone's features of your images or texts to a file, and their labels beside it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft features --backbone cifar-resnet --cut pool --data flowers --out features.npy",
            "  graft features --cut stage2+stage3 --pooling mean+max --data flowers --out features.csv",
            "",
            "Features of more data than one machine should do: GraftFeaturizer, on Apache Spark (docs/scale.md)."
        })
final class FeaturesCommand extends Subcommand {
    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private BackboneOptions backbone = new BackboneOptions();

    @Option(
            names = "--cut",
            paramLabel = "STAGE",
            description = "Where to cut: a stage, or several joined by + (the last before the classifier).")
    private @Nullable String cut;

    @Option(
            names = "--pooling",
            paramLabel = "NAME",
            description = "What is made of feature maps: none, mean, max, mean+max or mean+max+std (mean).")
    private @Nullable String pooling;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "A .npy file, (examples, features) float32, or a .csv file. The labels go to"
                    + " FILE.labels.csv beside it.")
    private Path out = Path.of(".");

    @Option(names = "--overwrite", description = "Replace files that Graft wrote; others never are.")
    private boolean overwrite;

    FeaturesCommand() {}

    private record Written(String file, String labels, String cut, String pooling, int examples, int features) {}

    @Override
    int run() {
        target.refuseItems("features");
        OutputDirectory.requireApart(out, target.inputs(), backbone.inputs());
        OutputDirectory.explained(false, () -> FeatureTable.requireReplaceable(out, overwrite));
        Path labels = FeatureTable.labels(out);
        Backbone source = backbone.load(target);
        Cut at = cut(source.architecture());
        at.features(source.architecture());
        LabeledExamples examples = target.all(console(), source.architecture().preparation());
        int width;
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            List<Rows> parts = FeatureExtractor.extract(source, at, examples, cache);
            width = FeatureTable.write(out, parts, examples, overwrite);
        }
        Written written = new Written(
                out.toString(), labels.toString(), at.stageNames(), at.poolingLabel(), examples.size(), width);
        console()
                .result(
                        written,
                        ResultText.format(
                                "%d %s, %d features each, cut at %s: %s%nLabels: %s",
                                written.examples(),
                                examples instanceof LabeledTexts ? "texts" : "images",
                                written.features(),
                                written.cut(),
                                written.file(),
                                written.labels()));
        return ExitCode.DONE;
    }

    private Cut cut(Architecture architecture) {
        List<String> stages = cut == null
                ? List.of(architecture
                        .featureStages()
                        .get(architecture.featureStages().size() - 1)
                        .name())
                : List.of(cut.split("\\+", -1));
        return new Cut(stages, pooling == null ? Pooling.MEAN : Pooling.named(pooling));
    }
}
