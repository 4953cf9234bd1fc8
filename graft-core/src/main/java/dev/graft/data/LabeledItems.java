package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Examples with several parts and one class each, or another target, in a fixed order: columns of pictures, texts, numbers and categories.
 * Immutable, safe for use by several threads.
 *
 * <pre>{@code
 * LabeledItems.of("items", List.of("no", "yes"), labels)
 *         .withImages("photo", photos)
 *         .withTexts("title", titles)
 *         .withNumbers("price", prices);
 * }</pre>
 */
public final class LabeledItems implements LabeledExamples {
    private final String name;
    private final Targets targets;
    private final Map<String, LabeledImages> images;
    private final Map<String, LabeledTexts> texts;
    private final Map<String, double[]> numbers;
    private final Map<String, List<String>> categories;
    private volatile @Nullable String digest;

    private LabeledItems(
            String name,
            Targets targets,
            Map<String, LabeledImages> images,
            Map<String, LabeledTexts> texts,
            Map<String, double[]> numbers,
            Map<String, List<String>> categories) {
        this.name = name;
        this.targets = targets;
        this.images = images;
        this.texts = texts;
        this.numbers = numbers;
        this.categories = categories;
    }

    /**
     * Items without columns yet.
     *
     * @param name a short name for messages and reports
     * @param classNames the classes' names
     * @param labels the class of each item, as an index into {@code classNames}
     * @throws DataException if a label is none of the classes, or a class has no name of its own
     */
    public static LabeledItems of(String name, List<String> classNames, int[] labels) {
        StringLabels.requireIndexes(classNames, labels, "item", name);
        return of(name, Targets.ofClasses(classNames, labels));
    }

    /**
     * Items with targets of any kind, without columns yet.
     *
     * @param name a short name for messages and reports
     * @param targets one for each item
     */
    public static LabeledItems of(String name, Targets targets) {
        return new LabeledItems(name, targets, Map.of(), Map.of(), Map.of(), Map.of());
    }

    /**
     * Items of classes by name, without columns yet.
     *
     * @param name a short name for messages and reports
     * @param labels the name of each item's class; the classes are their names, sorted by the codes of their characters
     * @throws DataException if there is none, or a label is null or blank
     */
    public static LabeledItems of(String name, List<String> labels) {
        StringLabels given = StringLabels.of(name, labels);
        return of(name, given.classNames(), given.indexes());
    }

    /**
     * Returns a copy with a column of pictures.
     *
     * @throws DataException if there is not one for each item, one is null, or the column is there already
     */
    public LabeledItems withImages(String column, List<Image> values) {
        List<Image> held = Required.examples(values, "picture", name + ", column " + column);
        // What they are labelled as is part of their digest.
        StringLabels labels = targets.kind() instanceof OneClass classes
                ? new StringLabels(classes.names(), targets.labels())
                : new StringLabels(List.of(column), new int[held.size()]);
        return withImages(column, new MemoryImages(name, labels, held::get), held.size());
    }

    /**
     * Returns a copy with a column of pictures. Classes that they have of their own do not count.
     *
     * @throws DataException if there is not one for each item, or the column is there already
     */
    public LabeledItems withImages(String column, LabeledImages values) {
        return withImages(column, values, values.size());
    }

    private LabeledItems withImages(String column, LabeledImages values, int size) {
        requireNew(column, size);
        LabeledImages own =
                values.kind().equals(targets.kind()) && values.targets().equals(targets)
                        ? values
                        : TargetImages.ofItems(values, targets);
        return new LabeledItems(name, targets, with(images, column, own), texts, numbers, categories);
    }

    /**
     * Returns a copy with a column of texts.
     *
     * @throws DataException if there is not one for each item, or the column is there already
     */
    public LabeledItems withTexts(String column, List<String> values) {
        List<String> held = Required.examples(values, "text", name + ", column " + column);
        requireNew(column, held.size());
        LabeledTexts labeled = LabeledTexts.of(name, held, targets);
        return new LabeledItems(name, targets, images, with(texts, column, labeled), numbers, categories);
    }

