package dev.graft.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.model.TransferModel;
import dev.graft.preparation.TextPreparation;
import dev.graft.reading.FolderRules;
import dev.graft.reading.ImageDataset;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TargetReading;
import dev.graft.result.UpdateResult;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.Manifest;
import dev.graft.targets.LabelSet;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.update.ClassUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft add}: more examples and classes for a bundle, without those that it learned from. */
@Command(
        name = "add",
        description =
                "Add examples and classes to a bundle, without those that it learned from; or take classes out, or put two"
                        + " bundles together.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft add run/bundle --data new-photos/ --out bigger      a folder for each class, known or new",
            "  graft add reviews/bundle --data more.csv --out reviews2   texts or items: a table",
            "  graft add run/bundle --merge theirs/bundle --out both     of the same backbone and cut",
            "  graft add run/bundle --remove frog,ship --out smaller",
            "",
            "The record that a bundle keeps of its examples is added to in closed form, and the head becomes discriminant",
            "analysis on it, of several labels and numbers ridge regression; with --remove the head stays, without what",
            "is taken out of it."
        })
final class AddCommand extends Subcommand {
    @Parameters(paramLabel = "BUNDLE", description = "A bundle, or a run's directory with one in it.")
    private Path bundle = Path.of(".");

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description =
                    "The new examples: a folder for each class, or a table as graft fit reads it, all of whose rows are added. One"
                            + " class alone will do.")
    private @Nullable Path data;

    @Option(
            names = "--merge",
            paramLabel = "BUNDLE",
            description = "Another bundle of the same backbone, its stages not trained and its cut the same.")
    private @Nullable Path merge;

    @Option(
            names = "--remove",
            split = ",",
            paramLabel = "CLASS",
            description = "Classes, labels or numbers to take out; two classes must be left, or one label or number.")
    private List<String> remove = List.of();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The directory for the new bundle.")
    private Path out = Path.of(".");

    @Option(names = "--overwrite", description = "Replace a bundle that Graft wrote; nothing else ever is.")
    private boolean overwrite;

    @Mixin
    private TextOptions text = new TextOptions();

    @Option(
            names = "--label-separator",
            paramLabel = "TEXT",
            description = "Of a bundle for several labels: what stands between them in a cell.")
    private @Nullable String separator;

    AddCommand() {}

    private record Done(
            String bundle,
            List<String> classes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            UpdateResult update) {}

    @Override
    int run() {
        requireOneChange();
        Map<Path, String> others = new LinkedHashMap<>(Map.of(bundle, "the bundle"));
        Stream.of(data, merge).forEach(path -> {
            if (path != null) {
                others.put(path, "what is added");
            }
        });
        OutputDirectory.requireApart(out, others);
        OutputDirectory.explained(false, () -> AtomicFiles.requireReplaceable(out, Manifest.Kind.BUNDLE, overwrite));
        TransferModel model = read(bundle);
        if (!remove.isEmpty()) {
            return write(ClassUpdate.remove(model, new LinkedHashSet<>(remove)), null);
        }
        ClassUpdate.Updated updated = merge == null
                ? ClassUpdate.add(model, examples(model, Objects.requireNonNull(data)))
                : ClassUpdate.merge(model, read(merge));
        return write(updated.model(), updated.result());
    }

    private void requireOneChange() {
        int changes = (data == null ? 0 : 1) + (merge == null ? 0 : 1) + (remove.isEmpty() ? 0 : 1);
        if (changes != 1) {
            throw new SettingsException(Problem.of("A bundle is changed in one way at a time.")
                    .expected("one of --data, --merge and --remove")
                    .found(changes == 0 ? "none of them" : changes + " of them")
                    .fix(
                            changes == 0
                                    ? "add --data DIR with the new examples"
                                    : "run the command once for each, on the bundle that the last one wrote"));
        }
    }

    private static TransferModel read(Path given) {
        Path directory = BundleDirectory.find(given);
        if (Files.exists(directory) && BundleDirectory.isBackbone(directory)) {
            throw new SettingsException(Problem.of("A source model has no classes to add to.")
                    .where(given)
                    .expected("a bundle, as fit, compare and demo write it")
                    .found("a backbone")
                    .fix("transfer it first: graft fit --backbone " + given + " --data DIR --out RUN"));
        }
        return BundleDirectory.transferred(directory);
    }

    private LabeledExamples examples(TransferModel model, Path place) {
        TargetKind known = model.kind();
        if (model.takesItems()) {
            LabeledTable table = adding(ItemData.table(model.branches(), place, text), known);
            return table.items(table.kindBeside(known)).examples();
        }
        boolean texts = model.architecture().preparation() instanceof TextPreparation;
        if (texts || text.meant(place) || (Files.isRegularFile(place) && !(known instanceof OneClass))) {
            LabeledTable table = adding(text.table(place), known);
            TargetKind kind = table.kindBeside(known);
            return texts ? table.texts(kind).examples() : table.images(kind).examples();
        }
        if (!(known instanceof OneClass)) {
            throw new SettingsException(Problem.of("Folders say one class for each picture.")
                    .where(place)
                    .expected("a table, since the bundle is for " + known.task())
                    .found("a folder")
                    .fix("name the pictures and what is true of them in a table"));
        }
        return ImageDataset.adding(place, known.names(), FolderRules.defaults(), text.charset());
    }

    /** All rows are learned from; what their labels are, the bundle knows. */
    private LabeledTable adding(LabeledTable table, TargetKind known) {
        return table.withTargets(TargetReading.of(known.task()).withSeparator(separator))
                .undivided();
    }

    private int write(TransferModel model, @Nullable UpdateResult update) {
        Bundle.write(out, model, overwrite);
        console().result(new Done(out.toString(), model.classNames(), update), said(model, update));
        return ExitCode.DONE;
    }

    private static String nouns(TransferModel model) {
        String one = model.kind() instanceof OneClass ? "class" : model.kind().noun();
        return model.classNames().size() == 1 ? one : one + (one.endsWith("s") ? "es" : "s");
    }

    private String said(TransferModel model, @Nullable UpdateResult update) {
        StringBuilder text = new StringBuilder();
        if (update != null) {
            text.append(ResultText.format(
                    "Added %d examples%s: %d %s now.%n",
                    update.examples(),
                    update.added().isEmpty() ? "" : ", new " + nouns(model) + " " + String.join(", ", update.added()),
                    model.classNames().size(),
                    nouns(model)));
            TargetKind kind = model.kind();
            if (update.oldBefore() != null && update.oldAfter() != null) {
                text.append(ResultText.format(
                        "On the held-out examples that the bundle kept: %s before, %s now%s.%n",
                        TargetMeasures.said(kind, update.oldBefore()),
                        TargetMeasures.said(kind, update.oldAfter()),
                        model.classNames().size() == 1 ? "" : ", among all " + nouns(model)));
            }
            if (update.newAfter() != null) {
                text.append(ResultText.format(
                        "On the held-out examples among the new ones: %s.%n",
                        TargetMeasures.said(kind, update.newAfter())));
            }
            if (kind instanceof LabelSet && !update.added().isEmpty()) {
                text.append("Earlier examples count as having none of the new labels.%n".formatted());
            }
            String head = kind.isOneOfNames() ? "discriminant analysis" : "ridge regression";
            text.append(
                    update.exact()
                            ? ResultText.format("The head is what a fit of %s on all examples gives.%n", head)
                            : ResultText.format(
                                    "The head is %s now; how near that is to a fit on all examples is"
                                            + " what the first figures differ by.%n",
                                    head));
        }
        return text.append("Bundle: " + out).toString();
    }
}
