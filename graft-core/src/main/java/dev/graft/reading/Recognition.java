package dev.graft.reading;

import dev.graft.data.ColumnKind;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tells from names and values which columns of a table are learned from, where nobody says it. A table that can be read as a
 * list of images or as texts is, and what else it has is left alone; the others are items of several parts.
 *
 * @param plan the columns
 * @param notes what was guessed, in sentences
 */
record Recognition(ColumnPlan plan, List<String> notes) {
    private static final int SHOWN = 8;

    /** Copies the list. */
    Recognition {
        notes = List.copyOf(notes);
    }

    /** A table that is being looked at: its columns, those that say the class and the part, and where its paths lead. */
    record Given(TableHead head, Path folder, OptionalInt label, OptionalInt part, List<Integer> otherLabels) {
        boolean free(int place) {
            return !otherLabels.contains(place)
                    && (label.isEmpty() || label.getAsInt() != place)
                    && (part.isEmpty() || part.getAsInt() != place);
        }

        int[] places(Predicate<String> wanted) {
            return IntStream.of(head.places(wanted)).filter(this::free).toArray();
        }

        ColumnContent content(int place) {
            return ColumnContent.of(head.columns().get(place), values(place), folder);
        }

        List<String> values(int place) {
            return head.sample().stream()
                    .filter(row -> row.size() > place)
                    .map(row -> row.get(place))
                    .toList();
        }
    }

    /**
     * Tells what a table is.
     *
     * @throws DataException if that is not plain; the message lists the columns
     */
    static Recognition of(Given given) {
        TableHead head = given.head();
        if (!head.named()) {
            return texts(given);
        }
        boolean images = given.places(ColumnRole.IMAGE::fits).length > 0;
        boolean texts = given.places(ColumnRole.TEXT::fits).length > 0;
        if (images && texts) {
            return both(given);
        }
        if (images || texts) {
            return images ? images(given) : texts(given);
        }
        Map<Integer, ColumnContent> contents = contents(given);
        if (given.label().isEmpty() || contents.values().stream().allMatch(content -> content.kind() == null)) {
            throw new DataException(Problem.of("It is not plain what the columns of this table hold.")
                    .where(head.where())
                    .expected(
                            "the columns text and label of texts, or path and label of a list of images, among others")
                    .found(head.shown())
                    .fix(ColumnPlan.FIX));
        }
        return items(given, contents);
    }

    /** The usual columns of a list of images leave others alone; else the content decides. */
    private static Recognition both(Given given) {
        TableHead head = given.head();
        int[] usual = given.places(ColumnRole.IMAGE::usual);
        int[] fitting = given.places(ColumnRole.IMAGE::fits);
        if (usual.length > 0 && given.places(ColumnRole.TEXT::usual).length == 0) {
            return images(given);
        }
        if (usual.length == 0
                && IntStream.of(fitting).noneMatch(place -> ColumnContent.mostlyNameImages(given.values(place)))) {
            Recognition texts = texts(given);
            return texts.and("it is taken as texts: its column " + head.quoted(fitting[0]) + " names no image files");
        }
        return items(given, contents(given));
    }

    private Recognition and(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(0, note);
        return new Recognition(plan, more);
    }

    /** A list of images, whatever else its columns hold. */
    static Recognition images(Given given) {
        return one(given, ColumnRole.IMAGE, ColumnKind.IMAGE);
    }

    /** Texts, whatever else the columns hold. */
    static Recognition texts(Given given) {
        return one(given, ColumnRole.TEXT, ColumnKind.TEXT);
    }

    /** The column with a usual name; without a line of names the first. */
    private static Recognition one(Given given, ColumnRole role, ColumnKind kind) {
        TableHead head = given.head();
        if (!head.named()) {
            return new Recognition(ColumnPlan.of(head, kind, head.place("1", ColumnPlan.FIX)), List.of());
        }
        List<String> notes = new ArrayList<>();
        int place = place(given, role, kind, notes);
        List<String> others = IntStream.range(0, head.columns().size())
                .filter(other -> other != place && given.free(other))
                .filter(other -> given.content(other).kind() != null)
                .mapToObj(head::quoted)
                .toList();
        if (!others.isEmpty()) {
            notes.add("only its column " + head.quoted(place) + " is read, and " + listed(others)
                    + (others.size() == 1 ? " is" : " are")
                    + " left alone; to use several columns, say what each holds (LabeledTable.withColumns)");
        }
        return new Recognition(ColumnPlan.of(head, kind, place), notes);
    }

    /** The column with a name for its role, or else the only one whose values tell. */
    private static int place(Given given, ColumnRole role, ColumnKind kind, List<String> notes) {
        TableHead head = given.head();
        int[] told = given.places(role::fits).length > 0
                ? new int[0]
                : IntStream.range(0, head.columns().size())
                        .filter(given::free)
                        .filter(place -> given.content(place).kind() == kind)
                        .toArray();
        if (told.length == 1) {
            notes.add("its column " + head.quoted(told[0]) + " is taken for the " + word(kind) + " by its values");
            return told[0];
        }
        return role.require(head, given::free, ColumnPlan.FIX);
    }

    /** Items of all columns that are of use, at least one. */
    static Recognition items(Given given) {
        return items(given, contents(given));
    }

    private static Map<Integer, ColumnContent> contents(Given given) {
        Map<Integer, ColumnContent> contents = new LinkedHashMap<>();
        IntStream.range(0, given.head().columns().size())
                .filter(given::free)
                .forEach(place -> contents.put(place, given.content(place)));
        return contents;
    }

    private static Recognition items(Given given, Map<Integer, ColumnContent> contents) {
        TableHead head = given.head();
        List<ColumnPlan.Column> columns = new ArrayList<>();
        List<String> unused = new ArrayList<>();
        contents.forEach((place, content) -> {
            ColumnKind kind = content.kind();
            if (kind == null) {
                unused.add(head.quoted(place) + ", which " + content.reason());
            } else {
                columns.add(new ColumnPlan.Column(head.columns().get(place), kind, place));
            }
        });
        if (columns.isEmpty()) {
            throw new DataException(Problem.of("A table has no column to learn from.")
                    .where(head.where())
                    .expected("image files, texts, numbers or categories beside the labels")
                    .found(head.shown())
                    .fix(ColumnPlan.FIX));
        }
        ColumnPlan plan = new ColumnPlan(columns);
        String label = given.label().isPresent()
                ? "; the class is in " + head.quoted(given.label().getAsInt())
                : "";
        String rest = unused.isEmpty() ? "" : "; left out: " + listed(unused);
        return new Recognition(
                plan,
                List.of("learned from are " + described(head, plan) + label + rest
                        + "; to have it otherwise, say what its columns hold (LabeledTable.withColumns)"));
    }

    private static String described(TableHead head, ColumnPlan plan) {
        List<String> kinds = new ArrayList<>();
        for (ColumnKind kind : ColumnKind.values()) {
            if (plan.has(kind)) {
                kinds.add(word(kind) + " in "
                        + listed(plan.columns().stream()
                                .filter(column -> column.kind() == kind)
                                .map(column -> head.quoted(column.place()))
                                .toList()));
            }
        }
        return String.join("; ", kinds);
    }

    private static String word(ColumnKind kind) {
        return switch (kind) {
            case IMAGE -> "pictures";
            case TEXT -> "texts";
            case NUMBER -> "numbers";
            case CATEGORY -> "categories";
        };
    }

    private static String listed(List<String> names) {
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }
}
