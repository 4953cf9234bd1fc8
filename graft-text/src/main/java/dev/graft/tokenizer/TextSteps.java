package dev.graft.tokenizer;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps before the vocabulary: {@code normalizer} and {@code pre_tokenizer}. Each kind has the entries that the native
 * library reads of it; another kind is refused by its name. What lengthens a text may do so only so often.
 */
final class TextSteps {
    private static final int MOST_STEPS = 64;
    private static final int DEEPEST = 8;
    private static final int LONGEST_TEXT = 64;
    private static final int LONGEST_PATTERN = 1000;
    private static final int LONGEST_MAP = 8 << 20;

    /** How many times as long as it was a text may become: memory is taken for all of it. */
    private static final double MOST_GROWTH = 64;

    private static final Set<String> PLAIN_NORMALIZERS =
            Set.of("StripAccents", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Nmt", "ByteLevel");
    private static final Set<String> PLAIN_SPLITS =
            Set.of("BertPreTokenizer", "Whitespace", "WhitespaceSplit", "UnicodeScripts");
    private static final Set<String> BEHAVIORS =
            Set.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous");
    /** Those that lengthen again what they lengthened; Unicode's forms do so once. */
    private static final Map<String, Double> GROWTH = Map.of("ByteLevel", 2.0, "Precompiled", 4.0);

    private int steps;
    private double growth = 1;

    /** Refuses steps that are none, or too many. */
    static void require(JsonPart normalizer, JsonPart preTokenizer) {
        TextSteps all = new TextSteps();
        if (!normalizer.absent()) {
            all.normalizer(normalizer, 0);
        }
        if (!preTokenizer.absent()) {
            all.preTokenizer(preTokenizer, 0);
        }
    }

    private void normalizer(JsonPart part, int depth) {
        String type = part.type();
        count(part, depth, GROWTH.getOrDefault(type, 1.0));
        switch (type) {
            case "BertNormalizer" -> {
                part.at("clean_text").flag();
                part.at("handle_chinese_chars").flag();
                part.at("strip_accents").optionalFlag();
                part.at("lowercase").flag();
            }
            case "Strip" -> {
                part.at("strip_left").flag();
                part.at("strip_right").flag();
            }
            case "Sequence" -> part.at("normalizers").list(MOST_STEPS).forEach(each -> normalizer(each, depth + 1));
            case "Precompiled" -> CharacterMap.require(part.at("precompiled_charsmap"), LONGEST_MAP);
            case "Replace" -> {
                int least = pattern(part.at("pattern"));
                grow(part, (double) part.at("content").text(LONGEST_TEXT).length() / least);
            }
            case "Prepend" -> part.at("prepend").text(LONGEST_TEXT);
            default -> {
                if (!PLAIN_NORMALIZERS.contains(type)) {
                    throw unknown(
                            part,
                            "BertNormalizer, Strip, Sequence, Precompiled, Replace, Prepend, ",
                            PLAIN_NORMALIZERS,
                            type);
                }
            }
        }
    }

    private void preTokenizer(JsonPart part, int depth) {
        String type = part.type();
        count(part, depth, GROWTH.getOrDefault(type, 1.0));
        switch (type) {
            case "ByteLevel" -> {
                part.at("add_prefix_space").flag();
                part.at("trim_offsets").flag();
                part.at("use_regex").optionalFlag();
            }
            case "CharDelimiterSplit" -> part.at("delimiter").character();
            case "Metaspace" -> metaspace(part);
            case "Sequence" -> part.at("pretokenizers").list(MOST_STEPS).forEach(each -> preTokenizer(each, depth + 1));
            case "Split" -> {
                pattern(part.at("pattern"));
                part.at("behavior").oneOf(BEHAVIORS);
                part.at("invert").flag();
            }
            case "Punctuation" -> {
                if (!part.at("behavior").absent()) {
                    part.at("behavior").oneOf(BEHAVIORS);
                }
            }
            case "Digits" -> part.at("individual_digits").flag();
            case "FixedLength" -> {
                if (!part.at("length").absent()) {
                    part.at("length").whole(1, Integer.MAX_VALUE);
                }
            }
            default -> {
                if (!PLAIN_SPLITS.contains(type)) {
                    throw unknown(
                            part,
                            "ByteLevel, CharDelimiterSplit, Metaspace, Sequence, Split, Punctuation, Digits, FixedLength, ",
                            PLAIN_SPLITS,
                            type);
                }
            }
        }
    }

    private static void metaspace(JsonPart part) {
        part.at("replacement").character();
        part.at("add_prefix_space").optionalFlag();
        part.at("split").optionalFlag();
        JsonPart scheme = part.at("prepend_scheme");
        if (!scheme.node().isMissingNode()) {
            scheme.oneOf(Set.of("first", "never", "always"));
        }
        JsonPart prefix = part.at("add_prefix_space");
        if (!prefix.absent()
                && !prefix.flag()
                && !scheme.node().asString("always").equals("never")) {
            throw scheme.wrong("never, because add_prefix_space is false");
        }
    }

    /** The fewest characters that a pattern matches. */
    private static int pattern(JsonPart part) {
        if (part.object().node().size() != 1) {
            throw part.wrong("either a String or a Regex");
        }
        JsonPart text = part.at("String");
        if (!text.absent()) {
            String characters = text.text(LONGEST_PATTERN);
            if (characters.isEmpty()) {
                throw text.wrong("a text of at least one character");
            }
            return characters.length();
        }
        JsonPart regex = part.at("Regex");
        try {
            return SplitPattern.leastLength(regex.text(LONGEST_PATTERN));
        } catch (SplitPattern.Refused e) {
            throw regex.wrong(String.valueOf(e.getMessage()));
        }
    }

    private void count(JsonPart part, int depth, double factor) {
        steps++;
        if (steps > MOST_STEPS || depth > DEEPEST) {
            throw part.wrong("at most " + MOST_STEPS + " steps, at most " + DEEPEST + " deep", "more");
        }
        grow(part, factor);
    }

    private void grow(JsonPart part, double factor) {
        growth *= Math.max(1, factor);
        if (growth > MOST_GROWTH) {
            throw part.wrong("steps that make a text at most " + (int) MOST_GROWTH + " times as long in all", "longer");
        }
    }

    private static RuntimeException unknown(JsonPart part, String some, Set<String> others, String type) {
        return part.at("type")
                .wrong(
                        "one of " + some
                                + String.join(", ", others.stream().sorted().toList()),
                        type);
    }

    /** The kinds of decoders, which are not used: a file that names another is of a newer library, or damaged. */
    static void requireDecoder(JsonPart part) {
        if (part.absent()) {
            return;
        }
        part.at("type").text(LONGEST_TEXT);
        part.at("type")
                .oneOf(Set.of(
                        "BPEDecoder",
                        "ByteLevel",
                        "WordPiece",
                        "Metaspace",
                        "CTC",
                        "Sequence",
                        "Replace",
                        "Fuse",
                        "Strip",
                        "ByteFallback"));
        List<JsonPart> inner =
                part.at("decoders").absent() ? List.of() : part.at("decoders").list(MOST_STEPS);
        inner.forEach(TextSteps::requireDecoder);
    }
}
