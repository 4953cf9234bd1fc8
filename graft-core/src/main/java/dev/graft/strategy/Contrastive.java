package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.head.Head;
import dev.graft.optimization.Objective;
import dev.graft.optimization.TrainingSettings;
import dev.graft.preparation.Tokenization;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SetFit, for few texts: first the encoder is trained until texts of one class are alike and texts of two are not, then a head is
 * solved on the new vectors (Tunstall et al. 2022, arXiv 2209.11055). A handful of texts makes many pairs, and no random head
 * takes part. How pairs are compared is told in {@link dev.graft.optimization.PairSimilarity}.
 *
 * @param from the first stage that the first phase trains; null for all of them
 * @param newHead the head of the second phase
 */
public record Contrastive(@Nullable String from, Head newHead) implements Strategy {
    /** The name in results, without a stage. */
    public static final String NAME = "contrastive";

    // SetFit trains at 2e-5. A larger rate did better on film reviews and worse on reviews of meals; docs/choices.md
    // tells both.
    private static final double RATE = 5e-5;
    private static final double HEAD_RATE = 1e-3;
    // Fixed, and strong: vectors that were trained on these labels cannot tell by folds which penalty is best.
    private static final double PENALTY = 10;

    /** Checks that there is a head. */
    public Contrastive {
        Required.setting(newHead, "head");
    }

    /** All stages. */
    public static Contrastive all() {
        return new Contrastive(null, new Head.LogisticRegression(PENALTY, false));
    }

    /** The named stage and those after it. */
    public static Contrastive from(String stage) {
        return new Contrastive(stage, new Head.LogisticRegression(PENALTY, false));
    }

    /** Returns a copy with another head. */
    public Contrastive withHead(Head other) {
        return new Contrastive(from, other);
    }

    @Override
    public String name() {
        return from == null ? NAME : NAME + "@" + from;
    }

    @Override
    public Head head(Architecture architecture) {
        return newHead;
    }

    @Override
    public TrainingSettings defaultSettings(Architecture architecture, int examples) {
        return Strategy.super.defaultSettings(architecture, examples).withLearningRate(RATE);
    }

    /**
     * The pairs, then the head.
     *
     * @throws SettingsException if the backbone is not one that reads texts word by word, or a batch has room for no pair
     */
    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        if (!(architecture.preparation() instanceof Tokenization)) {
            throw new SettingsException(Problem.of("Contrastive fine-tuning is for texts, read by a transformer.")
                    .where("strategy '" + name() + "'")
                    .found("backbone " + architecture.id())
                    .fix("use lp-ft or fine-tuning"));
        }
        if (settings.batchSize() < 2) {
            throw new SettingsException(Problem.of("A batch of one text has no pairs to compare.")
                    .where("strategy '" + name() + "'")
                    .expected("batches of at least 2")
                    .found(settings.batchSize())
                    .fix("set a larger batch size"));
        }
        double rate = settings.learningRate();
        return List.of(
                new Phase(
                                "pairs",
                                from == null ? Frozen.nothing() : Frozen.before(architecture, from),
                                settings.epochs(),
                                LearningRates.same(rate),
                                settings.schedule())
                        .withObjective(Objective.pairs()),
                new Phase(
                        "head",
                        Frozen.everything(),
                        settings.epochs(),
                        LearningRates.same(rate / RATE * HEAD_RATE),
                        settings.schedule()));
    }
}
