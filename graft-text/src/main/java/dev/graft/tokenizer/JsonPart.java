package dev.graft.tokenizer;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A part of a {@code tokenizer.json} that knows where it stands, so that every refusal names the file and the entry.
 *
 * @param file what to call the file in messages
 * @param path the entry, such as {@code model.vocab}; empty for the whole
 * @param node its value
 */
record JsonPart(String file, String path, JsonNode node) {
    private static final int SHOWN = 80;

    /** The value under that key, which may be missing. */
    JsonPart at(String key) {
        return new JsonPart(file, path.isEmpty() ? key : path + "." + key, node.path(key));
    }

    /** Whether it is missing or null. */
    boolean absent() {
        return node.isMissingNode() || node.isNull();
    }

    /** Itself, if it is an object. */
    JsonPart object() {
        if (!node.isObject()) {
            throw wrong("an object");
        }
        return this;
    }

    /** The {@code type} of an object. */
    String type() {
        return object().at("type").text(64);
    }

    /** A text of at most that many characters, which can be written as UTF-8. */
    String text(int longest) {
        if (!node.isString()) {
            throw wrong("a text");
        }
        String text = node.asString();
        requireText(text, longest);
        return text;
    }

    /** Refuses what is too long, or has half of a character that takes two. */
    void requireText(String text, int longest) {
        if (text.length() > longest) {
            throw wrong("at most " + longest + " characters", text.length() + " characters");
        }
        if (!UnicodeText.isWhole(text)) {
            throw wrong("text in whole characters", "half a surrogate pair");
        }
    }

    /** A text of one character. */
    void character() {
        String text = text(2);
        if (text.codePointCount(0, text.length()) != 1) {
            throw wrong("one character");
        }
    }

    boolean flag() {
        if (!node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.asBoolean();
    }

    void optionalFlag() {
        if (!absent()) {
            flag();
        }
    }

    int whole(int least, int most) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < least || node.asInt() > most) {
            throw wrong("a whole number from " + least + " to " + most);
        }
        return node.asInt();
    }

    /** The elements of a list. */
    List<JsonPart> list(int most) {
        if (!node.isArray()) {
            throw wrong("a list");
        }
        if (node.size() > most) {
            throw wrong("a list of at most " + most, node.size() + " elements");
        }
        List<JsonPart> parts = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            parts.add(new JsonPart(file, path + "[" + i + "]", node.get(i)));
        }
        return parts;
    }

    /** Refuses another text than these. */
    void oneOf(Set<String> allowed) {
        if (!node.isString() || !allowed.contains(node.asString())) {
            throw wrong("one of " + String.join(", ", allowed.stream().sorted().toList()));
        }
    }

    WeightsFileException wrong(String expected) {
        return wrong(expected, absent() ? "none" : shown(node.toString()));
    }

    WeightsFileException wrong(String expected, Object found) {
        return refusal(file + (path.isEmpty() ? "" : ", at " + path), expected, found);
    }

    static WeightsFileException refusal(String where, String expected, Object found) {
        return new WeightsFileException(Problem.of("A tokenizer.json cannot be used.")
                .where(where)
                .expected(expected)
                .found(found)
                .fix("download the file again, or save it with save_pretrained()"));
    }

    /** Short enough for a message. */
    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