    /**
     * Returns a copy with a column of numbers, NaN where one is missing.
     *
     * @throws DataException if there is not one for each item, one is infinite, or the column is there already
     */
    public LabeledItems withNumbers(String column, double... values) {
        requireNew(column, values.length);
        for (int i = 0; i < values.length; i++) {
            if (Double.isInfinite(values[i])) {
                throw new DataException(Problem.of("A number is not finite.")
                        .where(name + ", column " + column + ", item " + i)
                        .expected("a finite number, or NaN for none")
                        .found(values[i]));
            }
        }
        return new LabeledItems(name, targets, images, texts, with(numbers, column, values.clone()), categories);
    }

    /**
     * Returns a copy with a column of categories, empty where one is missing.
     *
     * @throws DataException if there is not one for each item, or the column is there already
     */
    public LabeledItems withCategories(String column, List<String> values) {
        List<String> held = Required.examples(values, "category", name + ", column " + column);
        requireNew(column, held.size());
        return new LabeledItems(name, targets, images, texts, numbers, with(categories, column, List.copyOf(held)));
    }

    /** The pictures of a column, as data of their own. */
    public LabeledImages images(String column) {
        return column(images, column, "pictures");
    }

    /** The texts of a column, as data of their own. */
    public LabeledTexts texts(String column) {
        return column(texts, column, "texts");
    }

