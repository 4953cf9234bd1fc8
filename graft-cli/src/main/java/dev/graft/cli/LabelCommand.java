package dev.graft.cli;

import dev.graft.curation.EmbeddingModel;
import dev.graft.curation.ExampleSheets;
import dev.graft.curation.LabelList;
import dev.graft.curation.LabelingPool;
import dev.graft.curation.LabelingQuery;
import dev.graft.curation.LabelingQuery.Round;
import dev.graft.curation.ShownExamples;
import dev.graft.curation.Uncertainty;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.FeatureCache;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.reading.LabeledFiles;
import dev.graft.reading.PartlyLabeled;
import dev.graft.report.ExamplePage;
import dev.graft.targets.Grades;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft label}: which examples are worth a label next, as a list to be filled in. */
@Command(
        name = "label",
        description = {
            "Choose which pictures or texts to label next, and write a list to be filled in, with a page that shows them.",
            "Without labels, or with few, the typical example of each group of like ones; with 20 labels a class or"
                    + " more, or with a bundle, examples in doubt that differ."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft label photos/                                         into to-label.csv and .html",
            "  graft fit --data to-label.csv                               once the labels are there",
            "  graft label photos/ --labelled to-label.csv --out more.csv  the next 20",
            "  graft label photos/ --bundle run/bundle --out unsure.csv    what it is unsure of",
            "  graft label reviews.csv --text-column review --budget 50"
        })
final class LabelCommand extends Subcommand {
    @Parameters(
            index = "0",
            paramLabel = "DIR|FILE",
            description =
                    "A folder of pictures, whatever folders lie inside; or a table of texts or of paths, whose column of"
                            + " labels, if it has one, may be filled in part.")
    private Path data = Path.of(".");

    @Option(
            names = "--budget",
            defaultValue = "20",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "How many examples to choose (${DEFAULT-VALUE}).")
    private int budget;

