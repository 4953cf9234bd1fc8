package dev.graft.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Makes names that every file system accepts, each only once. */
final class FileNames {
    private static final int LONGEST = 60;

    private final Set<String> taken = new HashSet<>();

    /** The name in ASCII letters, digits, dots, hyphens and underscores; with a number if it was given before. */
    String unique(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        String base = safe.isEmpty()
                ? "strategy"
                : safe.substring(0, Math.min(LONGEST, safe.length())).replaceAll("[.-]+$", "");
        String given = base;
        // Some file systems do not tell upper from lower case.
        for (int i = 2; !taken.add(given.toLowerCase(Locale.ROOT)); i++) {
            given = base + "-" + i;
        }
        return given;
    }
}
