package dev.graft.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * The {@code precompiled_charsmap} of a SentencePiece model: how many bytes a double-array trie takes, the trie, and the texts
 * that its leaves point to, each ended by 0. The native library follows it without looking where it steps, so every step that
 * any text can take is taken here first.
 */
final class CharacterMap {
    private static final int BLOCK = 256;
    private static final int LONGEST_REPLACEMENT = 64;

    private final JsonPart part;
    private final int[] units;
    private final byte[] texts;

    private CharacterMap(JsonPart part, int[] units, byte[] texts) {
        this.part = part;
        this.units = units;
        this.texts = texts;
    }

    /** Refuses a map that leads out of itself. */
    static void require(JsonPart part, int longest) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(part.text(longest));
        } catch (IllegalArgumentException e) {
            throw part.wrong("a character map in base64", String.valueOf(e.getMessage()));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int size = bytes.length < 4 ? -1 : buffer.getInt();
        if (size < 4 || size % 4 != 0 || size > buffer.remaining()) {
            throw part.wrong("a character map: the size of its trie, the trie, and texts", bytes.length + " bytes");
        }
        int[] units = new int[size / 4];
        for (int i = 0; i < units.length; i++) {
            units[i] = buffer.getInt();
        }
        byte[] texts = new byte[buffer.remaining()];
        buffer.get(texts);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
        } catch (CharacterCodingException e) {
            throw part.wrong("a character map whose texts are UTF-8", "other bytes");
        }
        new CharacterMap(part, units, texts).walk();
    }

    private void walk() {
        Deque<Integer> open = new ArrayDeque<>();
        BitSet seen = new BitSet();
        open.add(step(0));
        while (!open.isEmpty()) {
            int base = open.remove();
            if (base < 0 || (base | (BLOCK - 1)) >= units.length) {
                throw part.wrong(
                        "a character map whose trie stays within itself",
                        "a step to unit " + base + " of " + units.length);
            }
            for (int label = 1; label < BLOCK; label++) {
                int child = base ^ label;
                if (label(units[child]) == label) {
                    int next = step(child);
                    if (leaf(units[child])) {
                        requireText(next);
                    }
                    if (next >= 0 && next < units.length && !seen.get(next)) {
                        seen.set(next);
                        open.add(next);
                    } else if (next < 0 || next >= units.length) {
                        open.add(next);
                    }
                }
            }
        }
    }

    private void requireText(int leaf) {
        int start = leaf >= 0 && leaf < units.length ? units[leaf] & Integer.MAX_VALUE : -1;
        if (start < 0 || start > texts.length || (start < texts.length && (texts[start] & 0xC0) == 0x80)) {
            throw part.wrong("a character map whose leaves point to its texts", "one at byte " + start);
        }
        int end = start;
        while (end < texts.length && texts[end] != 0) {
            end++;
        }
        if (end - start > LONGEST_REPLACEMENT) {
            throw part.wrong(
                    "replacements of at most " + LONGEST_REPLACEMENT + " bytes", "one of " + (end - start) + " bytes");
        }
    }

    /** Where the children of a unit begin. */
    private int step(int at) {
        int unit = units[at];
        return at ^ ((unit >>> 10) << ((unit & (1 << 9)) >>> 6));
    }

    private static int label(int unit) {
        return unit & ((1 << 31) | 0xFF);
    }

    private static boolean leaf(int unit) {
        return ((unit >>> 8) & 1) == 1;
    }
}
