package dev.graft.cli;

import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** The four files of MNIST with few drawn pictures in them: label 0 is a square, label 1 a disc. */
final class FakeMnist {
    static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private FakeMnist() {}

    /** Writes the files into a new directory. */
    static Path write(Path directory, int train, int test) throws IOException {
        Files.createDirectories(directory);
        LabeledImages training = Shapes.draw(train, 1);
        LabeledImages testing = Shapes.draw(test, 2);
        Files.write(directory.resolve(TRAIN_IMAGES), images(training));
        Files.write(directory.resolve(TRAIN_LABELS), labels(training));
        Files.write(directory.resolve(TEST_IMAGES), images(testing));
        Files.write(directory.resolve(TEST_LABELS), labels(testing));
        return directory;
    }

    static byte[] images(LabeledImages data) {
        ByteBuffer file = ByteBuffer.allocate(16 + data.size() * 28 * 28);
        file.putInt(0x803).putInt(data.size()).putInt(28).putInt(28);
        for (int i = 0; i < data.size(); i++) {
            file.put(data.image(i).pixels());
        }
        return file.array();
    }

    static byte[] labels(LabeledImages data) {
        ByteBuffer file = ByteBuffer.allocate(8 + data.size());
        file.putInt(0x801).putInt(data.size());
        for (int i = 0; i < data.size(); i++) {
            file.put((byte) data.label(i));
        }
        return file.array();
    }

    /** A file that is only a header. */
    static byte[] header(int magic, int... dimensions) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length).putInt(magic);
        for (int dimension : dimensions) {
            file.putInt(dimension);
        }
        return file.array();
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}
