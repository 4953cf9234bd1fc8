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
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
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
                    "With --labels: write a page of the suspects, each beside the nearest examples of what is likelier.")
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
    void requireUse(BackboneOptions backbone, TextOptions text, TargetTaskOptions task) {
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
                                                        : text.given() ? "an option for tables" : task.given();
        if (!given.isEmpty()) {
            throw new SettingsException(Problem.of("There is an option that has nothing to do here.")
                    .expected("it together with --labels")
                    .found(given)
                    .fix("add --labels, or leave it out"));
        }
    }

    /** Reviews the labels, and gives the exit code. */
    int run(
            Console console,
            Path data,
            FolderRules rules,
            TextOptions text,
            TargetTaskOptions task,
            BackboneOptions backbone) {
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
        LabeledExamples examples = examples(console, data, rules, text, task);
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
    private static LabeledExamples examples(
            Console console, Path data, FolderRules rules, TextOptions text, TargetTaskOptions task) {
        task.requireTable(data);
        if (!Files.exists(data) || Files.isDirectory(data)) {
            ImageDataset dataset = ImageDataset.of(data, rules, text.charset());
            dataset.warnings().forEach(console::warn);
            return dataset.all();
        }
        LabeledTable table = text.table(data).withTargets(task.reading());
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
        StringBuilder text = new StringBuilder(beginning(review));
        text.append(ResultText.format("%s%n", review.conclusion()));
        if (!review.suspects().isEmpty()) {
            boolean ofNumbers = review.suspects().get(0).evidence().deviations() != null;
            text.append(ResultText.format(
                    "%n  %s %s%n",
                    ofNumbers ? "deviations" : "given     likelier ",
                    ofNumbers ? "number: example" : "given → likelier: example"));
        }
        for (LabelReview.Suspect one : review.suspects()) {
            text.append(ResultText.format(
                    "  %s %s: %s%s%n",
                    figures(one.evidence()),
                    one.doubt(),
                    shown.examples() instanceof LabeledTexts
                            ? ResultText.beginning(one.example(), SHOWN_CHARACTERS)
                            : one.example(),
                    one.flagged() ? "" : " (doubtful)"));
        }
        review.notes().forEach(note -> text.append(ResultText.format("%s%n", note)));
        text.append(
                page == null
                        ? ResultText.format(
                                "%nNothing was changed. --page FILE.html shows the suspects beside what they are like.")
                        : ResultText.format("%nNothing was changed. Page: %s", page));
        return text.toString();
    }

    private static String beginning(LabelReview review) {
        LabelReview.Heads heads = review.heads();
        TargetKind kind = TargetKind.of(review.told().task(), review.told().names());
        int names = kind.names().size();
        return kind instanceof OneClass
                ? ResultText.format(
                        "%s: %d examples in %d classes; heads on features of %s agree with %.1f%% of the labels that they did not"
                                + " see.%n",
                        review.data(), review.examples(), names, heads.backbone(), 100 * heads.score())
                : ResultText.format(
                        "%s: %d examples, %d %s%s; heads on features of %s that did not see an example reach %s %.3f.%n",
                        review.data(),
                        review.examples(),
                        names,
                        kind.noun(),
                        names == 1 ? "" : "s",
                        heads.backbone(),
                        heads.measure(),
                        heads.score());
    }

    private static String figures(LabelReview.Evidence evidence) {
        return evidence.deviations() == null
                ? ResultText.format("%-9.4f %-9.4f", evidence.givenProbability(), evidence.likelierProbability())
                : ResultText.format("%-10.1f", evidence.deviations());
    }
}
