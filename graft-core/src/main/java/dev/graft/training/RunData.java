package dev.graft.training;

import dev.graft.data.ClassNames;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.TokenRows;
import dev.graft.image.Augmentation;
import dev.graft.image.Mixing;
import dev.graft.image.Preprocessing;
import dev.graft.optimization.Balance;
import dev.graft.optimization.NumberLoss;
import dev.graft.preparation.TextPreparation;
import dev.graft.preparation.Tokenization;
import dev.graft.preparation.UnfamiliarTexts;
import dev.graft.strategy.Phase;
import dev.graft.targets.Numbers;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The examples of a run, checked before anything is trained. */
record RunData(
        LabeledExamples train,
        @Nullable LabeledExamples validation,
        @Nullable LabeledExamples test) {

    void requireExamples() {
        if (train.size() == 0) {
            throw new SettingsException(Problem.of("There are no training examples.")
                    .where(train.name())
                    .expected("at least one")
                    .found(0)
                    .fix("give more data, or a split with a larger training part"));
        }
        ClassNames.require(train.classNames(), train.name());
        for (LabeledExamples other : all()) {
            if (!other.classNames().equals(train.classNames())) {
                throw new SettingsException(
                        Problem.of("Validation or test data has other classes than the training data.")
                                .expected(train.classNames())
                                .found(other.classNames()));
            }
            if (!other.kind().equals(train.kind())) {
                throw new SettingsException(Problem.of(
                                "Validation or test data says something else of its examples than the training data.")
                        .expected("data for " + train.kind().task())
                        .found("data for " + other.kind().task()));
            }
        }
        requireVarying();
    }

    /** A number that is the same everywhere cannot be learned. */
    private void requireVarying() {
        if (!(train.kind() instanceof Numbers numbers)) {
            return;
        }
        Targets targets = train.targets();
        for (int k = 0; k < numbers.width(); k++) {
            int place = k;
            double first = targets.value(0, k);
            if (IntStream.range(0, targets.size()).allMatch(i -> targets.value(i, place) == first)) {
                throw new DataException(Problem.of("A number to learn is the same in every training example.")
                        .where(train.name())
                        .expected("different numbers in " + numbers.names().get(k))
                        .found(Numbers.shown(first))
                        .fix("leave the number out, or add examples with others"));
            }
        }
    }

    /** What is done about small classes, or with pairs of one class, needs classes. */
    void requireClassesFor(Balance balance, List<Phase> phases) {
        boolean pairs = phases.stream().anyMatch(Phase::onPairs);
        if (!train.kind().isOneOfNames() && (pairs || balance == Balance.SAMPLING)) {
            throw new SettingsException(
                    Problem.of((pairs ? "Pairs are of one class or of two" : "Small classes are drawn more often")
                                    + ", and these examples do not have one class each.")
                            .where(train.name())
                            .expected("one class or grade for each example")
                            .found("the task " + train.kind().task())
                            .fix(pairs ? "use another strategy" : "weigh labels instead, or leave the balance out"));
        }
    }

    /** A loss of numbers other than the usual one needs numbers. */
    static NumberLoss requireNumbersFor(NumberLoss loss, LabeledExamples train) {
        if (loss != NumberLoss.SQUARED && !(train.kind() instanceof Numbers)) {
            throw new SettingsException(
                    Problem.of("The loss " + loss.name().toLowerCase(Locale.ROOT) + " is one of numbers.")
                            .where(train.name())
                            .expected("the task " + Numbers.TASK)
                            .found("the task " + train.kind().task())
                            .fix("leave the loss out: classes, grades and labels have one of their own"));
        }
        return loss;
    }

    /** Items of several parts cannot be blended: a mean of two texts is none. */
    void requireUnmixed(List<Branch> branches, Augmentation augmentation) {
        if (branches.stream().anyMatch(Branch::takesColumns) && augmentation.mixing() != Mixing.NONE) {
            throw new SettingsException(Problem.of("Items of several parts cannot be blended.")
                    .expected("no mixing")
                    .found(augmentation.mixing())
                    .fix("leave the mixing out of the augmentation"));
        }
    }

    /** Checks that the branches can take the examples, and says what they do not see of them. */
    void requireUsable(List<SourceBranch> branches, Augmentation augmentation, Warnings warnings) {
        boolean images =
                branches.stream().anyMatch(branch -> branch.architecture().preparation() instanceof Preprocessing);
        if (!images && !augmentation.equals(Augmentation.none())) {
            boolean texts = branches.stream()
                    .allMatch(branch -> branch.architecture().preparation() instanceof TextPreparation);
            throw new SettingsException(
                    Problem.of((texts ? "Texts" : "Items without pictures") + " cannot be changed like images.")
                            .expected("no augmentation")
                            .found(augmentation)
                            .fix("leave out .augmentation(…)"));
        }
        Set<String> told = new TreeSet<>();
        for (LabeledExamples data : all()) {
            for (SourceBranch branch : branches) {
                told.addAll(truncated(branch, branch.part().apply(data)));
            }
        }
        for (SourceBranch branch : branches) {
            told.addAll(unfamiliar(branch, branch.part().apply(train)));
        }
        told.forEach(warnings::warning);
        for (LabeledExamples data : all()) {
            if (data != test) {
                branches.forEach(branch -> Branches.remarks(branch, data).forEach(warnings::warning));
            }
        }
    }

    private List<LabeledExamples> all() {
        List<LabeledExamples> all = new ArrayList<>(List.of(train));
        if (validation != null) {
            all.add(validation);
        }
        if (test != null) {
            all.add(test);
        }
        return all;
    }

    /** Of a network that was trained on texts of its own before. */
    private static List<String> unfamiliar(SourceBranch branch, LabeledExamples part) {
        return branch.backbone() != null
                        && part instanceof LabeledTexts texts
                        && branch.architecture().preparation() instanceof Tokenization tokenization
                ? UnfamiliarTexts.remark(texts.size(), texts::text, texts.name(), tokenization).stream()
                        .toList()
                : List.of();
    }

    private static List<String> truncated(SourceBranch branch, LabeledExamples part) {
        if (branch.architecture().preparation() instanceof Tokenization tokenization
                && View.plain(part).rows(tokenization) instanceof TokenRows rows
                && rows.truncated() > 0) {
            return List.of(rows.truncated() + " of " + rows.count() + " texts of '" + part.name() + "' are longer than "
                    + tokenization.maxTokens() + " tokens: only their beginning is used");
        }
        return List.of();
    }
}
