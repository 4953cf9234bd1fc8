package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.SafetensorsWriter;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories as others publish models: each file in them is used, or said to be left out, or refused with a way out. */
class ModelDirectoryTest extends CopiedModels {
    @Test
    void aPickleAloneIsExplainedWithHowToConvertIt() {
        refused(Fixtures.directory("bert_binonly"), "pytorch_model.bin", "pickle", "AutoModel", "save_pretrained");
    }

    @ParameterizedTest
    @CsvSource({
        "pytorch_model-00001-of-00002.bin, pickle",
        "pytorch_model.bin.index.json, pickle",
        "weights.pt, pickle",
        "last.ckpt, pickle",
        "model.ckpt.index, TensorFlow",
        "tf_model.h5, TensorFlow",
        "flax_model.msgpack, Flax",
        "model.q4.gguf, GGUF",
        "openvino_model.xml, OpenVINO"
    })
    void whatOtherProgramsWriteIsNamedWithTheWayOut(String file, String named) throws IOException {
        Path model = copy("bert_binonly");
        Files.move(model.resolve("pytorch_model.bin"), model.resolve(file));
        refused(model, file, named, "safetensors");
    }

    @Test
    void anAdapterIsNamedWithItsBaseAndHowToMergeIt() throws IOException {
        Path adapter = Files.createDirectories(folder.resolve("adapter"));
        Files.writeString(
                adapter.resolve("adapter_config.json"),
                "{\"peft_type\": \"LORA\", \"base_model_name_or_path\": \"owner/base\"}");
        Files.write(adapter.resolve("adapter_model.safetensors"), new byte[10]);
        refused(adapter, "PEFT", "LORA", "owner/base", "merge_and_unload");
    }

    @Test
    void anEmptyDirectoryOfAModelSaysWhatIsMissing() throws IOException {
        Path model = copy("bert_binonly");
        Files.delete(model.resolve("pytorch_model.bin"));
        refused(model, "no weights", "config.json, tokenizer.json", "model.safetensors");
    }

    @Test
    void weightsUnderAnotherNameAreTakenIfTheyAreTheOnlyOnes() throws IOException {
        Path model = copy("bert_clspool");
        Files.move(model.resolve("model.safetensors"), model.resolve("pretrained.safetensors"));
        assertThat(TextBackbones.open(model).weights().digest()).isEqualTo(digest("bert_clspool"));
        Files.copy(model.resolve("pretrained.safetensors"), model.resolve("other.safetensors"));
        refused(model, "no weights");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.",
                "model.",
                "encoder.",
                "0.auto_model.",
                "module.bert.",
                "_orig_mod.",
                "base_model.model.bert."
            })
    void prefixesOfTensorsAreLeftOut(String prefix) throws IOException {
        Path model = copy("bert_clspool");
        rename(model.resolve("model.safetensors"), name -> prefix + name);
        assertThat(TextBackbones.open(model).weights().digest()).isEqualTo(digest("bert_clspool"));
    }

    private static void rename(Path file, UnaryOperator<String> name) throws IOException {
        Map<String, FloatTensor> renamed = new LinkedHashMap<>();
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            read.readAll().asMap().forEach((tensor, values) -> renamed.put(name.apply(tensor), values));
        }
        SafetensorsWriter.write(replaced(file), WeightSet.of(renamed), Map.of());
    }
}
