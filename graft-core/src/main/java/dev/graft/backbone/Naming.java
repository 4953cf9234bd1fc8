package dev.graft.backbone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How another library names the tensors of one architecture. Translates its names to the architecture's own.
 *
 * @param library the library, such as {@code timm}
 * @param modules the architecture's name for each of the library's: of a module, whose tensors keep their last part
 *     ({@code conv_stem} stands for {@code conv_stem.weight}), or of a single tensor
 */
public record Naming(String library, Map<String, String> modules) {
    /** Copies the map. */
    public Naming {
        modules = Map.copyOf(modules);
    }

    /** Names that are the architecture's own already. */
    static Naming own(String library) {
        return new Naming(library, Map.of());
    }

    /** The architecture's name of a tensor; the same name if the library has no other for it. */
    public String translate(String name) {
        String whole = modules.get(name);
        if (whole != null) {
            return whole;
        }
        int dot = name.lastIndexOf('.');
        String module = dot < 0 ? null : modules.get(name.substring(0, dot));
        return module == null ? name : module + name.substring(dot);
    }

    /** Collects pairs of names. */
    static final class Pairs {
        private final Map<String, String> modules = new LinkedHashMap<>();

        Pairs put(String theirs, String ours) {
            modules.put(theirs, ours);
            return this;
        }

        /** Parts of one module, each with its counterpart at the same position. */
        Pairs put(String theirs, List<String> theirParts, String ours, List<String> ourParts) {
            for (int i = 0; i < theirParts.size(); i++) {
                modules.put(theirs + "." + theirParts.get(i), ours + "." + ourParts.get(i));
            }
            return this;
        }

        Naming of(String library) {
            return new Naming(library, modules);
        }
    }
}
