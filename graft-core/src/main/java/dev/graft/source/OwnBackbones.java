package dev.graft.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The small source models that Graft itself trained. */
final class OwnBackbones implements EmbeddedBackbones {
    @Override
    public List<String> ids() {
        return List.of("digits-cnn", "cifar-resnet");
    }

    @Override
    public InputStream open(String id, String file) throws IOException {
        String path = "/dev/graft/backbones/" + id + "/" + file;
        @Nullable InputStream stream = OwnBackbones.class.getResourceAsStream(path);
        if (stream == null) {
            throw new FileNotFoundException(path);
        }
        return stream;
    }
}
