package dev.graft.backbone;

import java.util.List;

/**
 * Where pretrained weights of an architecture can be had, and under which terms.
 *
 * @param repository its name on the Hugging Face hub, such as {@code timm/resnet18.a1_in1k}, which holds
 *     {@code model.safetensors}
 * @param data what they were trained on
 * @param license their licence, as an SPDX identifier
 * @param references the papers of the network and of the training recipe
 */
public record WeightSource(String repository, String data, String license, List<String> references) {
    /** Copies the list. */
    public WeightSource {
        references = List.copyOf(references);
    }
}
