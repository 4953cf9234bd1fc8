package dev.graft.tokenizer;

import java.util.Map;
import java.util.Set;

/** {@code truncation} and {@code padding}, which Graft does itself, but which another program will read again. */
final class Lengths {
    private static final int MOST = 1 << 24;
    private static final Set<String> SIDES = Set.of("Left", "Right");

    private Lengths() {}

    static void require(JsonPart truncation, JsonPart padding, Map<String, Integer> ids) {
        if (!truncation.absent()) {
            int most = truncation.object().at("max_length").whole(0, Integer.MAX_VALUE);
            truncation.at("strategy").oneOf(Set.of("LongestFirst", "OnlyFirst", "OnlySecond"));
            truncation.at("stride").whole(0, Math.max(0, most - 1));
            side(truncation.at("direction"));
        }
        if (!padding.absent()) {
            padding(padding.object(), ids);
        }
    }

    private static void padding(JsonPart padding, Map<String, Integer> ids) {
        JsonPart strategy = padding.at("strategy");
        if (strategy.node().isObject()) {
            strategy.at("Fixed").whole(0, MOST);
        } else {
            strategy.oneOf(Set.of("BatchLongest"));
        }
        side(padding.at("direction"));
        JsonPart multiple = padding.at("pad_to_multiple_of");
        if (!multiple.absent()) {
            multiple.whole(1, MOST);
        }
        padding.at("pad_type_id").whole(0, MOST);
        String token = padding.at("pad_token").text(Vocabulary.LONGEST_TOKEN);
        int number = padding.at("pad_id").whole(0, Vocabulary.LARGEST_ID);
        Integer known = ids.get(token);
        // Many files name a padding that their vocabulary lacks; nothing is padded with it here.
        if (known != null && known != number) {
            throw padding.at("pad_id").wrong(known + ", the number of '" + JsonPart.shown(token) + "'");
        }
    }

    private static void side(JsonPart direction) {
        if (!direction.absent()) {
            direction.oneOf(SIDES);
        }
    }
}
