package dev.graft.text;

import dev.graft.text.TransformerConfig.Family;
import dev.graft.weights.TensorInfo;
import java.util.Map;
import java.util.Optional;

/** Which family weights are of, by the names and shapes of their tensors. */
final class FamilyGuess {
    private static final String TYPES = "embeddings.token_type_embeddings.weight";

    private FamilyGuess() {}

    /** The family; empty if they are of none, or of one of several. */
    static Optional<Family> of(Map<String, TensorInfo> tensors) {
        if (anyEnds(tensors, "h.0.attn.c_attn.weight")) {
            return Optional.of(Family.GPT2);
        } else if (anyEnds(tensors, "transformer.layer.0.attention.q_lin.weight")) {
            return Optional.of(Family.DISTILBERT);
        } else if (!anyEnds(tensors, "encoder.layer.0.attention.self.query.weight")) {
            return Optional.empty();
        }
        // These two have the same names; RoBERTa has one type of tokens, BERT two.
        return tensors.entrySet().stream()
                .filter(tensor -> tensor.getKey().endsWith(TYPES))
                .map(tensor -> tensor.getValue().shape())
                .filter(shape -> shape.length == 2 && (shape[0] == 1 || shape[0] == 2))
                .map(shape -> shape[0] == 1 ? Family.ROBERTA : Family.BERT)
                .findFirst();
    }

    private static boolean anyEnds(Map<String, TensorInfo> tensors, String name) {
        return tensors.keySet().stream().anyMatch(theirs -> theirs.equals(name) || theirs.endsWith("." + name));
    }
}
