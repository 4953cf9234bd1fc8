package dev.graft.training;

import dev.graft.backbone.Backbone;
import dev.graft.data.ColumnKind;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.layer.Stage;
import dev.graft.preparation.TextPreparation;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.Strategy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A branch of a network: a backbone on a column of pictures or texts, or columns of numbers or categories as they are. A network
 * of one backbone has a single branch without a name, which takes the examples themselves. Immutable.
 *
 * @param name its own name in the network, which its tensors' names begin with; empty for the only branch
 * @param kind what it takes
 * @param columns the columns that it takes; of pictures and texts one, and none for the only branch
 * @param backbone the source model of a branch of pictures or texts; null for numbers and categories
 * @param cut where its features are taken; null for numbers and categories, and where the strategy says it
 * @param strategy how its backbone is trained; null for the way that is said for the whole network
 */
public record Branch(
        String name,
        ColumnKind kind,
        List<String> columns,
        @Nullable Backbone backbone,
        @Nullable Cut cut,
        @Nullable Strategy strategy) {
    /**
     * Copies and checks.
     *
     * @throws SettingsException if the name cannot begin tensors' names, there is no column, or the source model is missing where
     *     one is needed
     */
    public Branch {
        Required.setting(name, "name of a branch");
        Required.setting(kind, "kind of branch " + name);
        columns = List.copyOf(Required.examples(columns, "column", "branch " + name));
        if ((name.isBlank() && !columns.isEmpty()) || name.indexOf('/') >= 0) {
            throw new SettingsException(Problem.of("A branch's name begins the names of its tensors.")
                    .expected("some characters, and none of them a slash")
                    .found("'" + name + "'")
                    .fix("name the branch with .named(…)"));
        }
        boolean pretrained = kind == ColumnKind.IMAGE || kind == ColumnKind.TEXT;
        boolean counted = pretrained ? columns.size() == (name.isEmpty() ? 0 : 1) : !columns.isEmpty();
        if (pretrained != (backbone != null) || !counted) {
            throw new SettingsException(Problem.of("A branch is not complete.")
                    .where(name)
                    .expected("a column with a source model, or columns of numbers or categories")
                    .found(kind + ", columns " + columns));
        }
    }

    /** The only branch of a network, which takes pictures or texts themselves, cut where its strategy says. */
    public static Branch only(Backbone backbone) {
        boolean texts = Required.setting(backbone, "backbone").architecture().preparation() instanceof TextPreparation;
        return new Branch("", texts ? ColumnKind.TEXT : ColumnKind.IMAGE, List.of(), backbone, null, null);
    }

    /** A backbone on a column of pictures, cut before its classifier. */
    public static Branch image(String column, Backbone backbone) {
        return new Branch(column, ColumnKind.IMAGE, List.of(column), backbone, usualCut(backbone), null);
    }

    /** A backbone on a column of texts, cut where it makes one vector of a text. */
    public static Branch text(String column, Backbone backbone) {
        return new Branch(column, ColumnKind.TEXT, List.of(column), backbone, usualCut(backbone), null);
    }

    /** Columns of numbers, standardised by the training data; what is missing stands at the mean and is marked. */
    public static Branch numbers(String... columns) {
        return new Branch("numbers", ColumnKind.NUMBER, Arrays.asList(columns), null, null, null);
    }

    /** Columns of categories, one-hot, with a place for what is missing or unknown. */
    public static Branch categories(String... columns) {
        return new Branch("categories", ColumnKind.CATEGORY, Arrays.asList(columns), null, null, null);
    }

    /** Returns the branch under another name, such as where two branches take one column. */
    public Branch named(String other) {
        return new Branch(other, kind, columns, backbone, cut, strategy);
    }

    /** Returns the branch with its backbone cut elsewhere. */
    public Branch cut(Cut other) {
        return new Branch(name, kind, columns, backbone, other, strategy);
    }

    /** Returns the branch with its backbone as a fixed extractor: computed once, and kept in the cache. */
    public Branch frozen() {
        return with(FeatureExtraction.defaults());
    }

    /** Returns the branch with its whole backbone fine-tuned. */
    public Branch trained() {
        return with(FineTuning.all());
    }

    /** Returns the branch with its backbone fine-tuned from the named stage on; what comes before is frozen. */
    public Branch trainedFrom(String stage) {
        requireBackbone().architecture().position(stage);
        return with(FineTuning.from(stage));
    }

    /**
     * Returns the branch with a strategy of its own: its phases decide what of the backbone is frozen and at which rates it
     * learns. The cut is the branch's.
     */
    public Branch with(Strategy own) {
        requireBackbone();
        return new Branch(name, kind, columns, backbone, cut, Required.setting(own, "strategy"));
    }

    /** Whether it takes columns of items; if not, the examples themselves. */
    public boolean takesColumns() {
        return !columns.isEmpty();
    }

    private Backbone requireBackbone() {
        if (backbone == null) {
            throw new SettingsException(Problem.of("A branch of numbers or categories has nothing to train.")
                    .where(name)
                    .fix("give a strategy to branches of pictures and texts only"));
        }
        return backbone;
    }

    private static Cut usualCut(Backbone backbone) {
        List<Stage> stages =
                Required.setting(backbone, "backbone").architecture().featureStages();
        return Cut.at(stages.get(stages.size() - 1).name());
    }
}
