package dev.graft.cli;

import dev.graft.data.ClassSelection;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.Split;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.experiment.TargetSource;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.image.ImageKeeper;
import dev.graft.image.Preprocessing;
import dev.graft.model.TransferModel;
import dev.graft.preparation.Preparation;
import dev.graft.reading.FolderLayout;
import dev.graft.reading.FolderRules;
import dev.graft.reading.ImageDataset;
import dev.graft.reading.ImageScan;
import dev.graft.reading.ItemColumns;
import dev.graft.reading.LabeledFiles;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TableKind;
import dev.graft.result.ExperimentResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The user's own images, texts or items: where they lie, how they are divided, and what is done about bad files. */
final class TargetOptions {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR|FILE",
            description =
                    "Images: a folder for each class, also below train, val and test; or a CSV file with the columns"
                            + " path and label. Texts: a CSV, TSV or JSON file with the columns text and label, or those"
                            + " that --text-column and --label-column name. Items of several parts: a table with more"
                            + " columns that are of use. A column split divides examples into train, val and test.")
    private Path data = Path.of(".");

    @Option(
            names = "--test",
            paramLabel = "DIR|FILE",
            description =
                    "Test examples of their own, in the same form; otherwise some of --data are kept for testing.")
    private @Nullable Path test;

    @Option(
            names = "--split",
            split = ",",
            paramLabel = "X",
            converter = Range.Fraction.class,
            description = "The fractions for training, validation and test, where the data does not come divided"
                    + " (0.7,0.15,0.15).")
    private List<Double> fractions = List.of();

    @Option(names = "--classes", split = ",", paramLabel = "NAME", description = "Use only these classes.")
    private List<String> classes = List.of();

    @Option(
            names = "--skip-bad",
            description =
                    "Leave out images that cannot be decoded, and the items that they belong to, and say so, instead of"
                            + " refusing the data.")
    private boolean skipBad;

    @Option(names = "--allow-empty", description = "Allow class folders without images.")
    private boolean allowEmpty;

    @Option(names = "--allow-links", description = "Follow symbolic links that lead out of the folder.")
    private boolean allowLinks;

    @Option(
            names = "--layout",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "What folders of images stand for, where it is not plain: classes (those at the top, whatever"
                    + " they are called), parts (train, val and test, with classes inside), innermost (each folder that"
                    + " images lie in is a class), or auto (${DEFAULT-VALUE}).")
    private FolderLayout layout = FolderLayout.AUTO;

    @Mixin
    private TextOptions text = new TextOptions();

    @Mixin
    private ItemOptions items = new ItemOptions();

    @Mixin
    private TargetTaskOptions task = new TargetTaskOptions();

    private @Nullable TextTarget texts;
    private @Nullable ImageDataset dataset;
    private final Set<String> warnings = new LinkedHashSet<>();
    private long memoryLeft = ImageKeeper.usualMemory();

    /** What is read, and what it is called. */
    Map<Path, String> inputs() {
        return test == null ? Map.of(data, "the data") : Map.of(data, "the data", test, "the test data");
    }

    /** A table with the columns that the options name. */
    private LabeledTable table(Path path) {
        LabeledTable table = textTable(path);
        LabeledTable named = items.given() ? table.withColumns(items.columns(text.namedColumns())) : table;
        return named.withoutBad(skipBad);
    }

    private LabeledTable textTable(Path path) {
        return text.table(path).withTargets(task.reading());
    }

    /** Whether the data is items of several parts: options name their columns, or the table's columns and content say so. */
    boolean isItems() {
        return items.given()
                || (Files.exists(data)
                        && !Files.isDirectory(data)
                        && table(data).kind() == TableKind.ITEMS);
    }

    /**
     * Refuses items of several parts.
     *
     * @param command what does not take them
     * @throws SettingsException if the data is such items
     */
    void refuseItems(String command) {
        if (isItems()) {
            throw new SettingsException(Problem.of("graft " + command + " takes no items of several parts.")
                    .where(data)
                    .expected("images, or texts")
                    .found("columns of several parts: "
                            + String.join(", ", table(data).columns().all()))
                    .fix("name one column of texts (--text-column), or keep a column of paths and the labels alone"));
        }
    }

    /** The columns that items are made of. */
    ItemColumns columns() {
        return table(data).columns();
    }

    /** The items of several parts, divided by a seed. */
    TargetData items(Console console, long seed) {
        return itemSource(console).draw(seed);
    }

    /** The items of several parts, divided anew for each seed as far as they do not come divided. */
    TargetSource itemSource(Console console) {
        LabeledTable table = table(data);
        LabeledTable.Divided<LabeledItems> read = table.items();
        warnings.addAll(read.listing().warnings());
        if (test != null) {
            LabeledTable.Judging<LabeledItems> judged =
                    table(test).withColumns(table.columns()).items(read.train().kind());
            warnings.addAll(judged.listing().warnings());
            read = read.withTest(judged.examples());
        }
        warnings.forEach(console::warn);
        LabeledItems train = chosen(read.train());
        LabeledItems validation = read.validation() == null ? null : chosen(read.validation());
        LabeledItems judging = read.test() == null ? null : chosen(read.test());
        Split split = split();
        return seed -> parts(split.withSeed(seed).complete(train, validation, judging));
    }

    private LabeledItems chosen(LabeledItems all) {
        return classes.isEmpty() ? all : all.withClasses(classes);
    }

    /** Whether the data is texts; images or items otherwise. */
    boolean isText() {
        return !items.given() && text.meant(data);
    }

    /** The examples for training as they were found, to choose source models for them; images are not yet checked. */
    LabeledExamples peeked() {
        return isText() ? texts().train() : peekedImages();
    }

    /** The images for training as they were found; not yet checked. */
    LabeledImages peekedImages() {
        return dataset().train();
    }

    private TextTarget texts() {
        TextTarget read = texts;
        if (read == null) {
            read = TextTarget.read(textTable(data), test == null ? null : textTable(test), classes);
            texts = read;
        }
        return read;
    }

    /** The data divided by a seed; every image was decoded once, is good, and is kept prepared for a backbone. */
    TargetData load(Console console, long seed, Preparation preparation) {
        return source(console, preparation).draw(seed);
    }

    /** All training examples, undivided. */
    LabeledExamples all(Console console, Preparation preparation) {
        if (isText()) {
            texts().warnings().forEach(console::warn);
            return texts().train();
        }
        Preprocessing preprocessing = preparation instanceof Preprocessing own ? own : null;
        ImageDataset listed = dataset();
        warnings.addAll(listed.warnings());
        LabeledImages images = checked(console, listed.train(), preprocessing);
        warnings.forEach(console::warn);
        return images;
    }

    /** The data, divided anew for each seed as far as it does not come divided. */
    TargetSource source(Console console) {
        return source(console, null);
    }

    /** The data, each image kept prepared for a backbone where there is no room for it as it is. */
    TargetSource source(Console console, @Nullable Preparation preparation) {
        Split split = split();
        return isText()
                ? texts(console, split)
                : images(console, split, preparation instanceof Preprocessing own ? own : null);
    }

    private TargetSource texts(Console console, Split split) {
        warnings.addAll(texts().warnings());
        warnings.forEach(console::warn);
        return seed -> parts(split.withSeed(seed).complete(texts().train(), texts().validation(), texts().test()));
    }

    private TargetSource images(Console console, Split split, @Nullable Preprocessing preprocessing) {
        ImageDataset listed = dataset();
        if (test != null) {
            listed = Files.isRegularFile(test)
                    ? listed.withTest(table(test).images(listed.train().kind()).examples())
                    : listed.withTest(test, rules(), text.charset());
        }
        warnings.addAll(listed.warnings());
        LabeledImages train = checked(console, listed.train(), preprocessing);
        LabeledImages validation =
                listed.validation() == null ? null : checked(console, listed.validation(), preprocessing);
        LabeledImages judged = listed.test() == null ? null : checked(console, listed.test(), preprocessing);
        warnings.forEach(console::warn);
        return seed -> parts(split.withSeed(seed).complete(train, validation, judged));
    }

    /** The images of the data, listed once. */
    private ImageDataset dataset() {
        ImageDataset listed = dataset;
        if (listed == null) {
            task.requireTable(data);
            listed = Files.isRegularFile(data)
                    ? ImageDataset.of(table(data))
                    : ImageDataset.of(data, rules(), text.charset());
            dataset = listed;
        }
        return listed;
    }

    private static TargetData parts(Split.Parts parts) {
        return new TargetData(
                parts.train(), parts.validation().size() == 0 ? null : parts.validation(), parts.test(), parts.test());
    }

    /** The result with what the user should know of the data, and of what the network takes of it. */
    ExperimentResult annotated(ExperimentResult result, TransferModel model) {
        if (!model.takesItems() && isText()) {
            warnings.addAll(texts().truncated(model.architecture()));
        }
        return annotated(result);
    }

    /** The result with what the user should know of the data. */
    ExperimentResult annotated(ExperimentResult result) {
        return result.withTarget(result.target().withWarnings(List.copyOf(warnings)));
    }

    private LabeledImages checked(Console console, LabeledFiles files, @Nullable Preprocessing preprocessing) {
        ImageKeeper keeper = new ImageKeeper(files.size(), preprocessing, memoryLeft);
        AtomicInteger done = new AtomicInteger();
        ImageScan scan;
        try (Progress progress = console.progress("Checking " + files.name(), files.size())) {
            scan = ImageScan.of(files, keeper::keep, () -> progress.advanceTo(done.incrementAndGet(), ""));
        }
        warnings.addAll(scan.summary());
        LabeledFiles good = skipBad ? scan.readable() : scan.requireAllReadable();
        if (scan.skipped() > 0) {
            warnings.add(scan.skipped() + " of " + scan.listed() + " files of " + files.name()
                    + " cannot be decoded and were left out: "
                    + scan.unreadable().get(0).file()
                    + (scan.skipped() > 1 ? " and others (graft doctor lists them)" : ""));
        }
        memoryLeft -= keeper.memoryUsed();
        LabeledImages held = keeper.over(good, scan.places());
        return classes.isEmpty() ? held : ClassSelection.of(held, classes);
    }

    private FolderRules rules() {
        return FolderRules.defaults()
                .withEmptyClasses(allowEmpty)
                .withLinksOutside(allowLinks)
                .withLayout(layout);
    }

    private Split split() {
        if (fractions.isEmpty()) {
            return Split.stratified(0.7, 0.15, 0.15);
        }
        if (fractions.size() != 3) {
            throw new SettingsException(Problem.of("--split takes three fractions.")
                    .expected("training, validation and test, as in 0.7,0.15,0.15")
                    .found(new ArrayList<>(fractions)));
        }
        return Split.stratified(fractions.get(0), fractions.get(1), fractions.get(2));
    }
}
