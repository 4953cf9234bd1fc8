package dev.graft.reading;

import dev.graft.data.ColumnKind;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a table holds, told by its name and its first values.
 *
 * @param kind of what use it is; null if of none
 * @param reason why it is of none, in a phrase
 */
record ColumnContent(@Nullable ColumnKind kind, String reason) {
    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "jfif", "heic", "avif", "ppm");

    /** Also a column without a name, which is how numbered rows are often written. */
    private static final Pattern ID_NAME =
            Pattern.compile("|.*[a-z]I[dD]|(?i:(.*[ _.-])?(id|ids|index|idx|uuid|guid|key|编号|序号)|unnamed: ?0)");

    private static final int LONGEST_NUMBER = 1000;
    private static final int LOOKED_FOR = 20;
    private static final int FEWEST_COUNTED = 10;
    private static final int LONGEST_CATEGORY = 60;

    /** So often does each value of a category of several words occur at least. */
    private static final int REPEATS = 10;

    /** So many words has a sentence, and so many characters where words are not separated. */
    private static final int WORDS = 3;

    private static final int IDEOGRAPHS = 8;

    /**
     * Looks at a column.
     *
     * @param fields its first values
     * @param folder the folder that paths are relative to
     */
    static ColumnContent of(String name, List<String> fields, Path folder) {
        List<String> values = fields.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        if (values.isEmpty()) {
            return unused("is empty");
        }
        if (ID_NAME.matcher(name.strip()).matches()) {
            return unused("tells rows apart");
        }
        double[] numbers = values.stream().mapToDouble(ColumnContent::number).toArray();
        if (IntStream.range(0, numbers.length).noneMatch(i -> Double.isNaN(numbers[i]))) {
            return counts(numbers) ? unused("counts rows") : new ColumnContent(ColumnKind.NUMBER, "");
        }
        if (pictures(name, values, folder)) {
            return new ColumnContent(ColumnKind.IMAGE, "");
        }
        return words(name, values);
    }

    private static ColumnContent unused(String reason) {
        return new ColumnContent(null, reason);
    }

    private static boolean counts(double[] numbers) {
        return numbers.length >= FEWEST_COUNTED
                && IntStream.range(1, numbers.length).allMatch(i -> numbers[i] == numbers[i - 1] + 1);
    }

    private static boolean pictures(String name, List<String> values, Path folder) {
        if (ColumnRole.IMAGE.fits(name)) {
            return mostlyNameImages(values);
        }
        return values.stream().filter(ColumnContent::namesImage).count() * 10 >= values.size() * 9L
                && values.stream().limit(LOOKED_FOR).anyMatch(value -> exists(folder, value));
    }

    private static boolean exists(Path folder, String value) {
        try {
            return Files.isRegularFile(folder.resolve(value.replace('\\', '/')));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static ColumnContent words(String name, List<String> values) {
        int distinct = new HashSet<>(values).size();
        boolean repeats = distinct * 2 <= values.size();
        boolean sentences = sentences(values);
        boolean called = ColumnRole.TEXT.fits(name);
        boolean few = repeats && (!sentences || (!called && distinct * REPEATS <= values.size()));
        if (few && values.stream().allMatch(value -> value.length() <= LONGEST_CATEGORY)) {
            return new ColumnContent(ColumnKind.CATEGORY, "");
        }
        return called || sentences
                ? new ColumnContent(ColumnKind.TEXT, "")
                : unused("holds neither sentences nor few values");
    }

    private static boolean sentences(List<String> values) {
        long words = values.stream()
                .mapToLong(value ->
                        1 + value.chars().filter(Character::isWhitespace).count())
                .sum();
        long ideographs = values.stream()
                .flatMapToInt(String::codePoints)
                .filter(Character::isIdeographic)
                .count();
        return words >= (long) WORDS * values.size() || ideographs >= (long) IDEOGRAPHS * values.size();
    }

    /** Whether at least half of some values name image files. */
    static boolean mostlyNameImages(List<String> values) {
        return values.stream().filter(ColumnContent::namesImage).count() * 2 >= values.size();
    }

    private static boolean namesImage(String value) {
        int dot = value.lastIndexOf('.');
        return dot >= 0 && ENDINGS.contains(value.substring(dot + 1).strip().toLowerCase(Locale.ROOT));
    }

    /** The number that a text writes; NaN if it is none that is finite. */
    static double number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return Double.NaN;
        }
        try {
            // Java's own parser takes 1d and 0x1p3 for numbers, and Infinity.
            double value = new BigDecimal(text).doubleValue();
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
