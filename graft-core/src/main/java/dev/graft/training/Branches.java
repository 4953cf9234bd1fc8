package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.LowRank;
import dev.graft.backbone.Tabular;
import dev.graft.data.ColumnKind;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledItems;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.preparation.CategoryCoding;
import dev.graft.preparation.NumberScaling;
import dev.graft.preparation.TableCoding;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Makes of what a user said of branches what a run starts from. */
final class Branches {
    private Branches() {}

    /**
     * Lays a branch out.
     *
     * @param usual the strategy of branches that have none of their own
     */
    static SourceBranch of(Branch branch, Strategy usual, LabeledExamples train) {
        Backbone backbone = branch.backbone();
        if (backbone == null) {
            return table(branch, items(train));
        }
        Strategy strategy = branch.strategy() == null ? usual : branch.strategy();
        LowRank adapters = strategy.adapters().orElse(null);
        Architecture architecture = backbone.architecture();
        Cut cut = branch.cut() == null ? strategy.cut(architecture) : branch.cut();
        if (adapters != null && branch.strategy() == null && branch.takesColumns() && !adapters.fits(architecture)) {
            // Another branch carries them; this one stays as it is.
            strategy = FeatureExtraction.at(cut);
            adapters = null;
        }
        return new SourceBranch(
                branch,
                adapters == null ? architecture : adapters.adapt(architecture),
                cut,
                strategy,
                adapters,
                part(branch));
    }

    private static UnaryOperator<LabeledExamples> part(Branch branch) {
        if (!branch.takesColumns()) {
            return whole -> whole;
        }
        String column = branch.columns().get(0);
        return branch.kind() == ColumnKind.IMAGE
                ? whole -> items(whole).images(column)
                : whole -> items(whole).texts(column);
    }

    /** A branch of numbers or categories, with what it needs to know of the training data. */
    private static SourceBranch table(Branch branch, LabeledItems train) {
        TableCoding coding = branch.kind() == ColumnKind.NUMBER
                ? NumberScaling.of(train, branch.columns())
                : CategoryCoding.of(train, branch.columns());
        return new SourceBranch(
                branch, Tabular.architecture(branch.name(), coding), Cut.at(Tabular.VALUES), null, null, whole -> items(
                                whole)
                        .values(branch.columns()));
    }

    /** What a resumed run must have the same. */
    static String mark(SourceBranch source) {
        Branch branch = source.branch();
        Backbone backbone = branch.backbone();
        LowRank adapters = source.adapters();
        String beside = adapters == null
                ? ""
                : " " + Fingerprint.of(adapters.adapter()) + " on " + new TreeSet<>(adapters.projections());
        return branch.kind() + " " + branch.columns()
                + (backbone == null
                        ? ""
                        : " " + backbone.id() + " " + backbone.weights().digest() + " " + Fingerprint.of(source.cut())
                                + beside);
    }

    static LabeledItems items(LabeledExamples data) {
        if (data instanceof LabeledItems items) {
            return items;
        }
        throw new SettingsException(Problem.of("A network of several branches takes items of several parts.")
                .where(data.name())
                .expected("LabeledItems")
                .found(data.getClass().getSimpleName())
                .fix("give validation and test data in the same form as the training data"));
    }

    /** What the user should know of the values: how many are missing, or unknown to the training data. */
    static List<String> remarks(SourceBranch branch, LabeledExamples examples) {
        List<String> remarks = new ArrayList<>();
        if (!(examples instanceof LabeledItems data)) {
            return remarks;
        }
        if (branch.architecture().preparation() instanceof NumberScaling scaling) {
            for (String column : scaling.columns()) {
                int missing = data.size() - data.presentNumbers(column).length;
                if (missing > 0) {
                    remarks.add(missing + " of " + data.size() + " numbers in column '" + column
                            + "' are missing: the mean of the training data stands for them, and they are marked");
                }
            }
        } else if (branch.architecture().preparation() instanceof CategoryCoding coding) {
            for (int i = 0; i < coding.columns().size(); i++) {
                String column = coding.columns().get(i);
                List<String> known = coding.values().get(i);
                long others = data.categories(column).stream()
                        .filter(value -> !known.contains(value))
                        .count();
                if (others > 0) {
                    remarks.add(others + " of " + data.size() + " categories in column '" + column
                            + "' are missing or unknown to the training data");
                }
            }
        }
        return remarks;
    }
}
