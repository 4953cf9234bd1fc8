package dev.graft.image.webp;

import java.io.IOException;

/** A VP8 key frame: its luma and chroma, decoded. */
final class Vp8Frame {
    private static final int INSIDE = 0x40;

    private final Vp8Header header;
    private final int columns;
    private final int rows;
    private final Vp8Plane luma;
    private final Vp8Plane[] chroma;

    /** Of each macroblock, for the filter: its level, and whether its inside is filtered. */
    private final byte[] filters;

    private final int[] edge = new int[13];
    private final int[] half = new int[16];

    private Vp8Frame(Vp8Header header) {
        this.header = header;
        this.columns = (header.width + 15) / 16;
        this.rows = (header.height + 15) / 16;
        this.luma = new Vp8Plane(16 * columns, 16 * rows);
        this.chroma = new Vp8Plane[] {new Vp8Plane(8 * columns, 8 * rows), new Vp8Plane(8 * columns, 8 * rows)};
        this.filters = new byte[columns * rows];
    }

    static Vp8Frame decode(byte[] data, int begin, int end) throws IOException {
        Vp8Frame frame = new Vp8Frame(new Vp8Header(data, begin, end));
        frame.decode();
        if (frame.header.filterLevel > 0) {
            frame.filter();
        }
        return frame;
    }

    private void decode() throws IOException {
        Vp8Modes modes = new Vp8Modes(header, columns);
        Vp8Residuals residuals = new Vp8Residuals(header, columns);
        for (int row = 0; row < rows; row++) {
            BoolReader coefficients = header.coefficients[row & (header.coefficients.length - 1)];
            modes.beginRow();
            residuals.beginRow();
            for (int column = 0; column < columns; column++) {
                modes.read(column);
                boolean any = false;
                if (modes.skipped) {
                    residuals.skip(column, modes.blocks);
                } else {
                    any = residuals.read(coefficients, column, modes.blocks, header.steps[modes.segment]);
                }
                filters[row * columns + column] =
                        (byte) (header.level(modes.segment, modes.blocks) | (modes.blocks || any ? INSIDE : 0));
                rebuild(modes, residuals.coefficients, column, row);
            }
            header.modes.requireNotPast("the modes of row " + row);
            coefficients.requireNotPast("the coefficients of row " + row);
        }
    }

    private void rebuild(Vp8Modes modes, int[] coefficients, int column, int row) {
        int x = 16 * column;
        int y = 16 * row;
        if (!modes.blocks) {
            luma.predict(modes.luma[0], x, y, 16);
        }
        for (int i = 0; i < 16; i++) {
            int at = luma.at(x + 4 * (i & 3), y + 4 * (i >> 2));
            if (modes.blocks) {
                look(at, i, column, row);
                luma.predictBlock(modes.luma[i], at, edge);
            }
            add(coefficients, 16 * i, luma, at);
        }
        for (int plane = 0; plane < 2; plane++) {
            chroma[plane].predict(modes.chroma, 8 * column, 8 * row, 8);
            for (int i = 0; i < 4; i++) {
                int at = chroma[plane].at(8 * column + 4 * (i & 1), 8 * row + 4 * (i >> 1));
                add(coefficients, 16 * (16 + 4 * plane + i), chroma[plane], at);
            }
        }
    }

    private void add(int[] coefficients, int from, Vp8Plane plane, int at) {
        int any = 0;
        for (int i = 0; i < 16; i++) {
            any |= coefficients[from + i];
        }
        if (any != 0) {
            Vp8Transform.add(coefficients, from, plane.samples, at, plane.stride, half);
        }
    }

    /**
     * Takes the neighbours of a block. To the upper right of the fourth column all rows of blocks see the macroblock
     * above, of which beyond the right edge the last sample goes on.
     */
    private void look(int at, int block, int column, int row) {
        byte[] samples = luma.samples;
        int stride = luma.stride;
        for (int i = 0; i < 4; i++) {
            edge[i] = samples[at + (3 - i) * stride - 1] & 0xFF;
            edge[5 + i] = samples[at - stride + i] & 0xFF;
        }
        edge[4] = samples[at - stride - 1] & 0xFF;
        int right = (block & 3) < 3 ? at - stride + 4 : at - ((block >> 2) * 4 + 1) * stride + 4;
        boolean beyond = (block & 3) == 3 && column == columns - 1 && row > 0;
        for (int i = 0; i < 4; i++) {
            edge[9 + i] = samples[beyond ? right - 1 : right + i] & 0xFF;
        }
    }

    private void filter() {
        Vp8Filter filter = new Vp8Filter(header, luma, chroma);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int told = filters[row * columns + column];
                filter.apply(column, row, told & (INSIDE - 1), (told & INSIDE) != 0);
            }
        }
    }

    int width() {
        return header.width;
    }

    int height() {
        return header.height;
    }

    Vp8Plane luma() {
        return luma;
    }

    /** The plane of blueness (0) or redness (1), of half the width and height, rounded up. */
    Vp8Plane chroma(int which) {
        return chroma[which];
    }
}
