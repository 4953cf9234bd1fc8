package dev.graft.cli;

import dev.graft.data.LabeledExamples;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.image.ImageKeeper;
import dev.graft.image.Preprocessing;
import dev.graft.preparation.Preparation;
import dev.graft.reading.FolderRules;
import dev.graft.reading.ImageScan;
import dev.graft.reading.LabeledFiles;
import dev.graft.reading.PartlyLabeled;
import dev.graft.reading.PartlyLabeledImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pictures or texts that need no labels: what they lie in, and what is done about bad files. */
final class LooseExamples {
    @Option(
            names = "--skip-bad",
            description = "Leave out images that cannot be decoded, and say so, instead of refusing the data.")
    private boolean skipBad;

    @Option(names = "--allow-links", description = "Follow symbolic links that lead out of the folder.")
    private boolean allowLinks;

    @Mixin
    private TextOptions text = new TextOptions();

    /** Images of a folder without regard to what folders they lie in, or the rows of a table. */
    PartlyLabeled<?> unlabeled(Path path) {
        return Files.isDirectory(path) ? PartlyLabeledImages.unlabeled(path, rules()) : table(path);
    }

    /** Images of a folder, with labels if they lie in a folder for each class, or the rows of a table. */
    PartlyLabeled<?> labeled(Path path) {
        return Files.isDirectory(path) ? PartlyLabeledImages.of(path, rules()) : table(path);
    }

    /** Labelled images of a folder, or the rows of a table; images that cannot be decoded are left out if that was asked for. */
    PartlyLabeled<?> readable(Console console, Path path) {
        PartlyLabeled<?> given = labeled(path);
        given.notes().forEach(console::warn);
        if (!skipBad || !(given.examples() instanceof LabeledFiles files)) {
            return given;
        }
        ImageScan scan = scan(console, files, (index, image) -> {});
        tellSkipped(console, scan);
        return given.subset(scan.places());
    }

    /** Whether an option says how examples are to be read, besides the encoding. */
    boolean given() {
        return skipBad || allowLinks || text.given();
    }

    /** The rows of a table. */
    private PartlyLabeled<?> table(Path path) {
        if (!Files.exists(path)) {
            throw new DataException(Problem.of("There is nothing at this path.")
                    .where(path.toAbsolutePath())
                    .expected("a folder of pictures, or a table of texts or of paths")
                    .found("nothing")
                    .fix("check the path"));
        }
        return text.table(path).partlyLabeled();
    }

    /** The texts of a table, in its order, empty ones left out. */
    PartlyLabeled<?> texts(Path file) {
        return table(file);
    }

    private FolderRules rules() {
        return FolderRules.defaults().withLinksOutside(allowLinks);
    }

    /**
     * Examples that can all be read.
     *
     * @param data as a network takes them
     * @param files the same examples; of pictures their files
     * @param places which of those that were given they are
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Checked(LabeledExamples data, LabeledExamples files, int[] places) {}

    /** Decodes every picture once, so that a bad one is found now, and keeps them prepared as far as there is room. */
    Checked checked(Console console, LabeledExamples examples, Preparation preparation) {
        return check(console, examples, preparation, skipBad);
    }

    /** Decodes every picture once. */
    static Checked check(Console console, LabeledExamples examples, Preparation preparation, boolean skipBad) {
        if (!(examples instanceof LabeledFiles files)) {
            int[] all = new int[examples.size()];
            java.util.Arrays.setAll(all, i -> i);
            return new Checked(examples, examples, all);
        }
        ImageKeeper keeper = new ImageKeeper(
                files.size(),
                preparation instanceof Preprocessing preprocessing ? preprocessing : null,
                ImageKeeper.usualMemory());
        ImageScan scan = scan(console, files, keeper::keep);
        LabeledFiles good = skipBad ? scan.readable() : scan.requireAllReadable();
        tellSkipped(console, scan);
        return new Checked(keeper.over(good, scan.places()), good, scan.places());
    }

    private static ImageScan scan(Console console, LabeledFiles files, ImageScan.Taker taker) {
        AtomicInteger done = new AtomicInteger();
        ImageScan scan;
        try (Progress progress = console.progress("Checking " + files.name(), files.size())) {
            scan = ImageScan.of(files, taker, () -> progress.advanceTo(done.incrementAndGet(), ""));
        }
        scan.summary().forEach(console::warn);
        return scan;
    }

    private static void tellSkipped(Console console, ImageScan scan) {
        if (scan.skipped() > 0) {
            console.warn(scan.skipped() + " of " + scan.listed() + " files of "
                    + scan.files().name() + " cannot be decoded and were left out: "
                    + scan.unreadable().get(0).file() + (scan.skipped() > 1 ? " and others" : ""));
        }
    }
}
