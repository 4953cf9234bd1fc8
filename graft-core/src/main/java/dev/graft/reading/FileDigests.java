package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.storage.Digests;
import dev.graft.targets.Targets;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;

/** SHA-256 of each file of a list: computed on all cores when first asked for, then kept. Thread-safe. */
final class FileDigests {
    private static final int BYTES = 32;
    private static final int BUFFER = 1 << 16;

    private final byte[][] known;
    private final BitSet present = new BitSet();

    FileDigests(int size) {
        known = new byte[size][];
    }

    synchronized void remember(int index, byte[] sha256) {
        known[index] = Arrays.copyOf(sha256, BYTES);
        present.set(index);
    }

    private synchronized boolean knows(int index) {
        return present.get(index);
    }

    private synchronized byte[] get(int index) {
        return known[index];
    }

    /** The digest of one file, computed now if need be. */
    byte[] ofFile(FileList list, int index) {
        if (!knows(index)) {
            remember(index, hash(list.file(index)));
        }
        return get(index);
    }

    /** The digest of class names, labels and files, in order. */
    String of(FileList list, int[] indexes) {
        Arrays.stream(indexes).parallel().filter(index -> !knows(index)).forEach(index -> ofFile(list, index));
        MessageDigest sha = Digests.sha256();
        for (String className : list.classNames()) {
            byte[] name = className.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(4).putInt(name.length).array());
            sha.update(name);
        }
        Targets targets = list.targets();
        for (int index : indexes) {
            if (targets == null) {
                sha.update(ByteBuffer.allocate(4).putInt(list.label(index)).array());
            } else {
                sha.update(targets.kind().task().getBytes(StandardCharsets.UTF_8));
                for (int place = 0; place < targets.kind().width(); place++) {
                    sha.update(ByteBuffer.allocate(8)
                            .putDouble(targets.value(index, place))
                            .array());
                }
            }
            sha.update(get(index));
        }
        return Digests.hex(sha);
    }

    private static byte[] hash(Path file) {
        MessageDigest sha = Digests.sha256();
        try (InputStream in = InputFiles.open(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new DataException(
                    Problem.of("An image file cannot be read.")
                            .where(file)
                            .found(e)
                            .fix("restore the file, or list the images again without it"),
                    e);
        }
        return sha.digest();
    }
}
