package dev.graft.bundle;

import dev.graft.backbone.Layer;
import dev.graft.bundle.BundleConfig.HeadConfig;
import dev.graft.bundle.BundleConfig.LayerConfig;
import dev.graft.bundle.MultimodalConfig.BranchConfig;
import dev.graft.data.ColumnKind;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.Manifest;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads and writes networks of several branches, in directories of the same shape as {@link Bundle}'s. What a branch needs
 * beside its weights, such as its tokeniser, is in a folder of its own, {@code branch-1} and so on.
 */
public final class MultimodalBundle {
    private MultimodalBundle() {}

    /**
     * Writes a network.
     *
     * @param overwrite whether a bundle that is there may be replaced; anything else never is
     * @throws SettingsException if the directory is not empty and may not be replaced, or if the network could not be read
     *     again: a branch's architecture is not in the catalogue, or a class name is no Unicode text
     * @throws StorageException if the file system refuses
     */
    public static void write(Path directory, MultimodalModel model, boolean overwrite) {
        Writable.requireText(model.classNames());
        List<BranchConfig> branches = new ArrayList<>();
        List<Map<String, byte[]>> files = new ArrayList<>();
        for (MultimodalModel.Branch branch : model.branches()) {
            boolean pretrained = branch.kind() == ColumnKind.IMAGE || branch.kind() == ColumnKind.TEXT;
            if (pretrained) {
                Writable.require(branch.architecture(), branch.cut());
            }
            BundleNetwork network = pretrained ? BundleNetwork.of(branch.architecture()) : null;
            branches.add(BranchConfig.of(branch, network));
            files.add(network == null ? Map.of() : network.files());
        }
        Function<String, MultimodalConfig> config = weightsSha256 -> new MultimodalConfig(
                BundleConfig.FORMAT,
                BundleConfig.MULTIMODAL,
                weightsSha256,
                branches,
                model.fusionName(),
                new HeadConfig(
                        model.headName(),
                        model.headLayers().stream().map(LayerConfig::of).toList()),
                model.classNames(),
                model.lineage(),
                BundleConfig.ConfidenceConfig.of(model.confidence()));
        AtomicFiles.writeDirectory(directory, Manifest.Kind.BUNDLE, overwrite, into -> {
            String weightsSha256 = Bundle.writeWeights(into, Bundle.WEIGHTS, model.weights());
            into.write(Bundle.CONFIG, BundleConfig.toJson(config.apply(weightsSha256)));
            for (int i = 0; i < files.size(); i++) {
                for (Map.Entry<String, byte[]> file : files.get(i).entrySet()) {
                    into.write(folder(i) + "/" + file.getKey(), file.getValue());
                }
            }
            into.write(Bundle.LABELS, LabelLines.of(model.classNames()));
            into.write(Bundle.CARD, ModelCard.of(model));
        });
    }

    /**
     * Reads a network.
     *
     * @throws WeightsFileException if it is damaged, altered, newer than this version, or a network of one backbone
     * @throws dev.graft.error.WeightsMismatchException if its weights do not fit
     */
    public static MultimodalModel read(Path directory) {
        byte[] content = Bundle.configBytes(directory);
        if (!BundleConfig.isMultimodal(content)) {
            throw Bundle.wrongKind(directory, "a network of several branches", "something else");
        }
        String file = directory.resolve(Bundle.CONFIG).toString();
        BundleRecord record = BundleRecord.verified(directory, Bundle.CONFIG, Bundle.WEIGHTS);
        MultimodalConfig config = MultimodalConfig.parse(content, file);
        record.requireWeights(Bundle.WEIGHTS, config.weightsSha256());
        LabelLines.requireSame(directory, config.labels());
        return Bundle.understood(directory, () -> {
            List<MultimodalModel.Branch> branches = new ArrayList<>();
            for (int i = 0; i < config.branches().size(); i++) {
                branches.add(config.branches().get(i).toBranch(directory.resolve(folder(i))));
            }
            List<Layer> layers = config.head().layers().stream()
                    .map(layer -> layer.toLayer(file))
                    .toList();
            MultimodalModel.requireLogits(branches, layers, config.labels());
            WeightSet weights = Bundle.weights(
                    directory,
                    config.weightsSha256(),
                    MultimodalModel.parameters(branches, layers),
                    "this network of several branches");
            return new MultimodalModel(
                    branches,
                    config.fusion(),
                    config.head().name(),
                    layers,
                    config.labels(),
                    weights,
                    config.lineage(),
                    config.toConfidence());
        });
    }

    private static String folder(int branch) {
        return "branch-" + (branch + 1);
    }
}
