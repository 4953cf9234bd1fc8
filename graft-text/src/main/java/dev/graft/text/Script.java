package dev.graft.text;

import dev.graft.data.LabeledTexts;

/** Which of the embedded models reads the script that some texts are written in. */
final class Script {
    private static final int LOOKED_AT = 1000;
    // A Chinese character says about as much as a word of several letters.
    private static final double CHINESE_FROM = 0.2;

    private Script() {}

    static String usual(LabeledTexts texts) {
        long han = 0;
        long letters = 0;
        for (int i = 0; i < Math.min(LOOKED_AT, texts.size()); i++) {
            String text = texts.text(i);
            letters += text.codePoints().filter(Character::isLetter).count();
            han += text.codePoints()
                    .filter(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN)
                    .count();
        }
        return han > CHINESE_FROM * letters ? EmbeddedModel.BGE_SMALL_ZH.id() : EmbeddedModel.MINILM_L6.id();
    }
}
