package dev.graft.cli;

import dev.graft.backbone.Backbone;
import dev.graft.curation.ExampleSheets;
import dev.graft.curation.LabelErrors;
import dev.graft.curation.ShownExamples;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.FeatureCache;
import dev.graft.reading.FolderRules;
import dev.graft.reading.ImageDataset;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TableKind;
import dev.graft.report.ExamplePage;
import dev.graft.result.LabelReview;
import dev.graft.training.SideBySide;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The search for wrong labels: how much of it is told, and where the suspects are shown. */
final class LabelReviewOptions {
    private static final int SUSPECTS = 25;
    private static final long SEED = 1;
    private static final int SHOWN_CHARACTERS = 72;

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "With --labels: how many suspects to give, the most suspicious first (25).")
    private @Nullable Integer top;

    @Option(
            names = "--page",
            paramLabel = "FILE.html",
            description =
                    "With --labels: write a page of the suspects, each beside the nearest examples of the likelier class.")
    private @Nullable Path page;

    @Option(names = "--overwrite", description = "With --page: replace a page that Graft wrote; others never are.")
    private boolean overwrite;

    @Option(
            names = "--skip-bad",
            description =
                    "With --labels: leave out images that cannot be decoded, and say so, instead of refusing the data.")
    private boolean skipBad;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Range.Seed.class,
            description = "With --labels: deals the examples into folds (1).")
    private @Nullable Long seed;

    /** Refuses options that have nothing to do without a search for wrong labels. */
    void requireUse(BackboneOptions backbone, TextOptions text) {
        String given = backbone.given()
                ? "--backbone, --weights or --max-tokens"
                : page != null
                        ? "--page"
                        : top != null
                                ? "--top"
                                : seed != null
                                        ? "--seed"
                                        : skipBad
                                                ? "--skip-bad"
                                                : overwrite
                                                        ? "--overwrite"
                                                        : text.given() ? "an option for tables" : "";
        if (!given.isEmpty()) {
            throw new SettingsException(Problem.of("There is an option that has nothing to do here.")
                    .expected("it together with --labels")
                    .found(given)
                    .fix("add --labels, or leave it out"));
        }
    }

    /** Reviews the labels, and gives the exit code. */
    int run(Console console, Path data, FolderRules rules, TextOptions text, BackboneOptions backbone) {
        Path out = page;
        if (out != null) {
            OutputDirectory.requireApart(out, Map.of(data, "the data"), backbone.inputs());
            OutputDirectory.explained("--page", () -> ExamplePage.requireReplaceable(out, overwrite));
        } else if (overwrite) {
            throw new SettingsException(Problem.of("--overwrite has nothing to do here.")
                    .expected("--overwrite together with --page FILE.html")
                    .found("--overwrite alone")
                    .fix("leave --overwrite out, or add --page FILE.html"));
        }
        LabeledExamples examples = examples(console, data, rules, text);
        Backbone source = backbone.load(() -> examples);
        LooseExamples.Checked checked =
                LooseExamples.check(console, examples, source.architecture().preparation(), skipBad);
        ShownExamples shown = new ShownExamples(checked.files());
        LabelReview review;
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            review = LabelErrors.review(
                    source,
                    checked.data(),
                    shown,
                    top == null ? SUSPECTS : top,
                    cache,
                    seed == null ? SEED : seed,
                    SideBySide.whenNeeded());
        }
        if (out != null) {
            ExamplePage.write(out, ExampleSheets.of(review, shown), overwrite);
        }
        console.result(review, text(review, shown, out));
        return ExitCode.DONE;
    }

    /** All labelled examples, of whatever part. */
    private static LabeledExamples examples(Console console, Path data, FolderRules rules, TextOptions text) {
        if (!Files.exists(data) || Files.isDirectory(data)) {
            ImageDataset dataset = ImageDataset.of(data, rules, text.charset());
            dataset.warnings().forEach(console::warn);
            return dataset.all();
        }
        LabeledTable table = text.table(data);
        if (table.kind() == TableKind.ITEMS) {
            throw new SettingsException(Problem.of("graft doctor --labels takes no items of several parts.")
                    .where(data)
                    .expected("images, or texts")
                    .found("columns of several parts: "
                            + String.join(", ", table.columns().all()))
                    .fix("name one column of texts (--text-column), or keep a column of paths and the labels alone"));
        }
        LabeledTable.Divided<? extends LabeledExamples> read = table.undivided().examples();
        read.listing().warnings().forEach(console::warn);
        return read.train();
    }

    private static String text(LabelReview review, ShownExamples shown, @Nullable Path page) {
        StringBuilder text = new StringBuilder(ResultText.format(
                "%s: %d examples in %d classes; heads on features of %s agree with %.1f%% of the labels that they did not see.%n",
                review.data(), review.examples(), review.classes().size(), review.backbone(), 100 * review.accuracy()));
        text.append(
                review.flagged() == 0
                        ? ResultText.format("No label is likely wrong.%n")
                        : ResultText.format(
                                "%d of them are likely wrong (about %.1f%%).%n",
                                review.flagged(), 100.0 * review.flagged() / review.examples()));
        if (!review.suspects().isEmpty()) {
            text.append(ResultText.format(
                    "%n  %-9s %-9s %s%n", "given", "likelier", "given label → likelier class: example"));
        }
        for (LabelReview.Suspect one : review.suspects()) {
            text.append(ResultText.format(
                    "  %-9.4f %-9.4f %s → %s: %s%s%n",
                    one.givenProbability(),
                    one.likelierProbability(),
                    one.given(),
                    one.likelier(),
                    shown.examples() instanceof LabeledTexts
                            ? ResultText.beginning(one.example(), SHOWN_CHARACTERS)
                            : one.example(),
                    one.flagged() ? "" : " (doubtful)"));
        }
        review.unchecked()
                .forEach(name -> text.append(
                        ResultText.format("Class %s has one example, of whose label nothing can be said.%n", name)));
        text.append(
                page == null
                        ? ResultText.format(
                                "%nNothing was changed. --page FILE.html shows the suspects beside what they are like.")
                        : ResultText.format("%nNothing was changed. Page: %s", page));
        return text.toString();
    }
}
