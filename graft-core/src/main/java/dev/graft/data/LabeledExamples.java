package dev.graft.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples with one class each, in a fixed order: {@link LabeledImages} or {@link LabeledTexts}. All but the preparation
 * of an example for a network works the same for both.
 */
public interface LabeledExamples {
    /** A short name for messages and reports, such as {@code shapes} or the folder's name. */
    String name();

    /** The classes' names; a label is an index into this list. */
    List<String> classNames();

    /** The number of examples. */
    int size();

    /** The class of an example, 0 to {@code classNames().size() - 1}. */
    int label(int index);

    /**
     * SHA-256, in lower-case hexadecimal, over the class names and every example's label and content, in order. Equal
     * digests mean equal data.
     */
    String digest();

    /** What tells an example from others, such as its file's path below the data's folder; null if nothing does. */
    default @Nullable String caption(int index) {
        return null;
    }

    /**
     * What is equal for two examples of equal content, whatever their labels: a digest, or the text itself; null where it
     * would have to be computed anew from the content at each call. May read a file that was not decoded before.
     *
     * @throws dev.graft.error.DataException if a file can no longer be read
     */
    default @Nullable String content(int index) {
        return null;
    }

    /** The examples at the given indexes, in that order, as data of its own with the same classes. */
    LabeledExamples subset(int[] indexes);
}
