package dev.graft.feature;

import java.util.List;

/** Rows that lie in several places, as one set of rows; nothing is copied. */
public final class ComposedRows implements Rows {
    private final List<Rows> pieces;
    private final int[] piece;
    private final int[] row;
    private final int width;

    private ComposedRows(List<Rows> pieces, int[] piece, int[] row, int width) {
        this.pieces = pieces;
        this.piece = piece;
        this.row = row;
        this.width = width;
    }

    /**
     * Puts pieces together.
     *
     * @param pieces at least one, all of one width
     * @param places of each piece where its rows stand in the whole; every place once
     */
    public static ComposedRows of(List<Rows> pieces, List<int[]> places) {
        int count = pieces.stream().mapToInt(Rows::count).sum();
        int[] piece = new int[count];
        int[] row = new int[count];
        for (int i = 0; i < pieces.size(); i++) {
            int[] own = places.get(i);
            for (int j = 0; j < own.length; j++) {
                piece[own[j]] = i;
                row[own[j]] = j;
            }
        }
        return new ComposedRows(List.copyOf(pieces), piece, row, pieces.get(0).width());
    }

    @Override
    public int count() {
        return row.length;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void read(int place, float[] target, int offset) {
        pieces.get(piece[place]).read(row[place], target, offset);
    }
}
