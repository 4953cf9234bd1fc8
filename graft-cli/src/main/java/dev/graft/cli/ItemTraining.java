package dev.graft.cli;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Backbones;
import dev.graft.data.ColumnKind;
import dev.graft.data.LabeledItems;
import dev.graft.data.Tokenization;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.head.Fusion;
import dev.graft.image.Augmentation;
import dev.graft.reading.ItemColumns;
import dev.graft.selection.Auto;
import dev.graft.strategy.Frozen;
import dev.graft.training.Branch;
import dev.graft.training.MultimodalLearning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays out a network of several branches as the options of {@code graft fit} describe it. */
final class ItemTraining {
    /** The name of the fusion that is used if no other is asked for. */
    static final String USUAL_FUSION = "concatenation";

    private static final String FEATURE_EXTRACTION = "feature-extraction";
    private static final String FINE_TUNING = "fine-tuning";

    private ItemTraining() {}

    /**
     * The branches, in the order of pictures, texts, numbers and categories.
     *
     * @param backbones the source models that were named; each goes to the next column that it can take
     * @param strategy how far they are frozen
     */
    static List<Branch> branches(ItemColumns columns, BackboneOptions backbones, String strategy, LabeledItems items) {
        List<Backbone> sources =
                new ArrayList<>(backbones.names().stream().map(Backbones::load).toList());
        if (columns.texts().isEmpty()) {
            backbones.requireNoLimit();
        }
        List<Branch> branches = new ArrayList<>();
        for (String column : columns.images()) {
            branches.add(Branch.image(column, next(sources, false, "cifar-resnet")));
        }
        for (String column : columns.texts()) {
            Backbone source = next(sources, true, Backbones.usual(items.texts(column)));
            branches.add(Branch.text(column, backbones.limited(source)));
        }
        if (!sources.isEmpty()) {
            throw new SettingsException(Problem.of("There are more source models than columns for them.")
                    .expected("one for each column of images and of texts")
                    .found(String.join(", ", backbones.names()))
                    .fix("leave out " + sources.get(0).id() + ", or name a column for it"));
        }
        List<Branch> extended = new ArrayList<>(
                branches.stream().map(branch -> extended(branch, strategy)).toList());
        requireUsed(strategy, branches);
        if (!columns.numbers().isEmpty()) {
            extended.add(Branch.numbers(columns.numbers().toArray(String[]::new)));
        }
        if (!columns.categories().isEmpty()) {
            extended.add(Branch.categories(columns.categories().toArray(String[]::new)));
        }
        return extended;
    }

    private static Backbone next(List<Backbone> sources, boolean texts, String usual) {
        for (Backbone source : sources) {
            if (source.architecture().preparation() instanceof Tokenization == texts) {
                sources.remove(source);
                return source;
            }
        }
        return Backbones.load(usual);
    }

    /** As far trained as the strategy says: not at all, all of it, or one branch from a stage on. */
    private static Branch extended(Branch branch, String strategy) {
        if (strategy.equals(FINE_TUNING) || strategy.equals("lp-ft") || strategy.equals(one(branch))) {
            return branch.trained();
        }
        return strategy.startsWith(one(branch) + "/")
                ? branch.trainedFrom(strategy.substring(one(branch).length() + 1))
                : branch;
    }

    private static String one(Branch branch) {
        return FINE_TUNING + "@" + branch.name();
    }

    private static void requireUsed(String strategy, List<Branch> branches) {
        boolean named = branches.stream()
                .anyMatch(branch -> strategy.equals(one(branch)) || strategy.startsWith(one(branch) + "/"));
        if (!named
                && !List.of(Auto.NAME, FEATURE_EXTRACTION, FINE_TUNING, "lp-ft").contains(strategy)) {
            throw new SettingsException(Problem.of("There is no such strategy for items of several parts.")
                    .expected("feature-extraction, which auto means here; fine-tuning, fine-tuning@column or"
                            + " fine-tuning@column/stage; lp-ft")
                    .found(strategy)
                    .fix("choose one of these; the columns of images and texts are "
                            + branches.stream().map(Branch::name).toList()));
        }
    }

    static Fusion fusion(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case USUAL_FUSION -> Fusion.concatenation();
            case "gated" -> Fusion.gated();
            default ->
                throw new SettingsException(Problem.of("There is no fusion '" + name + "'.")
                        .expected("concatenation or gated")
                        .found(name));
        };
    }

    /** The strategy's name in the results. */
    static String name(String strategy) {
        return strategy.equals(Auto.NAME) ? FEATURE_EXTRACTION : strategy;
    }

    /** With the epochs for the head alone, where the strategy has them. */
    static MultimodalLearning headFirst(MultimodalLearning learning, String strategy, int epochs) {
        return strategy.equals("lp-ft") ? learning.headFirst(epochs) : learning;
    }

    /** The branches that cost little to be trained alone as well: their features are computed already. */
    static List<Branch> cheapAlone(List<Branch> branches, Augmentation augmentation) {
        return branches.stream()
                .filter(branch -> branch.extent().equals(Frozen.everything()))
                .filter(branch -> branch.kind() != ColumnKind.IMAGE || augmentation.equals(Augmentation.none()))
                .toList();
    }
}
