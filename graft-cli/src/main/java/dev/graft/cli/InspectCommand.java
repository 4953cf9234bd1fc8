package dev.graft.cli;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.backbone.CatalogueEntry;
import dev.graft.backbone.WeightSource;
import dev.graft.bundle.AdapterBundle;
import dev.graft.bundle.Bundle;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.model.Lineage;
import dev.graft.model.TransferModel;
import dev.graft.result.StageSummary;
import dev.graft.source.Backbones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code graft inspect}: what is inside a backbone, a bundle or a file of weights. */
@Command(
        name = "inspect",
        description =
                "Show the stages, shapes and parameters of a backbone, a bundle or a file of weights: safetensors,"
                        + " ONNX or Keras.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft inspect digits-cnn",
            "  graft inspect resnet18",
            "  graft inspect minilm-l6",
            "  graft inspect graft-demo/bundle",
            "  graft inspect model.safetensors --json",
            "  graft inspect model.weights.h5"
        })
final class InspectCommand extends Subcommand {
    private static final int MOST_LAYER_TEXT = 72;

    @Parameters(paramLabel = "ID|BUNDLE|FILE", description = "A backbone's id, a bundle's directory, or a file.")
    private String target = "";

    InspectCommand() {}

    private record BackboneView(
            String id, String input, BackboneCard card, String weights, List<StageSummary> stages) {}

    private record ArchitectureView(
            String id, String input, long parameters, List<WeightSource> sources, List<StageSummary> stages) {}

    private record BundleView(
            String backbone,
            String cut,
            String pooling,
            List<String> classes,
            Lineage lineage,
            List<StageSummary> stages) {}

    private record BranchView(
            String name, String kind, List<String> columns, String backbone, String cut, String pooling) {}

    private record ItemBundleView(
            List<BranchView> branches,
            String fusion,
            String head,
            List<String> classes,
            Lineage lineage,
            List<StageSummary> stages) {}

    @Override
    int run() {
        Path path = Path.of(target);
        if (Backbones.embedded().contains(target) || Backbones.ofFamilies().contains(target)) {
            backbone(Backbones.load(target));
        } else if (Files.exists(path) && !Files.isDirectory(path)) {
            WeightsFileView view = WeightsFileView.of(path);
            console().result(view, view.text());
        } else if (Architectures.ids().contains(target) && !Files.isDirectory(path)) {
            architecture(Architectures.entry(target));
        } else if (Files.isDirectory(path) && Backbones.published(path)) {
            backbone(Backbones.load(target));
        } else if (Files.isDirectory(path)) {
            Path bundle = BundleDirectory.find(path);
            if (!AdapterBundle.is(bundle) && !Files.exists(bundle.resolve("config.json"))) {
                throw WeightsFileView.noBundle(path);
            }
            if (BundleDirectory.isBackbone(bundle)) {
                backbone(Bundle.readBackbone(bundle));
            } else {
                TransferModel model = BundleDirectory.transferred(bundle);
                if (model.takesItems()) {
                    items(model);
                } else {
                    bundle(model);
                }
            }
        } else {
            throw new SettingsException(nothing());
        }
        return ExitCode.DONE;
    }

    private Problem nothing() {
        List<String> ids = new ArrayList<>(Architectures.ids());
        ids.addAll(Backbones.ofFamilies());
        List<String> nearest = Nearest.to(target, ids);
        Problem problem = Problem.of("There is no backbone, bundle or file '" + target + "'.")
                .expected("a backbone (" + String.join(", ", ids) + "), a directory that Graft wrote, or a file of"
                        + " weights")
                .found("nothing of that name");
        return (nearest.isEmpty() ? problem : problem.with("meant", String.join(" or ", nearest) + "?"))
                .fix("check the path; `graft backbones` lists the backbones");
    }

    private void backbone(Backbone backbone) {
        List<StageSummary> stages = stages(backbone.architecture());
        BackboneView view = new BackboneView(
                backbone.id(),
                backbone.architecture().inputShape().toString(),
                backbone.card(),
                backbone.weights().digest(),
                stages);
        String head = ResultText.format(
                "%s, trained on %s%s. Input %s, %,d parameters, licence %s.%nWeights %s%n%n",
                view.id(),
                view.card().data(),
                Double.isNaN(view.card().testAccuracy())
                        ? ""
                        : ResultText.format(": test accuracy %.4f", view.card().testAccuracy()),
                view.input(),
                backbone.weights().parameters(),
                view.card().license(),
                view.weights());
        console().result(view, head + table(stages));
    }

