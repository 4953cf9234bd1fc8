package dev.graft.cli;

import dev.graft.curation.EmbeddingModel;
import dev.graft.curation.ExampleSheets;
import dev.graft.curation.NeighborSearch;
import dev.graft.curation.ShownExamples;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.FeatureCache;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.preparation.TextPreparation;
import dev.graft.reading.PartlyLabeled;
import dev.graft.reading.PartlyLabeledImages;
import dev.graft.report.ExamplePage;
import dev.graft.result.SearchResult;
import dev.graft.source.Backbones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft neighbours}: the examples that are most like some others, and with a bundle because of which it predicts. */
@Command(
        name = "neighbours",
        aliases = "neighbors",
        description =
                "Find the examples of some data that are most like given pictures or texts, by frozen features; with a"
                        + " bundle also what it predicts, and how many of the neighbours are labelled so.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft neighbours tf_efficientnet_lite0 --data photos/ new.jpg",
            "  graft neighbours run/bundle --data photos/ new/ --page alike.html     why it predicts so",
            "  graft neighbours minilm-l6 --data reviews.csv --text \"What a film!\" --top 10 --json"
        })
final class NeighborsCommand extends Subcommand {
    private static final int SHOWN_CHARACTERS = 72;
    private static final int IMAGES_AT_ONCE = 32;

