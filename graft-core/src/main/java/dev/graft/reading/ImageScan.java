package dev.graft.reading;

import dev.graft.data.Image;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.image.DecodedImage;
import dev.graft.image.ImageFiles;
import dev.graft.image.ImageWarnings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Every image decoded once, before any work begins, so that a bad one is found now and not in the third epoch:
 * {@code used + skipped = listed}. Runs on all cores and keeps nothing but what it found.
 *
 * @param files what was looked through
 * @param unreadable the files that cannot be used, in order
 * @param warnings what is odd about files that can, a remark for each kind, in order
 * @param decodedBytes the size of all decoded images together
 */
public record ImageScan(LabeledFiles files, List<Remark> unreadable, List<Remark> warnings, long decodedBytes) {
    private static final int SHOWN = 10;
    private static final int SHOWN_CONVERSIONS = 3;

    /** Copies the lists. */
    public ImageScan {
        unreadable = List.copyOf(unreadable);
        warnings = List.copyOf(warnings);
    }

    /**
     * A file and what there is to say of it.
     *
     * @param index its place among the files
     * @param file its path
     * @param reason what is wrong or odd, in a phrase
     * @param fix what to do about it, empty if that goes without saying
     */
    public record Remark(int index, Path file, String reason, String fix) {}

    /** Takes decoded images, from several threads at once. */
    @FunctionalInterface
    public interface Taker {
        /** Takes the image of one file, given by its place among the files. */
        void take(int index, Image image);
    }

    /** Decodes all files. */
    public static ImageScan of(LabeledFiles files) {
        return of(files, (index, image) -> {}, () -> {});
    }

    /**
     * Decodes all files.
     *
     * @param taker receives each image that can be used
     * @param afterEach called once a file, by several threads
     */
    public static ImageScan of(LabeledFiles files, Taker taker, Runnable afterEach) {
        AtomicLong bytes = new AtomicLong();
        List<Outcome> outcomes = IntStream.range(0, files.size())
                .parallel()
                .mapToObj(index -> {
                    List<Outcome> found = look(files, index, taker, bytes);
                    afterEach.run();
                    return found;
                })
                .flatMap(List::stream)
                .toList();
        return new ImageScan(
                files,
                outcomes.stream().filter(Outcome::bad).map(Outcome::remark).toList(),
                outcomes.stream()
                        .filter(outcome -> !outcome.bad())
                        .map(Outcome::remark)
                        .toList(),
                bytes.get());
    }

    /** What was found of one file. */
    private record Outcome(boolean bad, Remark remark) {}

    private static List<Outcome> look(LabeledFiles files, int index, Taker taker, AtomicLong bytes) {
        Path file = files.file(index);
        try {
            DecodedImage decoded = files.decode(index);
            Image image = decoded.image();
            bytes.addAndGet(image.pixels().length);
            taker.take(index, image);
            return decoded.warnings(file).stream()
                    .map(warning -> new Outcome(false, new Remark(index, file, warning, "")))
                    .toList();
        } catch (DataException e) {
            return List.of(new Outcome(true, new Remark(index, file, reason(e), conversion(e))));
        }
    }

    /** The problem in a phrase: what was found, if the message says so. */
    public static String reason(DataException e) {
        return line(e, "  found ").orElseGet(() -> {
            String message = e.getMessage();
            return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
        });
    }

    /** How a file that is whole, but of a form that is not read, is converted; empty for all other problems. */
    public static String conversion(DataException e) {
        return line(e, "  to fix ")
                .filter(fix -> !fix.equals(ImageFiles.REPLACE))
                .orElse("");
    }

    private static Optional<String> line(DataException e, String label) {
        @Nullable String message = e.getMessage();
        return message == null
                ? Optional.empty()
                : message.lines()
                        .filter(line -> line.startsWith(label))
                        .map(line -> line.substring(label.length()).strip())
                        .findFirst();
    }

    /** What is odd, in one line for each kind: how many files there are of it, and the first. */
    public List<String> summary() {
        ImageWarnings kinds = new ImageWarnings();
        warnings.forEach(remark -> kinds.add(remark.file(), List.of(remark.reason())));
        return kinds.lines(listed());
    }

    /** All files. */
    public int listed() {
        return files.size();
    }

    /** The files that can be used. */
    public int used() {
        return files.size() - unreadable.size();
    }

    /** The files that cannot. */
    public int skipped() {
        return unreadable.size();
    }

    /** The files that can be used, as data. */
    public LabeledFiles readable() {
        return files.subset(places());
    }

    /** The places of the files that can be used. */
    public int[] places() {
        boolean[] bad = new boolean[files.size()];
        unreadable.forEach(remark -> bad[remark.index()] = true);
        return IntStream.range(0, bad.length).filter(i -> !bad[i]).toArray();
    }

    /**
     * Refuses data with bad files, as a run does unless it was told to skip them.
     *
     * @return all files
     * @throws DataException if there is a bad file; it names the first ten
     */
    public LabeledFiles requireAllReadable() {
        if (unreadable.isEmpty()) {
            return files;
        }
        String list = unreadable.stream()
                .limit(SHOWN)
                .map(remark -> remark.file() + ": " + remark.reason())
                .collect(Collectors.joining("\n"));
        int more = unreadable.size() - SHOWN;
        String conversions = unreadable.stream()
                .map(Remark::fix)
                .filter(fix -> !fix.isEmpty())
                .distinct()
                .limit(SHOWN_CONVERSIONS)
                .map(fix -> "\n" + fix)
                .collect(Collectors.joining());
        throw new DataException(Problem.of("Some image files cannot be used.")
                .where(files.name())
                .expected(files.size() + " whole images")
                .found(unreadable.size() + " bad ones:\n" + list + (more > 0 ? "\nand " + more + " more" : ""))
                .fix("replace or remove these files, or leave them out (ImageScan.readable);"
                        + " ImageScan.unreadable lists all" + conversions));
    }
}
