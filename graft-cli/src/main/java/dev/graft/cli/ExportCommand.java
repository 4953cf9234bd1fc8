package dev.graft.cli;

import dev.graft.backbone.Architectures;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.export.OnnxExport;
import dev.graft.source.Backbones;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft export}: a bundle for programs without Graft. */
@Command(
        name = "export",
        description = "Write a bundle as an ONNX model, for programs without Graft or without Java.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft export run/bundle --out flowers-onnx",
            "  graft export run --format onnx --out flowers-onnx --overwrite"
        })
final class ExportCommand extends Subcommand {
    /** The formats there are. */
    enum Format {
        ONNX
    }

    @Parameters(index = "0", paramLabel = "BUNDLE", description = "A bundle, or a run's directory with one in it.")
    private Path bundle = Path.of(".");

    @Option(
            names = "--format",
            defaultValue = "onnx",
            paramLabel = "NAME",
            converter = NamedValue.ExportFormat.class,
            description = "The format: onnx (${DEFAULT-VALUE}), operator set 17.")
    private Format format = Format.ONNX;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The directory for model.onnx, labels.json, what prepares the input, and a README.md.")
    private Path out = Path.of(".");

    @Option(names = "--overwrite", description = "Replace an export that Graft wrote; nothing else ever is.")
    private boolean overwrite;

    ExportCommand() {}

    private record Exported(String directory, String format, String model) {}

    @Override
    int run() {
        requireBundle();
        OutputDirectory.requireApart(out, Map.of(bundle, "the bundle"));
        OutputDirectory.explained(false, () -> AtomicFiles.requireReplaceable(out, Manifest.Kind.EXPORT, overwrite));
        Path directory = BundleDirectory.find(bundle);
        OnnxExport.write(out, BundleDirectory.transferred(directory), overwrite);
        Path model = out.resolve("model.onnx");
        console()
                .result(
                        new Exported(out.toString(), format.name().toLowerCase(Locale.ROOT), model.toString()),
                        ResultText.format("Model: %s%nHow to use it: %s", model, out.resolve("README.md")));
        return ExitCode.DONE;
    }

    private void requireBundle() {
        String name = bundle.toString();
        if (!Files.exists(bundle)
                && (Architectures.ids().contains(name) || Backbones.ofFamilies().contains(name))) {
            throw new SettingsException(Problem.of("A source model alone is nothing to export.")
                    .expected("a bundle, as fit, compare and demo write it")
                    .found(name)
                    .fix("transfer it first: graft fit --backbone " + name + " --data DIR --out RUN"));
        }
    }
}
