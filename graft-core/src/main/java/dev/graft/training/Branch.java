package dev.graft.training;

import dev.graft.backbone.Backbone;
import dev.graft.backbone.Stage;
import dev.graft.data.ColumnKind;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.strategy.Frozen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A branch of a larger network: a backbone on a column of pictures or texts, or columns of numbers or categories as they are.
 * Immutable.
 *
 * @param name its own name in the network, which its tensors' names begin with
 * @param kind what its columns hold
 * @param columns the columns that it takes; of pictures and texts one
 * @param backbone the source model of a branch of pictures or texts; null for numbers and categories
 * @param cut where its features are taken; null for numbers and categories
 * @param extent where its frozen part ends
 */
public record Branch(
        String name,
        ColumnKind kind,
        List<String> columns,
        @Nullable Backbone backbone,
        @Nullable Cut cut,
        Frozen extent) {
    /**
     * Copies and checks.
     *
     * @throws SettingsException if the name cannot begin tensors' names, there is no column, or source model and cut are
     *     missing where they are needed
     */
    public Branch {
        columns = List.copyOf(columns);
        if (name.isBlank() || name.indexOf('/') >= 0) {
            throw new SettingsException(Problem.of("A branch's name begins the names of its tensors.")
                    .expected("some characters, and none of them a slash")
                    .found("'" + name + "'")
                    .fix("name the branch with .named(…)"));
        }
        boolean pretrained = kind == ColumnKind.IMAGE || kind == ColumnKind.TEXT;
        boolean complete = pretrained == (backbone != null) && pretrained == (cut != null);
        if (!complete || columns.isEmpty() || (pretrained && columns.size() > 1)) {
            throw new SettingsException(Problem.of("A branch is not complete.")
                    .where(name)
                    .expected("a column with a source model and a cut, or columns of numbers or categories")
                    .found(kind + ", columns " + columns));
        }
    }

    /** A frozen backbone on a column of pictures, cut before its classifier. */
    public static Branch image(String column, Backbone backbone) {
        return new Branch(column, ColumnKind.IMAGE, List.of(column), backbone, usualCut(backbone), Frozen.everything());
    }

    /** A frozen backbone on a column of texts, cut where it makes one vector of a text. */
    public static Branch text(String column, Backbone backbone) {
        return new Branch(column, ColumnKind.TEXT, List.of(column), backbone, usualCut(backbone), Frozen.everything());
    }

    /** Columns of numbers, standardised by the training data; what is missing stands at the mean and is marked. */
    public static Branch numbers(String... columns) {
        return new Branch("numbers", ColumnKind.NUMBER, List.of(columns), null, null, Frozen.everything());
    }

    /** Columns of categories, one-hot, with a place for what is missing or unknown. */
    public static Branch categories(String... columns) {
        return new Branch("categories", ColumnKind.CATEGORY, List.of(columns), null, null, Frozen.everything());
    }

    /** The same under another name, such as where two branches take one column. */
    public Branch named(String other) {
        return new Branch(other, kind, columns, backbone, cut, extent);
    }

    /** The same backbone cut elsewhere. */
    public Branch cut(Cut other) {
        return new Branch(name, kind, columns, backbone, other, extent);
    }

    /** The backbone as a fixed extractor, as it is if nothing else is said: computed once, and kept in the cache. */
    public Branch frozen() {
        return with(Frozen.everything());
    }

    /** The whole backbone is trained with the rest. */
    public Branch trained() {
        return with(Frozen.nothing());
    }

    /** The backbone is trained from the named stage on; what comes before is frozen. */
    public Branch trainedFrom(String stage) {
        if (backbone == null) {
            throw new SettingsException(Problem.of("A branch of numbers or categories has nothing to train.")
                    .where(name)
                    .fix("leave out .trainedFrom(…)"));
        }
        return with(Frozen.before(backbone.architecture(), stage));
    }

    private Branch with(Frozen value) {
        return new Branch(name, kind, columns, backbone, cut, value);
    }

    private static Cut usualCut(Backbone backbone) {
        List<Stage> stages = backbone.architecture().featureStages();
        return Cut.at(stages.get(stages.size() - 1).name());
    }
}
