package dev.graft.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.preparation.TextPreparation;
import dev.graft.reading.FolderRules;
import dev.graft.reading.ImageDataset;
import dev.graft.reading.LabeledTable;
import dev.graft.result.UpdateResult;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.Manifest;
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
            "The record that a bundle keeps of its classes is added to in closed form, and the head becomes discriminant",
            "analysis on it; with --remove the head stays, without the logits of the classes that are taken out."
        })
final class AddCommand extends Subcommand {
    @Parameters(paramLabel = "BUNDLE", description = "A bundle, or a run's directory with one in it.")
    private Path bundle = Path.of(".");

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description =
                    "The new examples: a folder for each class, or a table as graft fit reads it. One class alone will do.")
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
            description = "Classes to take out; two or more must be left.")
    private List<String> remove = List.of();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The directory for the new bundle.")
    private Path out = Path.of(".");

    @Option(names = "--overwrite", description = "Replace a bundle that Graft wrote; nothing else ever is.")
    private boolean overwrite;

    @Mixin
    private TextOptions text = new TextOptions();

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
        List<String> known = model.classNames();
        if (model.takesItems()) {
            List<ModelBranch> branches = model.branches();
            LabeledTable table = ItemData.table(branches, place, text);
            return table.items(table.classNamesBeside(known)).examples();
        }
        boolean texts = model.architecture().preparation() instanceof TextPreparation;
        if (texts || text.meant(place)) {
            LabeledTable table = text.table(place);
            List<String> names = table.classNamesBeside(known);
            return texts ? table.texts(names).examples() : table.images(names).examples();
        }
        return ImageDataset.adding(place, known, FolderRules.defaults(), text.charset());
    }

    private int write(TransferModel model, @Nullable UpdateResult update) {
        Bundle.write(out, model, overwrite);
        console().result(new Done(out.toString(), model.classNames(), update), said(model, update));
        return ExitCode.DONE;
    }

    private String said(TransferModel model, @Nullable UpdateResult update) {
        StringBuilder text = new StringBuilder();
        if (update != null) {
            text.append(ResultText.format(
                    "Added %d examples%s: %d classes now.%n",
                    update.examples(),
                    update.added().isEmpty() ? "" : ", new classes " + String.join(", ", update.added()),
                    model.classNames().size()));
            if (update.oldBefore() != null && update.oldAfter() != null) {
                text.append(ResultText.format(
                        "Of held-out examples that the bundle kept it had %.1f%% right before, %.1f%% now, among all classes.%n",
                        100 * update.oldBefore(), 100 * update.oldAfter()));
            }
            if (update.newAfter() != null) {
                text.append(ResultText.format(
                        "Of the held-out examples among the new ones it has %.1f%% right.%n", 100 * update.newAfter()));
            }
            text.append(
                    update.exact()
                            ? "The head is what a fit of discriminant analysis on all examples gives.%n".formatted()
                            : ResultText.format(
                                    "The head is discriminant analysis now; how near that is to a fit on all examples is"
                                            + " what the first figures differ by.%n"));
        }
        return text.append("Bundle: " + out).toString();
    }
}
