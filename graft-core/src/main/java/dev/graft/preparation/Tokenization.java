package dev.graft.preparation;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.util.List;

/** How a text becomes the numbers of its tokens. Safe for use by several threads. */
public non-sealed interface Tokenization extends TextPreparation {
    /** The most tokens of a text that are taken, those that mark its beginning and end included. */
    int maxTokens();

    /**
     * Returns a tokenization with another limit.
     *
     * @param maxTokens the most tokens of a text, at least 3; its end is left out if it has more
     * @throws dev.graft.error.SettingsException if it leaves no room between the marks
     */
    Tokenization withMaxTokens(int maxTokens);

    /**
     * The highest number that {@link #tokens} can give. A network must have a row for it in its table of tokens, and is
     * refused if it has none.
     */
    int highestId();

    /** The tokens of a text, at least one of them: an empty text has the marks of its beginning and end. */
    Tokens tokens(String text);

    /**
     * The tokens of a text, sure to be what {@link #tokens} promises: whatever else reached a network would end in the
     * middle of its work.
     *
     * @throws DataException if there are none or too many, or one has a number outside 0 to {@link #highestId()}
     */
    default Tokens checkedTokens(String text) {
        Tokens tokens = tokens(text);
        int[] ids = tokens.ids();
        if (ids.length < 1 || ids.length > maxTokens()) {
            throw new DataException(Problem.of("A text has too few or too many tokens.")
                    .where(this)
                    .expected("1 to " + maxTokens())
                    .found(ids.length));
        }
        for (int id : ids) {
            if (id < 0 || id > highestId()) {
                throw new DataException(Problem.of("A token has a number that its tokeniser does not give.")
                        .where(this)
                        .expected("0 to " + highestId())
                        .found(id));
            }
        }
        return tokens;
    }

    @Override
    default List<Integer> axes() {
        return List.of(maxTokens(), 1);
    }

    /**
     * A text's tokens.
     *
     * @param ids their numbers in the vocabulary, at most {@link #maxTokens()}
     * @param truncated whether the text was longer, and its end is left out
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Tokens(int[] ids, boolean truncated) {}
}
