package dev.graft.doctor;

import dev.graft.doctor.Finding.Kind;
import dev.graft.doctor.Finding.Severity;
import dev.graft.error.DataException;
import dev.graft.image.DecodedImage;
import dev.graft.reading.ImageDataset;
import dev.graft.reading.ImageScan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Examines images in files. Reads each of them once, on all cores; changes nothing. */
public final class Doctor {
    private final NumberedExamples patients;
    private final @Nullable ImageFingerprint[] portraits;
    private final ConcurrentLinkedQueue<Numbered> perFile = new ConcurrentLinkedQueue<>();
    private final List<Finding> findings = new ArrayList<>();

    private Doctor(ImageDataset data) {
        this.patients = new NumberedExamples(data);
        this.portraits = new ImageFingerprint[patients.size()];
    }

    /** A finding about one file, with its number to sort by. */
    private record Numbered(int number, Finding finding) {}

    /** Examines a data set. */
    public static Diagnosis examine(ImageDataset data) {
        return examine(data, () -> {});
    }

    /**
     * Examines a data set.
     *
     * @param afterEach called once a file, by several threads
     */
    public static Diagnosis examine(ImageDataset data, Runnable afterEach) {
        Doctor doctor = new Doctor(data);
        doctor.look(afterEach);
        doctor.copies();
        data.warnings()
                .forEach(warning ->
                        doctor.findings.add(new Finding(Severity.WARNING, Kind.LISTING, warning, List.of())));
        doctor.findings.addAll(new DatasetStatistics(doctor.patients, doctor.portraits).findings());
        doctor.findings.sort(Comparator.comparing(Finding::severity).thenComparing(Finding::kind));
        return new Diagnosis(
                doctor.patients.size(), doctor.patients.classNames(), doctor.patients.describe(), doctor.findings);
    }

    private void look(Runnable afterEach) {
        IntStream.range(0, patients.size()).parallel().forEach(number -> {
            look(number);
            afterEach.run();
        });
        perFile.stream()
                .sorted(Comparator.comparingInt(Numbered::number))
                .forEach(numbered -> findings.add(numbered.finding()));
    }

    private void look(int number) {
        String file = patients.file(number);
        try {
            DecodedImage decoded = patients.decode(number);
            portraits[number] = ImageFingerprint.of(decoded);
            for (String warning : decoded.warnings(Path.of(file))) {
                perFile.add(new Numbered(number, new Finding(Severity.WARNING, Kind.ODD_FILE, warning, List.of(file))));
            }
        } catch (DataException e) {
            String conversion = ImageScan.conversion(e);
            String what = ImageScan.reason(e) + (conversion.isEmpty() ? "" : "; " + conversion);
            perFile.add(new Numbered(number, new Finding(Severity.ERROR, Kind.UNREADABLE, what, List.of(file))));
        }
    }

    private record Pixels(long first, long second) {}

    private void copies() {
        Map<Pixels, List<Integer>> groups = new LinkedHashMap<>();
        for (int number = 0; number < portraits.length; number++) {
            ImageFingerprint portrait = portraits[number];
            if (portrait != null) {
                groups.computeIfAbsent(new Pixels(portrait.pixels(), portrait.morePixels()), key -> new ArrayList<>(1))
                        .add(number);
            }
        }
        groups.values().stream()
                .filter(group -> group.size() > 1)
                .map(this::copy)
                .forEach(findings::add);
        List<Integer> different =
                groups.values().stream().map(group -> group.get(0)).toList();
        new Likenesses(patients, portraits)
                .among(different).stream().map(this::likeness).forEach(findings::add);
    }

    private Finding copy(List<Integer> group) {
        List<String> digests =
                group.stream().map(patients::fileDigest).distinct().toList();
        String what = digests.size() == 1
                ? "the same file " + group.size() + " times, SHA-256 "
                        + digests.get(0).substring(0, 16) + "…"
                : "the same pixels in " + group.size() + " files";
        return finding(
                group,
                what,
                new Kind[] {Kind.LEAKING_COPY, Kind.CONTRADICTING_COPY, Kind.REPEATED_COPY},
                new Severity[] {Severity.ERROR, Severity.ERROR, Severity.WARNING});
    }

    private Finding likeness(List<Integer> group) {
        return finding(
                group,
                group.size() + " pictures that look the same",
                new Kind[] {Kind.LEAKING_LIKENESS, Kind.CONTRADICTING_LIKENESS, Kind.REPEATED_LIKENESS},
                new Severity[] {Severity.WARNING, Severity.WARNING, Severity.NOTE});
    }

    /** Kinds and severities for: in several parts, in several classes, neither. */
    private Finding finding(List<Integer> group, String what, Kind[] kinds, Severity[] severities) {
        List<String> parts = patients.partsOf(group);
        List<String> classes = patients.classesOf(group);
        int place = parts.size() > 1 ? 0 : classes.size() > 1 ? 1 : 2;
        String where = (parts.size() > 1 ? ", in " + String.join(" and ", parts) : "")
                + (classes.size() > 1
                        ? ", as " + String.join(" and ", classes)
                        : place == 2 ? ", all as " + classes.get(0) : "");
        return new Finding(severities[place], kinds[place], what + where, patients.filesOf(group));
    }
}
