package dev.graft.feature;

/** Some of other rows, in an order of their own. */
public final class RowSubset implements Rows {
    private final Rows all;
    private final int[] chosen;

    /**
     * Views rows.
     *
     * @param all where they are read
     * @param chosen their places there
     */
    public RowSubset(Rows all, int[] chosen) {
        this.all = all;
        this.chosen = chosen.clone();
    }

    @Override
    public int count() {
        return chosen.length;
    }

    @Override
    public int width() {
        return all.width();
    }

    @Override
    public void read(int row, float[] target, int offset) {
        all.read(chosen[row], target, offset);
    }

    @Override
    public void read(int[] rows, float[] target) {
        all.read(places(rows), target);
    }

    @Override
    public float[] values(int[] rows) {
        return all.values(places(rows));
    }

    private int[] places(int[] rows) {
        int[] places = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            places[i] = chosen[rows[i]];
        }
        return places;
    }
}