    @Option(
            names = {"--labelled", "--labeled"},
            paramLabel = "DIR|FILE",
            description =
                    "Examples that have labels: a list that an earlier call wrote, or a folder for each class. They are not"
                            + " chosen again, nor is what the list holds without a label yet.")
    private @Nullable Path labelled;

    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            description =
                    "A network for these classes, labels or numbers: choose what it is unsure of; of numbers what lies"
                            + " farthest from what it learned from.")
    private @Nullable Path bundle;

    @Mixin
    private BackboneOptions backbone = new BackboneOptions();

    @Option(
            names = "--out",
            defaultValue = "to-label.csv",
            paramLabel = "FILE.csv",
            description =
                    "The list (${DEFAULT-VALUE}); its page goes beside it. A list that holds labels is never replaced.")
    private Path out = Path.of("to-label.csv");

    @Option(names = "--overwrite", description = "Replace a list without labels that Graft wrote; others never are.")
    private boolean overwrite;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            converter = Range.Seed.class,
            description = "Where the search for groups begins (${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private LooseExamples loose = new LooseExamples();

    LabelCommand() {}

    /** {@code margin} is null where no network was asked, or one for numbers, whose answers have none. */
    private record Chosen(
            String example,
            int clusterSize,
            double typicality,
            @Nullable Double margin,
            String reason) {}

    private record Written(
            String list,
            String page,
            String method,
            String model,
            int examples,
            int labelled,
            List<Chosen> chosen,
            List<String> notes) {}

    @Override
    int run() {
        refuseBoth();
        Map<Path, String> inputs = new LinkedHashMap<>(backbone.inputs());
        inputs.put(data, "the data");
        if (labelled != null) {
            inputs.put(labelled, "the labelled examples");
        }
        if (bundle != null) {
            inputs.put(bundle, "the bundle");
        }
        OutputDirectory.requireApart(out, inputs);
        OutputDirectory.explained(false, () -> LabelList.requireReplaceable(out, overwrite));
        TransferModel network = bundle == null ? null : network(bundle);
        LabelingPool all = LabelingPool.of(loose.unlabeled(data), earlier(network));
        all.requireLeft(budget);
        LabelingPool pool = all.atMost(LabelingQuery.MOST_EXAMPLES, seed);
        EmbeddingModel model =
                network == null ? EmbeddingModel.of(backbone.load(pool::examples)) : EmbeddingModel.of(network);
        choose(pool, model, network);
        return ExitCode.DONE;
    }

    private void refuseBoth() {
        if (bundle != null && backbone.given()) {
            throw new SettingsException(Problem.of("--bundle and a source model contradict each other.")
                    .expected("one of --bundle and --backbone")
                    .found("both")
                    .fix("leave one out: a bundle has its own backbone"));
        }
    }

    private @Nullable PartlyLabeled<?> earlier(@Nullable TransferModel network) {
        Path path = labelled;
        if (path == null) {
            return null;
        }
        // A list has columns of its own names, whatever those of the data are called.
        return Files.isRegularFile(path) ? form(network).table(path).partlyLabeled() : loose.labeled(path);
    }

    private static LabelList.Form form(@Nullable TransferModel network) {
        return network == null ? LabelList.Form.OF_CLASSES : LabelList.Form.of(network.kind());
    }

    private static TransferModel network(Path bundle) {
        Path found = BundleDirectory.find(bundle);
        if (BundleDirectory.isBackbone(found)) {
            throw new SettingsException(Problem.of("--bundle is a source model, which does not know your classes.")
                    .where(found)
                    .expected("a bundle that graft fit wrote")
                    .found("a backbone")
                    .fix("give it with --backbone, or leave it out"));
        }
        return BundleDirectory.transferred(found);
    }

    private void choose(LabelingPool given, EmbeddingModel model, @Nullable TransferModel network) {
        LooseExamples.Checked checked = loose.checked(console(), given.examples(), model.preparation());
        LabelingPool pool = given.subset(checked.places());
        pool.requireLeft(budget);
        pool.notes().forEach(console()::warn);
        Round round;
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            LabelingQuery query =
                    new LabelingQuery(model.embed(checked.data(), checked.data().size(), cache), seed);
            round = network == null
                    ? query.next(pool.labels(), pool.listed(), budget)
                    : query.next(pool.listed(), uncertainty(network, checked.data()), budget);
        }
        List<String> values = round.choices().stream()
                .map(one -> pool.examples() instanceof LabeledFiles files
                        ? LabelList.path(out, files.file(one.index()))
                        : new ShownExamples(pool.examples()).name(one.index()))
                .toList();
        LabelList.write(
                out,
                pool.examples() instanceof LabeledTexts ? "text" : "path",
                form(network),
                values,
                ExamplePage.html(ExampleSheets.of(round, pool, model.name())),
                overwrite);
        report(round, pool, model, network == null ? null : network.kind(), values);
    }

    private static Uncertainty uncertainty(TransferModel network, LabeledExamples data) {
        try (Classifier classifier = new Classifier(network)) {
            return Uncertainty.of(classifier, data);
        }
    }

    private void report(
            Round round, LabelingPool pool, EmbeddingModel model, @Nullable TargetKind kind, List<String> values) {
        Path page = LabelList.page(out);
        List<Chosen> chosen = IntStream.range(0, values.size())
                .mapToObj(i -> {
                    LabelingQuery.Choice one = round.choices().get(i);
                    return new Chosen(
                            values.get(i),
                            one.clusterSize(),
                            one.typicality(),
                            Double.isNaN(one.margin()) ? null : one.margin(),
                            one.reason());
                })
                .toList();
        Written written = new Written(
                out.toString(),
                page.toString(),
                round.method(),
                model.name(),
                pool.examples().size(),
                pool.labeledCount(),
                chosen,
                pool.notes());
        console()
                .result(
                        written,
                        ResultText.format(
                                "%d of %d examples to be labelled: %s.%nList: %s%nPage: %s%n%s",
                                chosen.size(), written.examples(), written.method(), out, page, next(kind)));
    }

    /** What to do with the list. */
    private String next(@Nullable TargetKind kind) {
        if (kind == null || kind instanceof OneClass) {
            return ResultText.format("Fill in the column label; then `graft fit --data %s` learns from them.", out);
        }
        LabelList.Form form = LabelList.Form.of(kind);
        String command = kind instanceof Grades
                ? ResultText.format(
                        "graft fit --data %s --task %s --grades %s", out, kind.task(), String.join(",", kind.names()))
                : form.columns().size() > 1
                        ? ResultText.format(
                                "graft fit --data %s --task %s --target-column %s",
                                out, kind.task(), String.join(",", form.columns()))
                        : ResultText.format("graft fit --data %s --task %s", out, kind.task());
        return ResultText.format("%s Then `%s` learns from them.", form.help(), command);
    }
}
