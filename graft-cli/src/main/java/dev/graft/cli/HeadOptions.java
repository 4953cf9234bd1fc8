package dev.graft.cli;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Strategies;
import dev.graft.strategy.Strategy;
import dev.graft.training.NetworkTraining;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What comes behind the source models: how branches are joined, and the head. */
final class HeadOptions {
    private static final String USUAL_FUSION = "concatenation";
    private static final String TAKES_HEAD = "feature-extraction";

    @Option(
            names = "--fusion",
            defaultValue = USUAL_FUSION,
            paramLabel = "NAME",
            description = "Of items of several parts, how the branches are joined: concatenation or gated"
                    + " (${DEFAULT-VALUE}).")
    private String fusion = USUAL_FUSION;

    @Option(
            names = "--head",
            paramLabel = "NAME",
            description =
                    "With feature-extraction: logistic-regression (the default), discriminant-analysis, linear or mlp; of items with any"
                            + " strategy (mlp).")
    private @Nullable String head;

    /** A training of a network for items, with its branches joined and its head as the options say. */
    NetworkTraining ofItems(NetworkTraining learning) {
        Head chosen = head == null ? Head.Mlp.defaults() : Strategies.head(head);
        return learning.fusion(Fusion.named(fusion)).head(chosen);
    }

    /**
     * Refuses the options where pictures or texts themselves are learned from and they have nothing to do.
     *
     * @param strategies what is to be trained, by name
     */
    void requireUse(List<String> strategies) {
        if (!Fusion.named(fusion).equals(Fusion.concatenation())) {
            throw new SettingsException(Problem.of("--fusion has nothing to do here.")
                    .expected("--fusion together with the columns of items of several parts")
                    .found("--fusion " + fusion + " without --image-column, --number-columns or --category-columns")
                    .fix("leave --fusion out, or name such columns"));
        }
        if (head != null && strategies.stream().noneMatch(HeadOptions::takesHead)) {
            throw new SettingsException(Problem.of("--head has nothing to do here.")
                    .expected("--head together with feature-extraction")
                    .found(String.join(", ", strategies))
                    .fix("leave --head out: these strategies bring their own"));
        }
    }

    /** Whether a strategy for pictures or texts takes another head than its own. */
    static boolean takesHead(String strategy) {
        return strategy.equals(TAKES_HEAD) || strategy.startsWith(TAKES_HEAD + "@");
    }

    /** A strategy for pictures or texts themselves, with the head that the options say if it takes one. */
    Strategy on(Strategy strategy) {
        return head != null && strategy instanceof FeatureExtraction extraction
                ? extraction.withHead(Strategies.head(head))
                : strategy;
    }
}
