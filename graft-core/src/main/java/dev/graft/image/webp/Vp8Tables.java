package dev.graft.image.webp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The constants of RFC 6386 that are tables, from the text file beside this class. */
final class Vp8Tables {
    /** Modes of a 4 x 4 block; above x left x 9 places in the tree of modes. */
    static final int[] BLOCK_MODES;

    /** Plane x band x context x 11 places in the tree of coefficients. */
    static final int[] COEFFICIENT_UPDATES;

    /** The places' first values: what holds until it is replaced. */
    static final int[] COEFFICIENTS;

    /** Quantizer steps of first coefficients, by index. */
    static final int[] DC_STEPS;

    /** Quantizer steps of the other coefficients, by index. */
    static final int[] AC_STEPS;

    static {
        Map<String, int[]> tables = read();
        BLOCK_MODES = table(tables, "block-modes");
        COEFFICIENT_UPDATES = table(tables, "coefficient-updates");
        COEFFICIENTS = table(tables, "coefficients");
        DC_STEPS = table(tables, "dc-steps");
        AC_STEPS = table(tables, "ac-steps");
    }

    private Vp8Tables() {}

    private static int[] table(Map<String, int[]> tables, String name) {
        return Objects.requireNonNull(tables.get(name), name);
    }

    private static Map<String, int[]> read() {
        Map<String, int[]> tables = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(Vp8Tables.class.getResourceAsStream("vp8-tables.txt"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            List<Integer> numbers = new ArrayList<>();
            String name = "";
            for (String line : (Iterable<String>) Stream.concat(reader.lines(), Stream.of("[]"))::iterator) {
                if (line.startsWith("[")) {
                    tables.put(
                            name, numbers.stream().mapToInt(Integer::intValue).toArray());
                    numbers.clear();
                    name = line.substring(1, line.length() - 1);
                } else if (!line.startsWith("#")) {
                    Arrays.stream(line.split(" ", -1)).map(Integer::valueOf).forEach(numbers::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tables;
    }
}
