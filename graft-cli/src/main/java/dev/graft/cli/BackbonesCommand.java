package dev.graft.cli;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.CatalogueEntry;
import dev.graft.backbone.WeightSource;
import dev.graft.layer.ParameterSpec;
import dev.graft.source.Backbones;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code graft backbones}: the source models that are shipped with Graft, and the networks that take public weights. */
@Command(
        name = "backbones",
        description = "List the source models that are shipped with Graft, and the networks that take public weights.",
        footerHeading = "%nExample:%n",
        footer = "  graft backbones --json")
final class BackbonesCommand extends Subcommand {
    BackbonesCommand() {}

    private record Row(
            String id,
            String weights,
            @Nullable String data,
            @Nullable Double testAccuracy,
            long parameters,
            String input,
            List<String> cuts,
            @Nullable String license,
            List<WeightSource> sources) {
        private static final String EMBEDDED = "embedded";

        static Row of(Backbone backbone) {
            return new Row(
                    backbone.id(),
                    EMBEDDED,
                    backbone.card().data(),
                    Double.isNaN(backbone.card().testAccuracy())
                            ? null
                            : backbone.card().testAccuracy(),
                    backbone.weights().parameters(),
                    backbone.architecture().inputShape().toString(),
                    cuts(backbone.architecture()),
                    backbone.card().license(),
                    List.of());
        }

        static Row of(CatalogueEntry entry) {
            Architecture architecture = entry.architecture();
            WeightSource usual =
                    entry.sources().isEmpty() ? null : entry.sources().get(0);
            return new Row(
                    architecture.id(),
                    usual == null ? "none" : usual.repository(),
                    usual == null ? null : usual.data(),
                    null,
                    architecture.parameters().stream()
                            .mapToLong(ParameterSpec::elements)
                            .sum(),
                    architecture.inputShape().toString(),
                    cuts(architecture),
                    usual == null ? null : usual.license(),
                    entry.sources());
        }

        private static List<String> cuts(Architecture architecture) {
            return architecture.featureStages().stream()
                    .map(stage -> stage.name())
                    .toList();
        }

        /** Where the weights are, and what is known of them. */
        String origin() {
            if (testAccuracy != null) {
                return ResultText.format("trained on %s, test accuracy %.4f", data, testAccuracy);
            } else if (weights.equals(EMBEDDED)) {
                return (Backbones.ofFamilies().contains(id) ? "for texts, " : "") + "trained on " + data;
            }
            return sources.isEmpty()
                    ? "no weights yet: `graft pretrain` makes them"
                    : "weights of " + data + " from " + weights;
        }
    }

    @Override
    int run() {
        List<Row> rows = new ArrayList<>();
        for (CatalogueEntry entry : Architectures.catalogue()) {
            String id = entry.architecture().id();
            rows.add(Backbones.embedded().contains(id) ? Row.of(Backbones.load(id)) : Row.of(entry));
        }
        Backbones.ofFamilies().forEach(id -> rows.add(Row.of(Backbones.load(id))));
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(ResultText.format(
                    "%-15s %s; input %s, %,d parameters%s%n",
                    row.id(),
                    row.origin(),
                    row.input(),
                    row.parameters(),
                    row.license() == null ? "" : "; licence " + row.license()));
            text.append(ResultText.format("%-15s cut at %s%n", "", String.join(", ", row.cuts())));
        }
        console().result(rows, text.toString().stripTrailing());
        return ExitCode.DONE;
    }
}
