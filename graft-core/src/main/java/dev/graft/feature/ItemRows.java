package dev.graft.feature;

import dev.graft.data.LabeledItems;
import dev.graft.preparation.TableCoding;

/** Numbers and categories of items as rows. */
public final class ItemRows implements Rows {
    private final LabeledItems items;
    private final TableCoding coding;

    /**
     * Views items as the rows that a coding makes of them.
     *
     * @param items with the columns that the coding reads, and no others
     */
    public ItemRows(LabeledItems items, TableCoding coding) {
        this.items = items;
        this.coding = coding;
    }

    @Override
    public int count() {
        return items.size();
    }

    @Override
    public int width() {
        return coding.width();
    }

    @Override
    public void read(int row, float[] target, int offset) {
        coding.encode(items.item(row), target, offset);
    }
}
