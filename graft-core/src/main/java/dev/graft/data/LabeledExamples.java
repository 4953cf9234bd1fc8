package dev.graft.data;

import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples and what is to be told of each, in a fixed order: {@link LabeledImages}, {@link LabeledTexts} or {@link LabeledItems}. All
 * but the preparation of an example for a network works alike for them. Mostly an example has one class; others have a grade, several
 * labels or numbers, which {@link #targets} says.
 */
public interface LabeledExamples {
    /** A short name for messages and reports, such as {@code shapes} or the folder's name. */
    String name();

    /** The names of the classes, of which a label is an index; of other targets the names of the grades, the labels or the numbers. */
    List<String> classNames();

    /** The number of examples. */
    int size();

    /**
     * The class or grade of an example, 0 to {@code classNames().size() - 1}.
     *
     * @throws dev.graft.error.DataException if examples have several labels or numbers instead
     */
    int label(int index);

    /** What is to be told of the examples; one class each unless an implementation says otherwise. */
    default Targets targets() {
        return Targets.ofClasses(classNames(), ClassIndexes.labels(this));
    }

    /** What kind of thing is to be told of each. */
    default TargetKind kind() {
        return new OneClass(classNames());
    }

    /**
     * The examples with other targets in place of their own.
     *
     * @throws dev.graft.error.DataException if there is not one for each example
     */
    LabeledExamples withTargets(Targets targets);

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
