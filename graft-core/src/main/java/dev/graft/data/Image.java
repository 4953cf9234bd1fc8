package dev.graft.data;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;

/**
 * A decoded picture: unsigned 8-bit samples, (height, width, channels), row by row.
 *
 * <p>The pixels are not copied; whoever makes an image gives them away.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param pixels height x width x channels samples, 0 to 255, channels innermost
 */
@SuppressWarnings("ArrayRecordComponent")
public record Image(int height, int width, int channels, byte[] pixels) {
    /**
     * Checks that the sizes agree.
     *
     * @throws SettingsException if a size is not positive, or the pixels are not height x width x channels
     */
    public Image {
        if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
            throw new SettingsException(Problem.of("An image has impossible dimensions.")
                    .expected("height and width at least 1, and 1 or 3 channels")
                    .found(height + " x " + width + " x " + channels));
        }
        if ((long) height * width * channels != pixels.length) {
            throw new SettingsException(Problem.of("An image's pixels do not match its dimensions.")
                    .expected((long) height * width * channels + " samples for " + height + " x " + width + " x "
                            + channels)
                    .found(pixels.length + " samples"));
        }
    }

    /**
     * Scales the picture down so that neither side is longer than so many pixels, small enough to be shown beside others. Each
     * pixel is the mean of those that it stands for. Smaller pictures stay as they are.
     */
    public Image atMost(int longest) {
        return Downscaling.toAtMost(this, longest);
    }

    /** The sample at a place, 0 to 255. */
    public int sample(int row, int column, int channel) {
        return pixels[(row * width + column) * channels + channel] & 0xFF;
    }
}
