package dev.graft.bundle;

import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import java.util.Locale;

/** The README.md of a bundle: what it is, where it comes from, how to use it. */
final class ModelCard {
    private ModelCard() {}

    static String of(TransferModel model) {
        Lineage lineage = model.lineage();
        return """
                # %s to %s

                A network transferred with Graft %s.

                | | |
                |---|---|
                | backbone | %s (%s), weights `%s` |
                | strategy | %s |
                | cut | %s, pooling %s |
                | head | %s |
                | classes | %s |
                | trained on | %s, %d examples, data `%s` |
                | seed | %d |

                Use it: `graft predict DIR image.png`, or `Bundle.read(Path.of("DIR"))` in Java.
                """.formatted(
                        lineage.backbone(),
                        lineage.data(),
                        lineage.version(),
                        lineage.backbone(),
                        lineage.backboneOrigin(),
                        lineage.backboneDigest(),
                        lineage.strategy(),
                        model.cut().stageNames(),
                        model.cut().pooling().label(),
                        model.headName(),
                        String.join(", ", model.classNames()),
                        lineage.data(),
                        lineage.trainingExamples(),
                        lineage.dataDigest(),
                        lineage.seed());
    }

    static String of(Backbone backbone) {
        BackboneCard card = backbone.card();
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
                | epochs | %d |
                | seed | %d |
                | weights | `%s` |

                Made by:

                ```sh
                %s
                ```
                """.formatted(
                        card.license(),
                        card.data(),
                        backbone.id(),
                        backbone.id(),
                        card.data(),
                        card.dataDigest(),
                        String.format(Locale.ROOT, "%.4f", card.testAccuracy()),
                        card.epochs(),
                        card.seed(),
                        backbone.weights().digest(),
                        card.command());
    }
}
