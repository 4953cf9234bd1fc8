package dev.graft.text;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sentences of many lengths and languages. */
final class Sentences {
    private static final List<String> PARTS = List.of(
            "The cat sat on the mat.",
            "Transfer learning reuses what a network has learned!",
            "ok",
            "这家餐厅的菜很好吃，服务也很周到。",
            "快递太慢了，等了两个小时",
            "Das Wetter ist heute schön, aber morgen regnet es wahrscheinlich.",
            "¿Dónde está la biblioteca más cercana?",
            "Съешь же ещё этих мягких французских булок.",
            "吾輩は猫である。名前はまだ無い。",
            "naïve café — déjà vu; 3.14159 × 10⁶ 😀",
            "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
            "السلام عليكم ورحمة الله",
            "a\tb\nc   d",
            "https://example.org/path?query=1&other=two#fragment",
            "It was, on balance, neither the best nor the worst of the films that the festival had to show this year.");

    private Sentences() {}

    /** So many, of one to ten parts; the same each time. */
    static List<String> varied(int count) {
        SplittableRandom random = new SplittableRandom(7);
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int parts = i < PARTS.size() ? 1 : 1 + random.nextInt(10);
            StringBuilder text = new StringBuilder(PARTS.get(i % PARTS.size()));
            for (int part = 1; part < parts; part++) {
                text.append(' ').append(PARTS.get(random.nextInt(PARTS.size())));
            }
            sentences.add(text.toString());
        }
        return sentences;
    }
}
