package dev.graft.bundle;

import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.data.MarkdownText;
import dev.graft.error.VisibleText;
import dev.graft.model.ClassRecord;
import dev.graft.model.Confidence;
import dev.graft.model.HeldOut;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.preparation.TextPreparation;
import dev.graft.targets.LabelSet;
import dev.graft.targets.NumberErrors;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The README.md of a bundle: what it is, where it comes from, how to use it. */
final class ModelCard {
    private ModelCard() {}

    static String of(TransferModel model) {
        Lineage lineage = model.lineage();
        String rows = model.takesItems()
                ? model.branches().stream().map(ModelCard::branch).collect(Collectors.joining("\n")) + "\n| fusion | "
                        + text(model.fusionName()) + " |"
                : "| cut | " + cut(model.branches().get(0)) + " |";
        return """
                # %s to %s

                A network transferred with Graft %s.

                | | |
                |---|---|
                | backbone | %s (%s), weights `%s` |
                | strategy | %s |
                %s
                | head | %s |
                | %s | %s |
                | trained on | %s, %s examples, data `%s` |
                | seed | %s |
                | confidence | %s |
                | record of the classes | %s |

                Use it: `graft predict DIR %s`, or `Bundle.read(Path.of("DIR"))` in Java.
                """.formatted(
                        text(lineage.backbone()),
                        text(lineage.data()),
                        text(lineage.version()),
                        text(lineage.backbone()),
                        text(lineage.backboneOrigin()),
                        text(lineage.backboneDigest()),
                        text(lineage.strategy()),
                        rows,
                        text(model.headName()),
                        told(model.kind()),
                        model.classNames().stream().map(ModelCard::text).collect(Collectors.joining(", ")),
                        text(lineage.data()),
                        Integer.toString(lineage.trainingExamples()),
                        text(lineage.dataDigest()),
                        Long.toString(lineage.seed()),
                        confidence(model.kind(), model.confidence()),
                        record(model.record()),
                        input(model));
    }

    private static String branch(ModelBranch branch) {
        return "| branch " + text(branch.name()) + " | "
                + text(branch.architecture().id()) + " on " + text(String.join(", ", branch.columns())) + ", cut "
                + cut(branch) + " |";
    }

    private static String cut(ModelBranch branch) {
        return text(branch.cut().stageNames()) + ", pooling "
                + text(branch.cut().poolingLabel());
    }

    private static String input(TransferModel model) {
        if (model.takesItems()) {
            return "--data FILE.csv";
        }
        return model.architecture().preparation() instanceof TextPreparation ? "--text \"…\"" : "image.png";
    }

    /** What the names are of, such as {@code classes}. */
    private static String told(TargetKind kind) {
        return kind instanceof OneClass ? "classes" : kind.task() + ", " + kind.noun() + "s";
    }

    private static String confidence(TargetKind kind, Confidence confidence) {
        if (kind instanceof Numbers) {
            NumberErrors errors = confidence.errors();
            return errors == null
                    ? "no intervals: there were no held-out examples"
                    : "intervals by the errors on " + errors.examples() + " held-out examples";
        }
        if (kind instanceof LabelSet) {
            return confidence.decision().thresholds().isEmpty()
                    ? "a label from a probability of 0.5 on"
                    : "a label from a probability of its own on, chosen on held-out examples";
        }
        String scale = confidence.temperature() == 1
                ? "not calibrated"
                : String.format(Locale.ROOT, "calibrated, temperature %.4f", confidence.temperature());
        return confidence.threshold() == null
                ? scale
                : scale + String.format(Locale.ROOT, "; under %.4f: none of the classes", confidence.threshold());
    }

    private static String record(@Nullable ClassRecord record) {
        if (record == null) {
            return "none";
        }
        HeldOut heldOut = record.heldOut();
        String told;
        if (record.targets() > 0) {
            told = record.unknown() == null
                    ? "examples unlike these are not told"
                    : "examples unlike these are told by distance";
        } else {
            told = "examples of none of the classes are told by "
                    + (record.unknown() == null ? "confidence alone" : "distance and confidence");
        }
        return String.format(
                Locale.ROOT,
                "%d features of %d examples, %d held-out examples; %s",
                record.features(),
                record.statistics().examples(),
                heldOut == null ? 0 : heldOut.size(),
                told);
    }

    static String of(Backbone backbone) {
        BackboneCard card = backbone.card();
        String fence = fence(card.command());
        return """
                ---
                license: %s
                datasets: [%s]
                ---
                # %s

                A source model for transfer, trained with Graft.

                | | |
                |---|---|
                | architecture | %s |
                | trained on | %s, data `%s` |
                | test accuracy | %s |
                | epochs | %s |
                | seed | %s |
                | weights | `%s` |

                Made by:

                %ssh
                %s
                %s
                """.formatted(
                yaml(card.license()),
                yaml(card.data()),
                text(backbone.id()),
                text(backbone.id()),
                text(card.data()),
                text(card.dataDigest()),
                Double.isNaN(card.testAccuracy()) ? "unknown" : String.format(Locale.ROOT, "%.4f", card.testAccuracy()),
                Integer.toString(card.epochs()),
                Long.toString(card.seed()),
                backbone.weights().digest(),
                fence,
                VisibleText.lines(card.command()),
                fence);
    }

    private static String text(String any) {
        return MarkdownText.of(any);
    }

    /** Any text as a double-quoted YAML string. */
    private static String yaml(String any) {
        return '"' + VisibleText.line(any.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** More backticks in a row than the text has, so that nothing in it ends the block. */
    private static String fence(String content) {
        String fence = "```";
        while (content.contains(fence)) {
            fence = fence + "`";
        }
        return fence;
    }
}
