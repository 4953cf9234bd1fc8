package dev.graft.benchmark;

import dev.graft.feature.ImageRows;
import dev.graft.image.Preprocessing;
import dev.graft.reading.ImageFolder;
import java.util.stream.IntStream;

/** JPEG files of 400 x 400 read, decoded and prepared for a network of 32 x 32 as Graft does it, on all cores. */
final class JpegFiles implements Work {
    private static final int SIDE = 400;
    private static final int CLASSES = 2;
    private static final int AT_ONCE = 32;

    private final JpegFolder files;
    private final ImageRows rows;

    JpegFiles(Task task) {
        files = draw(task);
        rows = new ImageRows(ImageFolder.of(files.folder()), Preprocessing.unitRange(32, 32, 3));
    }

    static JpegFolder draw(Task task) {
        return JpegFolder.draw(task.images(), CLASSES, SIDE, SIDE, 3);
    }

    /** One unit is one image. */
    @Override
    public int units() {
        return rows.count();
    }

    @Override
    public void run() {
        float[] batch = new float[AT_ONCE * rows.width()];
        for (int from = 0; from < rows.count(); from += AT_ONCE) {
            rows.read(
                    IntStream.range(from, Math.min(rows.count(), from + AT_ONCE))
                            .toArray(),
                    batch);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
