package dev.graft.tokenizer;

/** Java's texts may hold halves of characters that take two; UTF-8, which the tokeniser reads, has no way to write them. */
final class UnicodeText {
    private static final char REPLACEMENT = '\uFFFD';

    private UnicodeText() {}

    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!pairAt(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** The text with the sign for an unknown character in place of each half. */
    static String whole(String text) {
        if (isWhole(text)) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (pairAt(text, i)) {
                whole.append(text, i, i + 2);
                i++;
            } else {
                whole.append(Character.isSurrogate(text.charAt(i)) ? REPLACEMENT : text.charAt(i));
            }
        }
        return whole.toString();
    }

    private static boolean pairAt(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }
}
