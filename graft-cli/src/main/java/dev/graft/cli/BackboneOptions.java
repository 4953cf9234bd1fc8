package dev.graft.cli;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledItems;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.selection.ItemBranches;
import dev.graft.selection.SourceModels;
import dev.graft.source.Backbones;
import dev.graft.training.Branch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which source model to build on. */
final class BackboneOptions {
    @Option(
            names = "--backbone",
            split = ",",
            paramLabel = "ID|DIR|hf:owner/name",
            description = "The source model: an id that graft backbones lists, a directory that graft pretrain wrote,"
                    + " or a model on the Hugging Face hub, hf:owner/name@revision (for images tf_efficientnet_lite0, or"
                    + " cifar-resnet if they are small; for texts minilm-l6, or bge-small-zh if they are Chinese)."
                    + " The strategy auto chooses among several, and for images among all that are embedded if none is"
                    + " named.")
    private List<String> backbones = List.of();

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "The weights of --backbone: safetensors or the index of its shards, ONNX, or Keras HDF5.")
    private @Nullable Path weights;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description =
                    "Of texts, how many tokens are taken, the marks around them included; the end of a longer text"
                            + " is left out, and counted (128, or as many as the model knows if they are fewer).")
    private @Nullable Integer maxTokens;

    /** The files and directories that may be read, and what they are called. */
    Map<Path, String> inputs() {
        Map<Path, String> inputs = new LinkedHashMap<>();
        backbones.stream()
                .filter(name -> !name.startsWith("hf:"))
                .forEach(name -> inputs.put(Path.of(name), "the source model"));
        if (weights != null) {
            inputs.put(weights, "the weights");
        }
        return inputs;
    }

    /**
     * A source model that takes as many tokens of a text as the options say; the same model if they do not say.
     *
     * @throws SettingsException if the model does not know as many positions, or takes no texts
     */
    private Backbone limited(Backbone backbone) {
        return maxTokens == null
                ? backbone
                : new Backbone(backbone.architecture().withMaxTokens(maxTokens), backbone.weights(), backbone.card());
    }

    /** The branches of a network for items, the source models that were named each on a column that it can take. */
    List<Branch> branches(LabeledItems items) {
        if (maxTokens != null && items.textColumns().isEmpty()) {
            throw new SettingsException(Problem.of("--max-tokens has nothing to do here.")
                    .expected("--max-tokens together with a column of texts")
                    .found("--max-tokens " + maxTokens + ", and the items have no column of texts")
                    .fix("leave it out, or name a column of texts with --text-column"));
        }
        if (weights != null && backbones.size() != 1) {
            throw new SettingsException(Problem.of("--weights belongs to one source model.")
                    .expected("--weights together with one --backbone; the other columns take the usual ones")
                    .found(backbones.isEmpty() ? "no --backbone" : String.join(", ", backbones))
                    .fix("name the one whose weights these are"));
        }
        List<Backbone> named = backbones.stream()
                .map(name -> weights == null ? Backbones.load(name) : Backbones.load(name, weights))
                .toList();
        return ItemBranches.of(items, named, this::limited);
    }

    /** Whether any of the options was given. */
    boolean given() {
        return !backbones.isEmpty() || weights != null || maxTokens != null;
    }

    /** The one source model, for some data. */
    Backbone load(TargetOptions target) {
        return load(target::peeked);
    }

    /** The one source model, for examples that are looked at if it is not named. */
    Backbone load(Supplier<? extends LabeledExamples> peeked) {
        if (backbones.size() > 1) {
            throw new SettingsException(Problem.of("There are several source models, and nothing to choose among them.")
                    .expected("one --backbone, or the strategy auto")
                    .found(String.join(", ", backbones))
                    .fix("name one, or let auto choose"));
        }
        if (backbones.isEmpty()) {
            LabeledExamples examples = peeked.get();
            return limited(
                    weights == null
                            ? Backbones.loadUsual(examples)
                            : Backbones.load(Backbones.usual(examples), weights));
        }
        String name = backbones.get(0);
        return limited(weights == null ? Backbones.load(name) : Backbones.load(name, weights));
    }

    /**
     * The source models: of those that were named the order says nothing.
     *
     * @param choice whether one of several is chosen
     */
    SourceModels sources(TargetOptions target, boolean choice) {
        List<Backbone> loaded = choice ? loadAll(target) : List.of(load(target));
        return backbones.isEmpty() ? SourceModels.ranked(loaded) : SourceModels.of(loaded);
    }

    private List<Backbone> loadAll(TargetOptions target) {
        if (weights != null || backbones.size() == 1 || (backbones.isEmpty() && target.isText())) {
            return List.of(load(target));
        }
        List<Backbone> loaded = backbones.isEmpty()
                ? Backbones.suited(target.peekedImages())
                : backbones.stream().distinct().map(Backbones::load).toList();
        return loaded.stream().map(this::limited).toList();
    }
}
