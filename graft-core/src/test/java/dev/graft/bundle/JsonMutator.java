package dev.graft.bundle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages JSON: bytes anywhere, or whole values replaced by values of another kind. The same seed, the same damage. */
final class JsonMutator {
    private static final Pattern VALUE =
            Pattern.compile("(?<=[:\\[,] ?)(\"[^\"]*\"|-?\\d[\\d.eE]*|null|\\[[^\\[\\]]*\\])");
    private static final Pattern LINE = Pattern.compile("[^\n]*\n");
    private static final List<String> REPLACEMENTS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e999",
            "99999999999999999999",
            "\"\"",
            "\"x\"",
            "\"\\ud800\"",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{\"a\":null}",
            "\"digits-cnn\"",
            "\"transfer\"",
            "\"backbone\"",
            "2147483647",
            "NaN",
            "\"NaN\"",
            "[\"conv1\",\"conv1\"]");

    private final Random random;

    JsonMutator(long seed) {
        random = new Random(seed);
    }

    byte[] mutate(byte[] json) {
        byte[] mutated = json;
        for (int i = 0; i <= random.nextInt(3); i++) {
            mutated = random.nextInt(4) == 0 ? damageByte(mutated) : damageText(mutated);
        }
        return mutated;
    }

    private byte[] damageByte(byte[] json) {
        byte[] damaged = json.clone();
        if (damaged.length > 0) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    private byte[] damageText(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        boolean line = random.nextInt(4) == 0;
        List<MatchResult> places = (line ? LINE : VALUE).matcher(text).results().toList();
        if (places.isEmpty()) {
            return json;
        }
        MatchResult place = places.get(random.nextInt(places.size()));
        String replacement = REPLACEMENTS.get(random.nextInt(REPLACEMENTS.size()));
        if (line) {
            replacement = random.nextBoolean() ? "" : place.group() + place.group();
        }
        String damaged = text.substring(0, place.start()) + replacement + text.substring(place.end());
        return damaged.getBytes(StandardCharsets.UTF_8);
    }
}
