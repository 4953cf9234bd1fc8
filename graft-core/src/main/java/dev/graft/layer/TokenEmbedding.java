package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ParameterSpec.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a sequence of token numbers, (tokens, 1), becomes one of vectors, (tokens, width): for each token the sum of its
 * own vector, that of its position, and that of the first token type (Devlin et al. 2019).
 *
 * @param words prefix of the tokens' table: {@code words.weight}, (vocabulary, width)
 * @param vocabulary the number of tokens there are
 * @param positions prefix of the positions' table: {@code positions.weight}, (positionCount, width)
 * @param positionCount the rows of that table
 * @param firstPosition the row of the first token: 0, or 2 as RoBERTa counts
 * @param types prefix of the token types' table: {@code types.weight}, (typeCount, width)
 * @param typeCount the rows of that table; 0 for none
 * @param width length of a vector
 */
public record TokenEmbedding(
        String words,
        int vocabulary,
        String positions,
        int positionCount,
        int firstPosition,
        String types,
        int typeCount,
        int width)
        implements Layer {
    /**
     * Checks the ranges.
     *
     * @throws SettingsException if a size is below 1, the first position is none, or there are fewer than 0 types
     */
    public TokenEmbedding {
        boolean sizes = vocabulary >= 1 && positionCount >= 1 && width >= 1 && typeCount >= 0;
        if (!sizes || firstPosition < 0 || firstPosition >= positionCount) {
            throw new SettingsException(Problem.of("An embedding's sizes make no sense.")
                    .where(words)
                    .expected("a vocabulary, positions and a width of at least 1, and a first position among them")
                    .found("vocabulary " + vocabulary + ", positions " + positionCount + " from " + firstPosition
                            + ", types " + typeCount + ", width " + width));
        }
    }

    @Override
    public String describe() {
        return "embedding of " + vocabulary + " tokens";
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        int most = positionCount - firstPosition;
        if (!input.isSequence() || input.channels() != 1 || input.tokens() > most) {
            throw new SettingsException(Problem.of("An embedding does not fit its input.")
                    .where(words)
                    .expected("(tokens, 1), at most " + most + " tokens")
                    .found(input)
                    .fix("cut texts after at most " + most + " tokens"));
        }
        return ActivationShape.sequence(input.tokens(), width);
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> all = new ArrayList<>();
        all.add(ParameterSpec.of(words + ".weight", Role.WEIGHT, vocabulary, width));
        all.add(ParameterSpec.of(positions + ".weight", Role.WEIGHT, positionCount, width));
        if (typeCount > 0) {
            all.add(ParameterSpec.of(types + ".weight", Role.WEIGHT, typeCount, width));
        }
        return all;
    }
}