    @Parameters(
            index = "0",
            paramLabel = "BUNDLE|BACKBONE",
            description =
                    "A bundle's or a run's directory; or a source model: an id that graft backbones lists, a directory, or"
                            + " hf:owner/name.")
    private String model = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "Pictures to search for, or folders of them; of a model for texts tables, of which each row is"
                            + " searched for.")
    private List<Path> inputs = List.of();

    @Option(names = "--text", paramLabel = "TEXT", description = "A text to search for; may be given several times.")
    private List<String> texts = List.of();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR|FILE",
            description =
                    "What is searched: a folder of pictures, with a folder for each class or without; or a table of texts or"
                            + " of paths, with labels or without.")
    private Path data = Path.of(".");

    @Option(
            names = "--top",
            defaultValue = "5",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "How many neighbours to give (${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = "--page",
            paramLabel = "FILE.html",
            description = "Write a page of the queries and their neighbours.")
    private @Nullable Path page;

    @Option(names = "--overwrite", description = "With --page: replace a page that Graft wrote; others never are.")
    private boolean overwrite;

    @Mixin
    private LooseExamples loose = new LooseExamples();

    NeighborsCommand() {}

    @Override
    int run() {
        requireInput();
        Path out = page;
        if (out != null) {
            OutputDirectory.requireApart(out, Map.of(data, "the data"));
            inputs.forEach(input -> OutputDirectory.requireApart(out, Map.of(input, "the queries")));
            OutputDirectory.explained("--page", () -> ExamplePage.requireReplaceable(out, overwrite));
        }
        TransferModel network = network();
        EmbeddingModel embedding =
                network == null ? EmbeddingModel.of(Backbones.load(model)) : EmbeddingModel.of(network);
        boolean ofTexts = embedding.preparation() instanceof TextPreparation;
        LabeledExamples queries = ofTexts ? textQueries() : fileQueries();
        PartlyLabeled<?> searched = loose.labeled(data);
        searched.notes().forEach(console()::warn);
        requireKind(ofTexts, searched.examples());
        search(embedding, network, queries, searched);
        return ExitCode.DONE;
    }

    private void requireInput() {
        if (inputs.isEmpty() && texts.isEmpty()) {
            throw new SettingsException(
                    Problem.of("Missing required parameter: a file or --text; there is nothing to search for.")
                            .expected("pictures or folders; of a model for texts --text, or a table")
                            .found("the model alone")
                            .fix("add a file, or --text \"…\""));
        }
        if (overwrite && page == null) {
            throw new SettingsException(Problem.of("--overwrite has nothing to do here.")
                    .expected("--overwrite together with --page FILE.html")
                    .found("--overwrite alone")
                    .fix("leave --overwrite out, or add --page FILE.html"));
        }
    }

    /** The transferred network that is meant; null for a source model. */
    private @Nullable TransferModel network() {
        if (Backbones.embedded().contains(model) || Backbones.ofFamilies().contains(model) || model.startsWith("hf:")) {
            return null;
        }
        Path directory = Path.of(model);
        if (!Files.isDirectory(directory) || Backbones.published(directory)) {
            return null;
        }
        Path found = BundleDirectory.find(directory);
        if (BundleDirectory.isBackbone(found)) {
            model = found.toString();
            return null;
        }
        return BundleDirectory.transferred(found);
    }

    private LabeledExamples textQueries() {
        List<String> all = new ArrayList<>(texts);
        for (Path input : inputs) {
            PartlyLabeled<?> read = loose.texts(input);
            requireKind(true, read.examples());
            LabeledTexts rows = (LabeledTexts) read.examples();
            IntStream.range(0, rows.size()).mapToObj(rows::text).forEach(all::add);
        }
        return LabeledTexts.of("queries", List.of("query"), all, new int[all.size()]);
    }

    private LabeledExamples fileQueries() {
        if (!texts.isEmpty()) {
            throw new SettingsException(Problem.of("--text has nothing to do here.")
                    .where(model)
                    .expected("image files or folders: this model takes pictures")
                    .found("--text")
                    .fix("give image files, or a model for texts"));
        }
        FilesToClassify files = FilesToClassify.in(inputs);
        if (files.hidden() > 0) {
            console().note("Passed over hidden files and folders: " + files.hidden() + ".");
        }
        return PartlyLabeledImages.of("queries", files.paths());
    }

    private void requireKind(boolean ofTexts, LabeledExamples examples) {
        if (ofTexts != examples instanceof LabeledTexts) {
            throw new SettingsException(Problem.of("The model takes another kind of examples.")
                    .where(model)
                    .expected(ofTexts ? "texts" : "pictures")
                    .found(ofTexts ? "pictures" : "texts")
                    .fix("name a model for " + (ofTexts ? "pictures" : "texts") + ", or give other data"));
        }
    }

    private void search(
            EmbeddingModel embedding,
            @Nullable TransferModel network,
            LabeledExamples queries,
            PartlyLabeled<?> searched) {
        LooseExamples.Checked asked = loose.checked(console(), queries, embedding.preparation());
        LooseExamples.Checked among = loose.checked(console(), searched.examples(), embedding.preparation());
        NeighborSearch.note(among.data().size()).ifPresent(console()::warn);
        ShownExamples shownQueries = new ShownExamples(asked.files());
        ShownExamples shown = new ShownExamples(among.files());
        List<String> labels =
                Arrays.stream(among.places()).mapToObj(searched.labels()::get).toList();
        List<Prediction> predictions = network == null ? List.of() : predictions(network, asked.data());
        SearchResult result;
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            result = new NeighborSearch(embedding, cache, top)
                    .of(asked.data(), shownQueries, predictions, among.data(), shown, labels);
        }
        Path out = page;
        if (out != null) {
            ExamplePage.write(out, ExampleSheets.of(result, shownQueries, shown), overwrite);
        }
        console().result(result, text(result, out));
    }

    private static List<Prediction> predictions(TransferModel network, LabeledExamples data) {
        try (Classifier classifier = new Classifier(network)) {
            if (data instanceof LabeledTexts of) {
                return classifier.predictTexts(
                        IntStream.range(0, of.size()).mapToObj(of::text).toList(), 1);
            }
            LabeledImages images = (LabeledImages) data;
            List<Prediction> predictions = new ArrayList<>();
            for (int from = 0; from < images.size(); from += IMAGES_AT_ONCE) {
                predictions.addAll(classifier.predict(
                        IntStream.range(from, Math.min(images.size(), from + IMAGES_AT_ONCE))
                                .mapToObj(images::image)
                                .toList(),
                        1));
            }
            return predictions;
        }
    }

    private static String text(SearchResult result, @Nullable Path page) {
        String lines = result.queries().stream()
                .map(NeighborsCommand::text)
                .collect(Collectors.joining(System.lineSeparator()));
        return page == null ? lines : lines + ResultText.format("%nPage: %s", page);
    }

    private static String text(SearchResult.Query one) {
        StringBuilder text =
                new StringBuilder(ResultText.beginning(ResultText.name(one.query()), 2 * SHOWN_CHARACTERS));
        if (one.confidence() != null) {
            long same = one.neighbors().stream()
                    .filter(neighbor -> neighbor.label().equals(one.predicted()))
                    .count();
            text.append(
                    one.predicted() == null
                            ? ResultText.format(": none of the classes (%.4f)", one.confidence())
                            : ResultText.format(
                                    ": %s, confidence %.4f; %d of its %d neighbours are labelled so",
                                    one.predicted(),
                                    one.confidence(),
                                    same,
                                    one.neighbors().size()));
        }
        one.neighbors()
                .forEach(neighbor -> text.append(ResultText.format(
                        "%n  %.4f  %s%s",
                        neighbor.similarity(),
                        neighbor.label().isEmpty() ? "" : neighbor.label() + "  ",
                        ResultText.beginning(neighbor.example(), 2 * SHOWN_CHARACTERS))));
        return text.toString();
    }
}
