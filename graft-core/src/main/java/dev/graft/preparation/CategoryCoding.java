package dev.graft.preparation;

import dev.graft.data.Item;
import dev.graft.data.LabeledItems;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Category columns, one-hot: for each column a number for each value that the training data had, and a last one for what is
 * missing or unknown.
 *
 * @param columns the columns
 * @param values of each column the values of the training data, in the order of text
 */
public record CategoryCoding(List<String> columns, List<List<String>> values) implements TableCoding {
    /**
     * Copies the lists and checks that they fit each other.
     *
     * @throws SettingsException if there is no column, or not one list of distinct values for each
     */
    public CategoryCoding {
        columns = List.copyOf(columns);
        values = values.stream().map(List::copyOf).toList();
        boolean distinct =
                values.stream().allMatch(known -> known.stream().distinct().count() == known.size());
        if (columns.isEmpty() || columns.size() != values.size() || !distinct) {
            throw new SettingsException(Problem.of("The coding of category columns does not make sense.")
                    .expected("distinct values for each of at least one column")
                    .found("columns " + columns + ", values " + values));
        }
    }

    /** Lists the values of training data. */
    public static CategoryCoding of(LabeledItems data, List<String> columns) {
        List<List<String>> values = new ArrayList<>();
        for (String column : columns) {
            TreeSet<String> known = new TreeSet<>(data.categories(column));
            known.remove("");
            values.add(List.copyOf(known));
        }
        return new CategoryCoding(columns, values);
    }

    @Override
    public int width() {
        return values.stream().mapToInt(known -> known.size() + 1).sum();
    }

    @Override
    public void encode(Item item, float[] target, int offset) {
        Arrays.fill(target, offset, offset + width(), 0f);
        int start = offset;
        for (int i = 0; i < columns.size(); i++) {
            List<String> known = values.get(i);
            int place = known.indexOf(item.category(columns.get(i)));
            target[start + (place < 0 ? known.size() : place)] = 1;
            start += known.size() + 1;
        }
    }

    @Override
    public String fingerprint() {
        return values.stream()
                .map(CountedTexts::of)
                .collect(Collectors.joining(
                        ", ", "CategoryCoding[columns=" + CountedTexts.of(columns) + ", values=[", "]]"));
    }
}
