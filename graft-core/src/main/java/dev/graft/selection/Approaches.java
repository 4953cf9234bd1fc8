package dev.graft.selection;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Strategies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Approaches by name, as options and results write them: {@code auto}, {@code bag-of-words}, or a strategy's name. */
public final class Approaches {
    private Approaches() {}

    /** The names, without places. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of(Auto.NAME, BagOfWordsRegression.NAME));
        names.addAll(Strategies.names());
        return List.copyOf(names);
    }

    /**
     * The approach of that name.
     *
     * @param architecture the backbone that a strategy is for
     * @param budget how long an automatic choice may take; null for no limit
     * @throws dev.graft.error.SettingsException if there is none, or the architecture lacks a stage that is named
     */
    public static Approach named(String text, Architecture architecture, @Nullable Duration budget) {
        return withoutStrategy(text, budget).orElseGet(() -> Approach.of(Strategies.named(text, architecture)));
    }

    /**
     * The approach of that name, each strategy trained as it is best trained by itself.
     *
     * <p>On branches a name alone, such as {@code fine-tuning}, is for all that have a source model; behind an {@code @} it is
     * for the branch of that name, perhaps with stages, as in {@code fine-tuning@photo/stage3}, and all others are fixed
     * extractors.
     *
     * @param sources what a strategy is for
     * @param budget how long an automatic choice may take; null for no limit
     * @param changes what is asked for instead of a strategy's own settings
     * @throws dev.graft.error.SettingsException if there is none, a branch is not there, or lacks a stage that is named
     */
    public static Approach named(
            String text, SourceModels sources, @Nullable Duration budget, UnaryOperator<TrainingSettings> changes) {
        if (!sources.takesItems()) {
            return named(text, sources.candidates().get(0).architecture(), budget, changes);
        }
        return withoutStrategy(text, budget).orElseGet(() -> BranchStrategy.named(text, sources.pretrained(), changes));
    }

    /**
     * The approach of that name for one backbone, each strategy trained as it is best trained by itself.
     *
     * @param changes what is asked for instead of a strategy's own settings
     */
    public static Approach named(
            String text,
            Architecture architecture,
            @Nullable Duration budget,
            UnaryOperator<TrainingSettings> changes) {
        return withoutStrategy(text, budget)
                .orElseGet(() -> Approach.withOwnSettings(Strategies.named(text, architecture), changes));
    }

    /**
     * Checks a name, the stages behind an {@code @} left aside.
     *
     * @throws dev.graft.error.SettingsException if it is none of the {@link #names()}; the message lists them
     */
    public static void requireKnown(String text) {
        int at = text.indexOf('@');
        if (!names().contains(at < 0 ? text : text.substring(0, at))) {
            throw new SettingsException(Problem.of("There is no strategy '" + text + "'.")
                    .expected(String.join(", ", names()))
                    .found(text)
                    .fix("choose one of these; behind an @ some take stages, as in fine-tuning@stage3"));
        }
    }

    private static Optional<Approach> withoutStrategy(String text, @Nullable Duration budget) {
        requireKnown(text);
        return switch (text) {
            case Auto.NAME -> Optional.of(new Auto(budget));
            case BagOfWordsRegression.NAME -> Optional.of(new BagOfWordsRegression());
            default -> Optional.empty();
        };
    }
}
