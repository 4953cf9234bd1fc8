package dev.graft.image;

import dev.graft.error.DataException;
import dev.graft.error.Problem;

/** The check of a file's dimensions, as its header tells them, before memory is taken for its pixels. */
final class Dimensions {
    private Dimensions() {}

    static void check(Object place, int width, int height, long mostPixels) {
        if (width < 1 || height < 1) {
            throw ImageFiles.unreadable(place, "dimensions " + width + " x " + height, null);
        }
        if ((long) width * height > mostPixels) {
            throw new DataException(Problem.of("An image is too large to decode.")
                    .where(place)
                    .expected("at most " + mostPixels + " pixels")
                    .found(width + " x " + height)
                    .fix("scale the image down first"));
        }
    }
}
