package dev.graft.data;

import java.util.List;

/** How a text becomes the numbers of its tokens. Safe for use by several threads. */
public non-sealed interface Tokenization extends TextPreparation {
    /** The most tokens of a text that are taken, those that mark its beginning and end included. */
    int maxTokens();

    /**
     * The same with another limit.
     *
     * @param maxTokens the most tokens of a text, at least 3; its end is left out if it has more
     * @throws dev.graft.error.SettingsException if it leaves no room between the marks
     */
    Tokenization withMaxTokens(int maxTokens);

    /** The tokens of a text, at least one of them: an empty text has the marks of its beginning and end. */
    Tokens tokens(String text);

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
