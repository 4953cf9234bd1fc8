package dev.graft.tokenizer;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the {@code post_processor} puts around a text: every token that it names must be there, under the number that the
 * vocabulary gives it. The native library adds the numbers without looking.
 */
final class Marks {
    private static final int MOST_PIECES = 64;
    private static final int DEEPEST = 8;
    private static final int LONGEST = 1024;
    private static final int MOST_TYPES = 1 << 24;
    private static final Set<String> KINDS =
            Set.of("BertProcessing", "RobertaProcessing", "ByteLevel", "TemplateProcessing", "Sequence");

    private final Map<String, Integer> ids;

    private Marks(Map<String, Integer> ids) {
        this.ids = ids;
    }

    /**
     * Refuses marks that are not in the vocabulary.
     *
     * @param ids the number of every token, the added ones among them
     */
    static void require(JsonPart postProcessor, Map<String, Integer> ids) {
        if (!postProcessor.absent()) {
            new Marks(ids).processor(postProcessor, 0);
        }
    }

    private void processor(JsonPart part, int depth) {
        if (depth > DEEPEST) {
            throw part.wrong("at most " + DEEPEST + " deep", "more");
        }
        String type = part.type();
        part.at("type").oneOf(KINDS);
        switch (type) {
            case "ByteLevel" -> {
                part.at("add_prefix_space").flag();
                part.at("trim_offsets").flag();
                part.at("use_regex").optionalFlag();
            }
            case "Sequence" -> part.at("processors").list(MOST_PIECES).forEach(each -> processor(each, depth + 1));
            case "TemplateProcessing" -> template(part);
            default -> {
                pair(part.at("sep"));
                pair(part.at("cls"));
                if (type.equals("RobertaProcessing")) {
                    part.at("trim_offsets").flag();
                    part.at("add_prefix_space").flag();
                }
            }
        }
    }

    private void pair(JsonPart part) {
        List<JsonPart> both = part.list(2);
        if (both.size() != 2) {
            throw part.wrong("a token and its number");
        }
        number(both.get(0).text(LONGEST), both.get(1));
    }

    private void number(String token, JsonPart part) {
        Integer known = ids.get(token);
        if (known == null) {
            throw part.wrong(
                    "the number of a token of the vocabulary", "'" + JsonPart.shown(token) + "', which is not in it");
        }
        if (part.whole(0, Vocabulary.LARGEST_ID) != known) {
            throw part.wrong(known + ", the number that the vocabulary gives '" + JsonPart.shown(token) + "'");
        }
    }

    private void template(JsonPart part) {
        JsonPart tokens = part.at("special_tokens").object();
        if (tokens.node().size() > MOST_PIECES) {
            throw tokens.wrong(
                    "at most " + MOST_PIECES + " tokens", tokens.node().size());
        }
        tokens.node().propertyNames().forEach(name -> special(tokens.at(name), name));
        // Every token of a text by itself is of the first type, as the networks are given it.
        pieces(part.at("single"), tokens, List.of("A"), 0);
        pieces(part.at("pair"), tokens, List.of("A", "B"), MOST_TYPES);
    }

    private void special(JsonPart part, String name) {
        if (!part.object().at("id").text(LONGEST).equals(name)) {
            throw part.at("id").wrong("'" + JsonPart.shown(name) + "', as the entry is called");
        }
        List<JsonPart> numbers = part.at("ids").list(MOST_PIECES);
        List<JsonPart> tokens = part.at("tokens").list(MOST_PIECES);
        if (numbers.isEmpty() || numbers.size() != tokens.size()) {
            throw part.wrong(
                    "as many ids as tokens, at least one", numbers.size() + " ids, " + tokens.size() + " tokens");
        }
        for (int i = 0; i < numbers.size(); i++) {
            number(tokens.get(i).text(LONGEST), numbers.get(i));
        }
    }

    /** Each of the texts once, and tokens that the template says more about. */
    private static void pieces(JsonPart template, JsonPart tokens, List<String> texts, int lastType) {
        int found = 0;
        for (JsonPart piece : template.list(MOST_PIECES)) {
            JsonPart text = piece.object().at("Sequence");
            JsonPart token = piece.at("SpecialToken");
            if (piece.node().size() != 1 || text.absent() == token.absent()) {
                throw piece.wrong("either a Sequence or a SpecialToken");
            }
            JsonPart one = text.absent() ? token : text;
            one.object().at("type_id").whole(0, lastType);
            String id = one.at("id").text(LONGEST);
            if (!text.absent()) {
                found++;
                if (!texts.contains(id)) {
                    throw one.at("id").wrong("one of " + String.join(", ", texts));
                }
            } else if (!tokens.node().has(id)) {
                throw one.at("id")
                        .wrong("a token of special_tokens: "
                                + String.join(", ", tokens.node().propertyNames()));
            }
        }
        if (found != texts.size()) {
            throw template.wrong("each of " + String.join(", ", texts) + " once", found + " sequences");
        }
    }
}