    /** The numbers of a column that are not missing. */
    public double[] presentNumbers(String column) {
        return Arrays.stream(column(numbers, column, "numbers"))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /** The categories of a column, empty where one is missing. */
    public List<String> categories(String column) {
        return column(categories, column, "categories");
    }

    /** The items with some of their number and category columns alone. */
    public LabeledItems values(List<String> columns) {
        for (String one : columns) {
            if (!numbers.containsKey(one) && !categories.containsKey(one)) {
                throw unknown(one, "numbers or categories", tableColumns());
            }
        }
        return new LabeledItems(name, targets, Map.of(), Map.of(), only(numbers, columns), only(categories, columns));
    }

    /** The names of the columns of pictures, in order. */
    public List<String> imageColumns() {
        return List.copyOf(images.keySet());
    }

    /** The names of the columns of texts, in order. */
    public List<String> textColumns() {
        return List.copyOf(texts.keySet());
    }

    /** The names of the columns of numbers, in order. */
    public List<String> numberColumns() {
        return List.copyOf(numbers.keySet());
    }

    /** The names of the columns of categories, in order. */
    public List<String> categoryColumns() {
        return List.copyOf(categories.keySet());
    }

    /** An item's texts, numbers and categories in words, each after its column's name; without what is missing. */
    public String description(int index) {
        return ItemDescription.of(index, texts, numbers, categories);
    }

    /** One item, its pictures decoded. */
    public Item item(int index) {
        return new Item(
                each(images, column -> column.image(index)),
                each(texts, column -> column.text(index)),
                each(numbers, column -> column[index]),
                each(categories, column -> column.get(index)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> classNames() {
        return targets.kind().names();
    }

    @Override
    public int size() {
        return targets.size();
    }

    @Override
    public int label(int index) {
        return targets.label(index);
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public TargetKind kind() {
        return targets.kind();
    }

    /** The items with other targets, in all their columns. */
    @Override
    public LabeledItems withTargets(Targets others) {
        StringLabels.requireOneForEach(size(), others.size(), "item", name);
        return new LabeledItems(
                name,
                others,
                each(images, column -> TargetImages.ofItems(column, others)),
                each(texts, column -> column.withTargets(others)),
                numbers,
                categories);
    }

    /** What tells the first picture from others, or else the first text. */
    @Override
    public @Nullable String caption(int index) {
        for (LabeledImages column : images.values()) {
            return column.caption(index);
        }
        for (LabeledTexts column : texts.values()) {
            return column.caption(index);
        }
        return null;
    }

    /** A digest of all columns; null if the pictures of one have none. */
    @Override
    public @Nullable String content(int index) {
        return ItemDigest.of(index, images, texts, numbers, categories);
    }

    @Override
    public LabeledItems subset(int[] indexes) {
        return new LabeledItems(
                name,
                targets.subset(indexes),
                each(images, column -> column.subset(indexes)),
                each(texts, column -> column.subset(indexes)),
                each(numbers, column -> IntStream.of(indexes)
                        .mapToDouble(i -> column[i])
                        .toArray()),
                each(
                        categories,
                        column -> IntStream.of(indexes).mapToObj(column::get).toList()));
    }

    /**
     * The items of some classes alone, labelled anew in the order of the data's own classes.
     *
     * @throws DataException if the data has no class of a name, or one class alone is left
     */
    public LabeledItems withClasses(List<String> names) {
        ChosenClasses chosen = ChosenClasses.of(this, names);
        LabeledItems some = subset(chosen.indexes());
        LabeledItems renamed = new LabeledItems(
                name,
                Targets.ofClasses(chosen.names(), chosen.labels()),
                Map.of(),
                Map.of(),
                some.numbers,
                some.categories);
        for (Map.Entry<String, LabeledTexts> column : some.texts.entrySet()) {
            LabeledTexts values = column.getValue();
            renamed = renamed.withTexts(
                    column.getKey(),
                    IntStream.range(0, values.size()).mapToObj(values::text).toList());
        }
        for (Map.Entry<String, LabeledImages> column : some.images.entrySet()) {
            renamed = renamed.withImages(column.getKey(), column.getValue());
        }
        return renamed;
    }

    @Override
    public String digest() {
        String known = digest;
        if (known == null) {
            known = ItemDigest.of(this, images, texts, numbers, categories);
            digest = known;
        }
        return known;
    }

    private void requireNew(String column, int size) {
        boolean taken = images.containsKey(column)
                || texts.containsKey(column)
                || numbers.containsKey(column)
                || categories.containsKey(column);
        if (taken || size != targets.size()) {
            throw new DataException(Problem.of("A column does not fit its items.")
                    .where(name + ", column " + column)
                    .expected("a name of its own, and " + targets.size() + " values")
                    .found(taken ? "a column of that name" : size + " values"));
        }
    }

    private List<String> tableColumns() {
        return Stream.concat(numbers.keySet().stream(), categories.keySet().stream())
                .toList();
    }

    private <T> T column(Map<String, T> columns, String column, String kind) {
        T values = columns.get(column);
        if (values == null) {
            throw unknown(column, kind, List.copyOf(columns.keySet()));
        }
        return values;
    }

    private SettingsException unknown(String column, String kind, List<String> found) {
        return new SettingsException(Problem.of("The data has no column '" + column + "' of " + kind + ".")
                .where(name)
                .expected(found.isEmpty() ? "no branch of " + kind + ": there is no such column" : found)
                .found(column)
                .fix("name a column that the data has, or read that column as " + kind));
    }

    private static <T> Map<String, T> with(Map<String, T> columns, String column, T values) {
        Map<String, T> more = new LinkedHashMap<>(columns);
        more.put(column, values);
        return more;
    }

    private static <T> Map<String, T> only(Map<String, T> columns, List<String> names) {
        Map<String, T> some = new LinkedHashMap<>(columns);
        some.keySet().retainAll(names);
        return some;
    }

    private static <T, R> Map<String, R> each(Map<String, T> columns, Function<T, R> change) {
        Map<String, R> changed = new LinkedHashMap<>();
        columns.forEach((column, values) -> changed.put(column, change.apply(values)));
        return changed;
    }
}
