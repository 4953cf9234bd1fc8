package dev.graft.cli;

import dev.graft.doctor.Diagnosis;
import dev.graft.doctor.Doctor;
import dev.graft.doctor.Finding;
import dev.graft.reading.FolderLayout;
import dev.graft.reading.FolderRules;
import dev.graft.reading.ImageDataset;
import dev.graft.reading.LabeledFiles;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft doctor}: what is wrong with labelled images. Exit code 1 if something must be mended first. */
@Command(
        name = "doctor",
        description = {
            "Examine labelled images: corrupt, double, leaking, unbalanced; with --labels look for wrong labels or numbers,"
                    + " of images or texts. Reports, changes nothing.",
            "Exit code 0 if the data can be used, 1 if there are errors, whatever else there is to say."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft doctor --data photos/               one folder a class, or those below train, val and test",
            "  graft doctor --data photos.csv --json     a CSV file with the columns path, label and perhaps split",
            "  graft doctor --labels --data photos/ --page suspects.html     labels likely wrong",
            "  graft doctor --labels --data reviews.csv --text-column review --top 50",
            "  graft doctor --labels --data scans.csv --task multi-label     labels too many or missing",
            "  graft doctor --labels --data houses.csv --task regression --target-column price     numbers far off"
        })
final class DoctorCommand extends Subcommand {
    private static final int GROUPS_SHOWN = 5;
    private static final int FILES_SHOWN = 4;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR|FILE",
            description =
                    "A directory with one folder a class, perhaps below train, val and test; or a CSV file. With --labels"
                            + " also a table of texts.")
    private Path data = Path.of(".");

    @Option(names = "--allow-empty", description = "Let a class folder be empty.")
    private boolean allowEmpty;

    @Option(names = "--allow-links", description = "Let symbolic links lead out of the directory.")
    private boolean allowLinks;

    @Option(
            names = "--layout",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "What the folders stand for: classes, parts, innermost or auto (${DEFAULT-VALUE}).")
    private FolderLayout layout = FolderLayout.AUTO;

    @Option(
            names = "--labels",
            description =
                    "Look for wrong labels instead: what heads on frozen features, which did not learn from an example,"
                            + " find less probable than another class or than the opposite, and numbers far from what"
                            + " they expect. Of divided data all parts are looked at.")
    private boolean labels;

    @Mixin
    private LabelReviewOptions review = new LabelReviewOptions();

    @Mixin
    private BackboneOptions backbone = new BackboneOptions();

    @Mixin
    private TextOptions text = new TextOptions();

    @Mixin
    private TargetTaskOptions task = new TargetTaskOptions();

    DoctorCommand() {}

    @Override
    int run() {
        FolderRules rules = new FolderRules(allowEmpty, allowLinks, layout);
        if (labels) {
            return review.run(console(), data, rules, text, task, backbone);
        }
        review.requireUse(backbone, text, task);
        ImageDataset dataset = ImageDataset.of(data, rules, text.charset());
        int total = dataset.present().stream().mapToInt(LabeledFiles::size).sum();
        Diagnosis diagnosis;
        try (Progress progress = console().progress("Examining", total)) {
            AtomicLong done = new AtomicLong();
            diagnosis = Doctor.examine(dataset, () -> {
                synchronized (progress) {
                    progress.advanceTo(done.incrementAndGet(), "");
                }
            });
        }
        console().result(diagnosis, text(diagnosis));
        return diagnosis.healthy() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String text(Diagnosis diagnosis) {
        StringBuilder text = new StringBuilder();
        for (Diagnosis.Part part : diagnosis.parts()) {
            text.append(ResultText.format(
                    "%s: %d images in %d classes%n",
                    part.name(), part.images(), part.perClass().size()));
            text.append("  ")
                    .append(IntStream.range(0, part.perClass().size())
                            .limit(20)
                            .mapToObj(
                                    label -> ResultText.name(diagnosis.classes().get(label)) + " "
                                            + part.perClass().get(label))
                            .collect(Collectors.joining(", ")));
            text.append(part.perClass().size() > 20 ? ", …" : "").append(System.lineSeparator());
        }
        Map<Finding.Kind, List<Finding>> byKind = diagnosis.findings().stream()
                .collect(Collectors.groupingBy(
                        Finding::kind, () -> new EnumMap<>(Finding.Kind.class), Collectors.toList()));
        for (Finding.Severity severity : Finding.Severity.values()) {
            byKind.forEach((kind, findings) -> {
                if (findings.get(0).severity() == severity) {
                    append(text, kind, findings);
                }
            });
        }
        text.append(System.lineSeparator()).append(verdict(diagnosis));
        return text.toString();
    }

    private static void append(StringBuilder text, Finding.Kind kind, List<Finding> findings) {
        text.append(ResultText.format(
                "%n%s  %s (%d)%n",
                findings.get(0).severity().name().toLowerCase(Locale.ROOT),
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                findings.size()));
        for (Finding finding : findings.subList(0, Math.min(GROUPS_SHOWN, findings.size()))) {
            text.append("  ").append(ResultText.name(finding.message())).append(System.lineSeparator());
            finding.files().stream().limit(FILES_SHOWN).forEach(file -> text.append("    ")
                    .append(ResultText.name(file))
                    .append(System.lineSeparator()));
            more(text, finding.files().size() - FILES_SHOWN, "    ");
        }
        more(text, findings.size() - GROUPS_SHOWN, "  ");
    }

    private static void more(StringBuilder text, int count, String indent) {
        if (count > 0) {
            text.append(indent)
                    .append("and ")
                    .append(count)
                    .append(" more; --json lists all")
                    .append(System.lineSeparator());
        }
    }

    private static String verdict(Diagnosis diagnosis) {
        if (diagnosis.findings().isEmpty()) {
            return diagnosis.files() + " images examined, nothing found.";
        }
        Map<Finding.Severity, Long> counts = diagnosis.findings().stream()
                .collect(Collectors.groupingBy(
                        Finding::severity, () -> new EnumMap<>(Finding.Severity.class), Collectors.counting()));
        return diagnosis.files() + " images examined: "
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " "
                                + entry.getKey().name().toLowerCase(Locale.ROOT) + (entry.getValue() == 1 ? "" : "s"))
                        .collect(Collectors.joining(", "))
                + (diagnosis.healthy() ? "." : ". Mend the errors before training; nothing was changed.");
    }
}
