package dev.graft.imagenet;

import dev.graft.source.EmbeddedBackbones;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings {@code tf_efficientnet_lite0}, trained on the 1,000 classes of ImageNet-1k. Needs no call: with this module on the
 * class path, {@code Backbones.load("tf_efficientnet_lite0")} finds it.
 */
public final class ImageNetBackbones implements EmbeddedBackbones {
    private static final String ID = "tf_efficientnet_lite0";

    /** Made by {@link java.util.ServiceLoader}. */
    public ImageNetBackbones() {}

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public InputStream open(String id, String file) throws IOException {
        @Nullable InputStream stream = ImageNetBackbones.class.getResourceAsStream(id + "/" + file);
        if (stream == null) {
            throw new FileNotFoundException(id + "/" + file);
        }
        return stream;
    }
}
