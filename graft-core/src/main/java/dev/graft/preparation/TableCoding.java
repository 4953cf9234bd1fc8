package dev.graft.preparation;

import dev.graft.data.Item;
import java.util.List;

/** How some columns of an item become numbers for a network, by what the training data said. Safe for use by several threads. */
public sealed interface TableCoding extends Preparation permits CategoryCoding, NumberScaling {
    /** The columns that are read. */
    List<String> columns();

    /** The numbers of one item. */
    int width();

    /** Writes the numbers of one item into {@code target} from {@code offset} on. */
    void encode(Item item, float[] target, int offset);

    @Override
    default List<Integer> axes() {
        return List.of(width());
    }
}
