package dev.graft.reading;

import java.text.Normalizer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts that data can come divided into, and the names that people give them. */
enum Part {
    /** What is learned from. */
    TRAIN("training"),
    /** What is chosen by. */
    VALIDATION("validation"),
    /** What is judged by. */
    TEST("test");

    /** What needs no word: the names that the documentation gives. */
    private static final Set<String> USUAL = Set.of("train", "training", "val", "valid", "validation", "test");

    private static final Map<Part, Set<String>> NAMES = new EnumMap<>(Map.of(
            TRAIN,
            Set.of("train", "training", "trn", "训练", "訓練"),
            VALIDATION,
            Set.of(
                    "val",
                    "valid",
                    "validation",
                    "validate",
                    "dev",
                    "eval",
                    "evaluation",
                    "holdout",
                    "heldout",
                    "验证",
                    "驗證"),
            TEST,
            Set.of("test", "testing", "tests", "tst", "测试", "測試")));
    private static final List<String> ENDINGS = List.of("set", "data", "split", "images", "imgs", "集", "数据", "數據");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    /** Such as {@code training}. */
    String title() {
        return title;
    }

    /** The part that a folder or an entry in a table names, or null. */
    static @Nullable Part named(String name) {
        String folded = folded(name);
        for (Map.Entry<Part, Set<String>> part : NAMES.entrySet()) {
            if (part.getValue().contains(folded)) {
                return part.getKey();
            }
            for (String ending : ENDINGS) {
                if (folded.endsWith(ending)
                        && part.getValue().contains(folded.substring(0, folded.length() - ending.length()))) {
                    return part.getKey();
                }
            }
        }
        return null;
    }

    /** Whether a name means its part beyond doubt. */
    static boolean usual(String name) {
        return USUAL.contains(name.strip().toLowerCase(Locale.ROOT));
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[ _.-]", "")
                // Years and versions: train2017.
                .replaceFirst("(?<=\\D)\\d+$", "");
    }
}
