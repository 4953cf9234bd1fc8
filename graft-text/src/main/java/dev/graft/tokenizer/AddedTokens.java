package dev.graft.tokenizer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The {@code added_tokens}: found in a text before it is taken apart. The native library numbers those that the vocabulary
 * lacks by itself, whatever the file says; so a file that says something else is refused.
 *
 * @param ids the number of every token, those of the vocabulary among them
 * @param firstSpecial the number of the first that is special, if there is one
 */
record AddedTokens(Map<String, Integer> ids, OptionalInt firstSpecial) {
    /** The native library compares each with all before it. */
    private static final int MOST = 1 << 14;

    private static final int MOST_CHARACTERS = 1 << 20;
    private static final List<String> FLAGS = List.of("single_word", "lstrip", "rstrip", "normalized", "special");

    static AddedTokens read(JsonPart part, Vocabulary vocabulary, boolean normalizes) {
        Map<String, Integer> ids = new HashMap<>(vocabulary.ids());
        Map<String, Integer> added = new HashMap<>();
        OptionalInt special = OptionalInt.empty();
        int highest = -1;
        long characters = 0;
        for (JsonPart token : part.absent() ? List.<JsonPart>of() : part.list(MOST)) {
            String content = token.object().at("content").text(Vocabulary.LONGEST_TOKEN);
            FLAGS.forEach(flag -> token.at(flag).flag());
            characters += content.length();
            if (content.isEmpty() || added.containsKey(content) || characters > MOST_CHARACTERS) {
                throw token.at("content").wrong("a text, each once, " + MOST_CHARACTERS + " characters in all");
            }
            int number =
                    ids.getOrDefault(content, next(highest, vocabulary.ids().size()));
            if (token.at("id").whole(0, Vocabulary.LARGEST_ID) != number) {
                throw token.at("id")
                        .wrong(number + ", which '" + JsonPart.shown(content) + "' has by its place in the vocabulary");
            }
            if (normalizes && token.at("normalized").flag() && !isSolid(content)) {
                throw token.at("content").wrong("a text of which something is left when it is normalized");
            }
            added.put(content, number);
            ids.put(content, number);
            highest = Math.max(highest, number);
            if (special.isEmpty() && token.at("special").flag()) {
                special = OptionalInt.of(number);
            }
        }
        return new AddedTokens(ids, special);
    }

    /** The native library looks for what is left, and ends the process where that is nothing. */
    private static boolean isSolid(String content) {
        return content.codePoints()
                .anyMatch(c -> !Character.isWhitespace(c)
                        && !Character.isSpaceChar(c)
                        && switch (Character.getType(c)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.NON_SPACING_MARK,
                                    Character.COMBINING_SPACING_MARK,
                                    Character.ENCLOSING_MARK,
                                    Character.PRIVATE_USE,
                                    Character.UNASSIGNED -> false;
                            default -> c != 0xFFFD;
                        });
    }

    /** After the vocabulary and all that were added, by how many tokens the vocabulary has. */
    private static int next(int highest, int size) {
        return highest >= size ? highest + 1 : size;
    }
}
