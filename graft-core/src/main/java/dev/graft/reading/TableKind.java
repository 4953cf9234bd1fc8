package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** What the rows of a table are, told by its columns and their content. */
public enum TableKind {
    /** A list of image files with labels. */
    IMAGES,
    /** Texts with labels. */
    TEXTS;

    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "jfif", "heic", "avif", "ppm");
    private static final String FIX =
            "name the columns that hold the texts and the labels (TextFile.withColumns), or those of"
                    + " image files (ItemColumns); if the first line names no columns, say so (TextFile.withoutHeader)";

    /**
     * A guess.
     *
     * @param kind what the rows are
     * @param notes why, in sentences, where it is not plain
     */
    public record Guess(TableKind kind, List<String> notes) {
        /** Copies the list. */
        public Guess {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Tells the kind of a table.
     *
     * @throws DataException if it could be either, or neither; the message lists the columns
     */
    public static Guess of(TableHead head) {
        boolean images = ColumnRole.IMAGE.occurs(head);
        boolean texts = ColumnRole.TEXT.occurs(head);
        if (images && texts) {
            return both(head);
        }
        if (images || texts) {
            return new Guess(images ? IMAGES : TEXTS, List.of());
        }
        throw new DataException(Problem.of("It is not plain what the columns of this table hold.")
                .where(head.firstLine())
                .expected("the columns text and label of texts, or path and label of a list of images, among others")
                .found(head.shown())
                .fix(FIX));
    }

    /** The usual columns of a list of images leave others alone; else the content decides. */
    private static Guess both(TableHead head) {
        int[] usual = head.places(ColumnRole.IMAGE::usual);
        OptionalInt image = usual.length > 0 ? OptionalInt.of(usual[0]) : ColumnRole.IMAGE.find(head, FIX);
        boolean named = image.isPresent() && namesImages(head, image.getAsInt());
        if (!named && usual.length == 0) {
            return new Guess(
                    TEXTS,
                    List.of("it is taken as texts: its column '" + column(head, image) + "' names no image files"));
        }
        boolean plain = usual.length > 0 && head.places(ColumnRole.TEXT::usual).length == 0;
        if (plain) {
            return new Guess(IMAGES, List.of());
        }
        throw new DataException(Problem.of("A table could hold images, texts, or items of both.")
                .where(head.firstLine())
                .expected("either a column of image files or one of texts, or to be told which")
                .found(head.shown())
                .fix("name the column of texts (TextFile.withColumns), or read the table as items of several parts"
                        + " (ItemColumns), or leave out the columns that are not meant"));
    }

    private static String column(TableHead head, OptionalInt place) {
        return place.isPresent() ? Excerpt.of(head.columns().get(place.getAsInt())) : "";
    }

    private static boolean namesImages(TableHead head, int place) {
        List<String> values = head.sample().stream()
                .filter(row -> row.size() > place)
                .map(row -> row.get(place).strip())
                .toList();
        long named = values.stream().filter(TableKind::namesImage).count();
        return named * 2 >= values.size();
    }

    private static boolean namesImage(String value) {
        int dot = value.lastIndexOf('.');
        return dot >= 0 && ENDINGS.contains(value.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
