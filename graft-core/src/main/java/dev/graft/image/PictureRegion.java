package dev.graft.image;

/**
 * A part of a picture, in pixels from its upper left corner; the middle of the first pixel is at 0.5.
 *
 * @param top its upper edge
 * @param left its left edge
 * @param height its height; positive
 * @param width its width; positive
 */
public record PictureRegion(double top, double left, double height, double width) {
    /** Whether a place lies in it. */
    public boolean contains(double y, double x) {
        return y >= top && y <= top + height && x >= left && x <= left + width;
    }
}
