package dev.graft.spark;

import dev.graft.data.Image;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a row holds: a picture, a text, or nothing that could be read.
 *
 * @param picture the decoded picture; null if it is none
 * @param text the text; null if it is none
 * @param reason why there is neither, in a line; null otherwise
 */
record Example(
        @Nullable Image picture,
        @Nullable String text,
        @Nullable String reason) {
    static Example of(Image picture) {
        return new Example(picture, null, null);
    }

    static Example of(String text) {
        return new Example(null, text, null);
    }

    static Example broken(String reason) {
        return new Example(null, null, reason);
    }

    boolean isBroken() {
        return reason != null;
    }

    Image requirePicture() {
        return Objects.requireNonNull(picture);
    }

    String requireText() {
        return Objects.requireNonNull(text);
    }
}
