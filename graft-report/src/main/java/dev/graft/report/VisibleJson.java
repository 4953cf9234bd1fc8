package dev.graft.report;

import dev.graft.error.VisibleText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Lets JSON hold what {@link VisibleText} writes out only as an escape, so that a terminal does not act on it. The text
 * that is read back is the same.
 */
final class VisibleJson extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[0x7F] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        // The two halves of a character beyond 16 bits come one by one.
        if (Character.isLetterOrDigit(character) || Character.isSurrogate((char) character)) {
            return null;
        }
        String text = Character.toString(character);
        String shown = VisibleText.line(text);
        return shown.equals(text) ? null : new SerializedString(shown);
    }
}
