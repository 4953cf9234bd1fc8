package dev.graft.cli;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Backbones;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code graft backbones}: the source models that are shipped with Graft. */
@Command(
        name = "backbones",
        description = "List the source models that are shipped with Graft.",
        footerHeading = "%nExample:%n",
        footer = "  graft backbones --json")
final class BackbonesCommand extends Subcommand {
    BackbonesCommand() {}

    private record Row(
            String id,
            String data,
            double testAccuracy,
            long parameters,
            String input,
            List<String> cuts,
            String license) {
        static Row of(Backbone backbone) {
            return new Row(
                    backbone.id(),
                    backbone.card().data(),
                    backbone.card().testAccuracy(),
                    backbone.weights().parameters(),
                    backbone.architecture().inputShape().toString(),
                    backbone.architecture().featureStages().stream()
                            .map(stage -> stage.name())
                            .toList(),
                    backbone.card().license());
        }
    }

    @Override
    int run() {
        List<Row> rows = new ArrayList<>();
        Backbones.embedded().forEach(id -> rows.add(Row.of(Backbones.load(id))));
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-14s trained on %s, test accuracy %.4f; input %s, %,d parameters; licence %s%n",
                    row.id(),
                    row.data(),
                    row.testAccuracy(),
                    row.input(),
                    row.parameters(),
                    row.license()));
            text.append(String.format(Locale.ROOT, "%-14s cut at %s%n", "", String.join(", ", row.cuts())));
        }
        console().result(rows, text.toString().stripTrailing());
        return ExitCode.DONE;
    }
}
