package dev.graft.image;

import dev.graft.data.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An image and what its file says beside the pixels.
 *
 * @param image the pixels, upright
 * @param format what the content is, whatever the file is called
 * @param orientation the EXIF orientation that was applied, 1 (none) to 8
 * @param oddities what was left out or converted
 */
public record DecodedImage(Image image, ImageFormat format, int orientation, Set<Oddity> oddities) {
    /** Copies the set. */
    public DecodedImage {
        oddities = Set.copyOf(oddities);
    }

    /** What is odd about the file, though it could be read; empty for most. */
    public List<String> warnings(Path file) {
        List<String> warnings = new ArrayList<>();
        if (!format.fits(file)) {
            warnings.add("the name says another format than the content, which is " + format.label());
        }
        for (Oddity oddity : new TreeSet<>(oddities)) {
            warnings.add(oddity.phrase());
        }
        return warnings;
    }
}
