package dev.graft.backbone;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words that training programs put before the names of a network's tensors: wrappers for several devices, compilers, moving
 * averages, the modules of a larger model.
 */
final class CheckpointPrefixes {
    private static final Set<String> WORDS = Set.of(
            "module",
            "model",
            "backbone",
            "encoder",
            "_orig_mod",
            "net",
            "network",
            "base_model",
            "features_extractor",
            "feature_extractor",
            "state_dict",
            "ema",
            "ema_model",
            "model_ema",
            "online_encoder",
            "student",
            "teacher",
            "trunk",
            "body",
            "visual");

    private CheckpointPrefixes() {}

    /** The prefixes of such words that occur among names, each with its dot: {@code module.}, {@code module.model.} */
    static List<String> among(Set<String> names) {
        Set<String> found = new LinkedHashSet<>();
        for (String name : names) {
            int end = 0;
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', end)) {
                if (!WORDS.contains(name.substring(end, dot))) {
                    break;
                }
                end = dot + 1;
                found.add(name.substring(0, end));
            }
        }
        return List.copyOf(found);
    }

    /** The names, by what they are without the prefix; a name that would become another's keeps it. */
    static Map<String, String> without(String prefix, Set<String> names) {
        Map<String, String> bare = new LinkedHashMap<>();
        for (String name : names) {
            String stripped = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
            boolean taken = bare.containsKey(stripped) || (!stripped.equals(name) && names.contains(stripped));
            bare.put(taken ? name : stripped, name);
        }
        return bare;
    }
}