    /** A network whose weights are not shipped: its stages, and where weights can be had. */
    private void architecture(CatalogueEntry entry) {
        Architecture architecture = entry.architecture();
        long parameters = architecture.parameters().stream()
                .mapToLong(ParameterSpec::elements)
                .sum();
        ArchitectureView view = new ArchitectureView(
                architecture.id(),
                architecture.inputShape().toString(),
                parameters,
                entry.sources(),
                stages(architecture));
        StringBuilder head = new StringBuilder(ResultText.format(
                "%s, without weights in Graft. Input %s, %,d parameters.%n", view.id(), view.input(), parameters));
        for (WeightSource source : entry.sources()) {
            head.append(ResultText.format(
                    "Weights of %s: hf:%s, licence %s (%s)%n",
                    source.data(), source.repository(), source.license(), String.join("; ", source.references())));
        }
        console().result(view, head + System.lineSeparator() + table(view.stages()));
    }

    private static List<StageSummary> stages(Architecture architecture) {
        Map<String, ActivationShape> shapes = architecture.outputShapes();
        List<StageSummary> stages = new ArrayList<>();
        for (Stage stage : architecture.stages()) {
            long parameters = stage.parameters().stream()
                    .mapToLong(ParameterSpec::elements)
                    .sum();
            stages.add(new StageSummary(
                    stage.name(), stage.describe(), String.valueOf(shapes.get(stage.name())), parameters, false));
        }
        return stages;
    }

    private void bundle(TransferModel model) {
        BundleView view = new BundleView(
                model.architecture().id(),
                model.cut().stageNames(),
                model.cut().poolingLabel(),
                model.classNames(),
                model.lineage(),
                model.summary(Set.of()));
        String head = ResultText.format(
                "%s, cut at %s, pooling %s, head %s. Classes: %s.%n%s%n%n",
                view.backbone(),
                view.cut(),
                view.pooling(),
                model.headName(),
                String.join(", ", view.classes()),
                lineage(view.lineage()));
        console().result(view, head + table(view.stages()));
    }

    private static String lineage(Lineage lineage) {
        return ResultText.format(
                "Strategy %s on %s (%d examples), seed %d.",
                lineage.strategy(), lineage.data(), lineage.trainingExamples(), lineage.seed());
    }

    private void items(TransferModel model) {
        ItemBundleView view = new ItemBundleView(
                model.branches().stream()
                        .map(branch -> new BranchView(
                                branch.name(),
                                branch.kind().name().toLowerCase(Locale.ROOT),
                                branch.columns(),
                                branch.architecture().id(),
                                branch.cut().stageNames(),
                                branch.cut().poolingLabel()))
                        .toList(),
                model.fusionName(),
                model.headName(),
                model.classNames(),
                model.lineage(),
                model.summary(Set.of()));
        StringBuilder head = new StringBuilder();
        for (BranchView branch : view.branches()) {
            head.append(ResultText.format(
                    "Branch %s takes %s (%s): %s, cut at %s, pooling %s.%n",
                    branch.name(),
                    String.join(", ", branch.columns()),
                    branch.kind(),
                    branch.backbone(),
                    branch.cut(),
                    branch.pooling()));
        }
        head.append(ResultText.format(
                "Joined by %s, head %s. Classes: %s.%n%s%n%n",
                view.fusion(), view.head(), String.join(", ", view.classes()), lineage(view.lineage())));
        console().result(view, head + table(view.stages()));
    }

    private static String table(List<StageSummary> stages) {
        int name = width(stages, StageSummary::stage, "stage");
        int layers = width(stages, InspectCommand::layers, "layers");
        String format = "  %-" + name + "s %-" + layers + "s %-16s ";
        StringBuilder text =
                new StringBuilder(ResultText.format(format + "%s%n", "stage", "layers", "output", "parameters"));
        for (StageSummary stage : stages) {
            text.append(ResultText.format(
                    format + "%,d%n", stage.stage(), layers(stage), stage.outputShape(), stage.parameters()));
        }
        return text.toString().stripTrailing();
    }

    /** A transformer's layers would make a table wider than any terminal; --json has them whole. */
    private static String layers(StageSummary stage) {
        String all = stage.layer();
        return all.length() <= MOST_LAYER_TEXT
                ? all
                : all.substring(0, MOST_LAYER_TEXT - 1).stripTrailing() + "…";
    }

    private static int width(List<StageSummary> stages, Function<StageSummary, String> column, String title) {
        return stages.stream().map(column).mapToInt(String::length).reduce(title.length(), Math::max);
    }
}
