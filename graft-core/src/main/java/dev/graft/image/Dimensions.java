package dev.graft.image;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.file.Path;

/** The check of a file's dimensions, as its header tells them, before memory is taken for its pixels. */
final class Dimensions {
    private Dimensions() {}

    static void check(Path file, int width, int height, long mostPixels) {
        if (width < 1 || height < 1) {
            throw ImageFiles.unreadable(file, "dimensions " + width + " x " + height, null);
        }
        if ((long) width * height > mostPixels) {
            throw new DataException(Problem.of("An image is too large to decode.")
                    .where(file)
                    .expected("at most " + mostPixels + " pixels")
                    .found(width + " x " + height)
                    .fix("scale the image down first"));
        }
    }
}
