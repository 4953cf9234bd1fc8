package dev.graft.evidence;

import dev.graft.image.PictureRegion;

/**
 * Where the cells of a map lie on a picture. Distances are in pixels of the picture, from its upper left corner; the middle of
 * its first pixel is at 0.5.
 *
 * @param height the picture's rows
 * @param width the picture's columns
 * @param seen the part of the picture that the network saw
 * @param rows the middles of the map's rows, from above
 * @param columns the middles of the map's columns, from the left
 */
public record PicturePlace(int height, int width, PictureRegion seen, Cells rows, Cells columns) {
    /**
     * Evenly spaced middles of cells along one axis.
     *
     * @param first the middle of the first cell
     * @param step from one middle to the next; positive
     */
    public record Cells(double first, double step) {
        /** The middle of a cell. */
        public double middle(int cell) {
            return first + cell * step;
        }

        /** The cell at a distance, with its fraction; below 0 before the first middle. */
        double cell(double distance) {
            return (distance - first) / step;
        }

        /** These middles, of pixels of a network's input, on the picture that the input is made of. */
        Cells onPicture(double begin, double length, int pixels) {
            double scale = length / pixels;
            return new Cells(begin + (first + 0.5) * scale, step * scale);
        }
    }

    /** Places cells of a network's input, whose first pixel's middle is 0 there, on the picture. */
    static PicturePlace of(
            int height, int width, PictureRegion seen, InputCells cells, int inputHeight, int inputWidth) {
        return new PicturePlace(
                height,
                width,
                seen,
                cells.rows().onPicture(seen.top(), seen.height(), inputHeight),
                cells.columns().onPicture(seen.left(), seen.width(), inputWidth));
    }
}
