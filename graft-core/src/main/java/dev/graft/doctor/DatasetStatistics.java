package dev.graft.doctor;

import dev.graft.doctor.Finding.Kind;
import dev.graft.doctor.Finding.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What only shows when all images are seen together: small classes, odd sizes, grey ones among coloured ones. */
final class DatasetStatistics {
    /** Fewer than this are too few to learn a class from and to test it. */
    private static final int SMALL_CLASS = 10;

    private static final int ODD_RATIO = 4;

    /** Above this share, grey pictures are no exception. */
    private static final double FEW = 0.2;

    private final NumberedExamples patients;
    private final @Nullable ImageFingerprint[] portraits;

    DatasetStatistics(NumberedExamples patients, @Nullable ImageFingerprint[] portraits) {
        this.patients = patients;
        this.portraits = portraits;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(classes());
        int median = medianShorterSide();
        note(
                findings,
                Kind.ODD_SIZE,
                "less than a quarter of the usual size, whose shorter side is " + median + " pixels",
                portrait -> ODD_RATIO * shorter(portrait) < median);
        note(
                findings,
                Kind.ODD_SIZE,
                "more than " + ODD_RATIO + " times as long as wide, or as wide as long",
                portrait -> Math.max(portrait.height(), portrait.width()) > ODD_RATIO * shorter(portrait));
        long seen = Arrays.stream(portraits).filter(Objects::nonNull).count();
        long grey = Arrays.stream(portraits)
                .filter(one -> one != null && one.grey())
                .count();
        if (grey <= FEW * seen) {
            note(findings, Kind.GREY_AMONG_COLOR, "grey, where most are in colour", ImageFingerprint::grey);
        }
        note(
                findings,
                Kind.TURNED,
                "stored turned or mirrored, with an EXIF orientation: Graft shows them upright,"
                        + " other programs may not",
                portrait -> portrait.orientation() != 1);
        return findings;
    }

    private List<Finding> classes() {
        List<Finding> findings = new ArrayList<>();
        List<Diagnosis.Part> parts = patients.describe();
        for (int label = 0; label < patients.classNames().size(); label++) {
            String name = patients.classNames().get(label);
            int count = parts.get(0).perClass().get(label);
            if (count > 0 && count < SMALL_CLASS) {
                findings.add(new Finding(
                        Severity.WARNING,
                        Kind.SMALL_CLASS,
                        "class '" + name + "' has " + count + (count == 1 ? " image" : " images") + " to learn from",
                        List.of()));
            }
            for (Diagnosis.Part part : parts) {
                if (part.perClass().get(label) == 0) {
                    findings.add(new Finding(
                            Severity.WARNING,
                            Kind.ABSENT_CLASS,
                            "class '" + name + "' has no image in " + part.name(),
                            List.of()));
                }
            }
        }
        return findings;
    }

    private void note(List<Finding> findings, Kind kind, String what, Predicate<ImageFingerprint> concerns) {
        List<Integer> concerned = IntStream.range(0, portraits.length)
                .filter(number -> {
                    ImageFingerprint portrait = portraits[number];
                    return portrait != null && concerns.test(portrait);
                })
                .boxed()
                .toList();
        if (!concerned.isEmpty()) {
            String count = concerned.size() == 1 ? "1 image: " : concerned.size() + " images: ";
            findings.add(new Finding(Severity.NOTE, kind, count + what, patients.filesOf(concerned)));
        }
    }

    private int medianShorterSide() {
        int[] sides = Arrays.stream(portraits)
                .filter(Objects::nonNull)
                .mapToInt(DatasetStatistics::shorter)
                .sorted()
                .toArray();
        return sides.length == 0 ? 0 : sides[sides.length / 2];
    }

    private static int shorter(ImageFingerprint portrait) {
        return Math.min(portrait.height(), portrait.width());
    }
}
