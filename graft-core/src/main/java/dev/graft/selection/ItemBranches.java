package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledItems;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.preparation.TextPreparation;
import dev.graft.source.Backbones;
import dev.graft.training.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The usual network for items of several parts: a branch for each column of pictures or texts, one for all numbers, one for all categories. */
public final class ItemBranches {
    private ItemBranches() {}

    /**
     * The branches, in the order of pictures, texts, numbers and categories.
     *
     * @param items whose columns they take
     * @param named source models; each goes to the next column that it can take. A column that none is left for gets the usual one
     *     for its pictures or texts
     * @param limit changes the source models of texts, such as how many tokens they take
     * @throws SettingsException if a source model is left over
     */
    public static List<Branch> of(LabeledItems items, List<Backbone> named, UnaryOperator<Backbone> limit) {
        List<Backbone> left = new ArrayList<>(named);
        List<Branch> branches = new ArrayList<>();
        for (String column : items.imageColumns()) {
            branches.add(Branch.image(column, next(left, false, items.images(column))));
        }
        for (String column : items.textColumns()) {
            branches.add(Branch.text(column, limit.apply(next(left, true, items.texts(column)))));
        }
        if (!left.isEmpty()) {
            throw new SettingsException(Problem.of("There are more source models than columns for them.")
                    .expected("one for each column of images and of texts")
                    .found(String.join(", ", named.stream().map(Backbone::id).toList()))
                    .fix("leave out " + left.get(0).id() + ", or name a column for it"));
        }
        if (!items.numberColumns().isEmpty()) {
            branches.add(Branch.numbers(items.numberColumns().toArray(String[]::new)));
        }
        if (!items.categoryColumns().isEmpty()) {
            branches.add(Branch.categories(items.categoryColumns().toArray(String[]::new)));
        }
        return branches;
    }

    private static Backbone next(List<Backbone> left, boolean texts, LabeledExamples column) {
        for (Backbone source : left) {
            if (source.architecture().preparation() instanceof TextPreparation == texts) {
                left.remove(source);
                return source;
            }
        }
        return Backbones.loadUsual(column);
    }
}
