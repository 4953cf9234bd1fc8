package dev.graft.text;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which files a published model's directory holds, and what each kind is that cannot be read. */
final class ModelFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFiles.class);
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String ADAPTER = "adapter_config.json";

    /** In Python, where such a model comes from. */
    private static final String CONVERT = """
            convert it where it comes from, in Python:
            from transformers import AutoModel, AutoTokenizer
            AutoModel.from_pretrained('%1$s').save_pretrained('converted')
            AutoTokenizer.from_pretrained('%1$s').save_pretrained('converted')""";

    /** What other programs write, with how it is called and how to come to safetensors from there. */
    private record Kind(Predicate<String> name, String what, String fix) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    name -> name.matches("(pytorch_model.*|.*\\.(pt|pth|ckpt))\\.bin|.*\\.(pt|pth|ckpt|bin|pkl)")
                            || name.equals("pytorch_model.bin.index.json"),
                    "a pickle: a program in Python's own form, which can do anything to the machine that reads it,"
                            + " so that Graft never reads one",
                    CONVERT),
            new Kind(
                    name -> name.endsWith(".ckpt.index") || name.equals("tf_model.h5"),
                    "TensorFlow's weights",
                    CONVERT.replace("'%1$s')", "'%1$s', from_tf=True)")),
            new Kind(
                    name -> name.equals("flax_model.msgpack"),
                    "Flax's weights",
                    CONVERT.replace("'%1$s')", "'%1$s', from_flax=True)")),
            new Kind(
                    name -> name.endsWith(".gguf"),
                    "a GGUF file, whose weights are rounded for llama.cpp",
                    "get the model's safetensors files in its place"),
            new Kind(
                    name -> name.startsWith("openvino_model"),
                    "a model for OpenVINO",
                    "get the model's safetensors files in its place"));

    private final Path directory;
    private final List<String> names;

    private ModelFiles(Path directory, List<String> names) {
        this.directory = directory;
        this.names = names;
    }

    /**
     * Looks into a directory.
     *
     * @throws StorageException if it cannot be read
     */
    static ModelFiles in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return new ModelFiles(
                    directory,
                    files.map(file -> String.valueOf(file.getFileName()))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("A model's directory cannot be read.")
                            .where(directory)
                            .found(e),
                    e);
        }
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** Whether it is an adapter beside no network. */
    boolean isAdapter() {
        return has(ADAPTER) && !has(WEIGHTS) && !has(INDEX);
    }

    /** Whether it holds what belongs to a model for texts, whatever else may be missing. */
    boolean hasTexts() {
        return has("tokenizer.json")
                || has("tokenizer_config.json")
                || has("vocab.txt")
                || has("modules.json")
                || has("sentence_bert_config.json");
    }

    /**
     * The file of weights, or the index of its shards.
     *
     * @throws WeightsFileException if there is none that can be read; tells what is there
     */
    Path weights() {
        if (isAdapter()) {
            throw adapter();
        }
        if (has(WEIGHTS) || has(INDEX)) {
            return directory.resolve(has(WEIGHTS) ? WEIGHTS : INDEX);
        }
        for (String ending : List.of(".safetensors", ".onnx")) {
            List<String> others =
                    names.stream().filter(name -> name.endsWith(ending)).toList();
            if (others.size() == 1) {
                LOG.warn("{}: no {}; the weights are taken of {}", directory, WEIGHTS, others.get(0));
                return directory.resolve(others.get(0));
            }
        }
        throw none();
    }

    private WeightsFileException none() {
        for (Kind kind : KINDS) {
            @Nullable
            String found = names.stream().filter(kind.name()).findFirst().orElse(null);
            if (found != null) {
                return refusal(found + ", " + kind.what(), kind.fix().formatted(directory));
            }
        }
        return refusal(
                names.isEmpty()
                        ? "an empty directory"
                        : String.join(", ", names.stream().limit(10).toList()),
                "download the model's weights as safetensors");
    }

    private WeightsFileException refusal(String found, String fix) {
        return new WeightsFileException(Problem.of("A model's directory holds no weights that can be read.")
                .where(directory)
                .expected(WEIGHTS + ", or its shards with " + INDEX)
                .found(found)
                .fix(fix));
    }

    private WeightsFileException adapter() {
        SideFile config = SideFile.read(directory.resolve(ADAPTER));
        String base = config.json().path("base_model_name_or_path").asString("its base model");
        String type = config.json().path("peft_type").asString("PEFT");
        return new WeightsFileException(
                Problem.of("A directory holds an adapter of PEFT, and not the network it belongs to.")
                        .where(directory)
                        .expected("a whole network: config.json, tokenizer.json and " + WEIGHTS)
                        .found(ADAPTER + ": " + type + " beside " + base)
                        .fix("""
                        merge the two where the adapter comes from, in Python:
                        from peft import AutoPeftModel
                        model = AutoPeftModel.from_pretrained('%s').merge_and_unload()
                        model.save_pretrained('merged')   # and the tokenizer.json of %s beside it""".formatted(directory, base)));
    }
}
