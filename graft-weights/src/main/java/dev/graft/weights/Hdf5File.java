package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An HDF5 file of plain numeric data sets, as Keras writes weights. A tensor's name is its path, such as
 * {@code layers/dense/vars/0}.
 *
 * <p>Reads what h5py writes by default: data sets as one range of little-endian values, in groups linked by hard links.
 * Links to elsewhere, virtual data sets, chunks and filters are refused when the file is opened.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">The format</a>
 */
public final class Hdf5File extends TensorFile {
    private final Hdf5Bytes bytes;
    private final Map<String, Long> groups;
    private final StoredTensors stored;

    private Hdf5File(Hdf5Bytes bytes, Map<String, Long> groups, StoredTensors stored) {
        this.bytes = bytes;
        this.groups = groups;
        this.stored = stored;
    }

    /**
     * Opens a file and checks all of its groups and data sets. Files may be larger than 2 GiB.
     *
     * @throws WeightsFileException if it is not a well-formed HDF5 file, or holds something that is not read
     * @throws dev.graft.error.StorageException if it is not there or cannot be read
     */
    public static Hdf5File open(Path path) {
        ByteSource source = FileSource.open(path);
        try {
            return parse(source);
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    /**
     * Checks a file that is in memory, from the buffer's position to its limit.
     *
     * @param content the whole file; not copied, so leave it unchanged while tensors are read
     * @param displayName what to call it in messages
     * @throws WeightsFileException if it is not a well-formed HDF5 file, or holds something that is not read
     */
    public static Hdf5File parse(ByteBuffer content, String displayName) {
        return parse(new MemorySource(displayName, content));
    }

    private static Hdf5File parse(ByteSource source) {
        requireSignature(source);
        Hdf5Bytes bytes = new Hdf5Bytes(source);
        Hdf5Walk walk = new Hdf5Walk(bytes);
        walk.from(Hdf5Superblock.read(bytes).rootHeader());
        return new Hdf5File(bytes, walk.groups(), new StoredTensors(source, walk.tensors(), 0));
    }

    private static void requireSignature(ByteSource source) {
        byte[] start = new byte[(int) Math.min(8, source.size())];
        source.read(0, ByteBuffer.wrap(start));
        if (!Hdf5Superblock.isSignature(start)) {
            String expected = "an HDF5 file, such as Keras writes (.h5)";
            WeightsFileException foreign = ForeignFormat.recognise(source, expected);
            throw foreign != null
                    ? foreign
                    : new WeightsFileException(source.problem("it is not an HDF5 file")
                            .where("byte 0")
                            .expected(expected)
                            .found(source.size() == 0 ? "an empty file" : "other bytes")
                            .fix("pass a file that Keras saved as .h5"));
        }
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return stored.byName();
    }

    /** The paths of the groups, without a slash at either end; the root is empty. */
    public Set<String> groups() {
        return Collections.unmodifiableSet(groups.keySet());
    }

    /**
     * The texts of an attribute of a group; empty if there is no such group or attribute, or it holds no texts.
     *
     * @throws WeightsFileException if the attribute is malformed
     */
    public synchronized Optional<List<String>> texts(String group, String attribute) {
        Long address = groups.get(group);
        if (address == null) {
            return Optional.empty();
        }
        bytes.renewBudget();
        return Hdf5Attribute.texts(bytes, Hdf5Header.read(bytes, address), attribute);
    }

    Problem problem(String rule) {
        return bytes.problem(rule);
    }

    @Override
    StoredTensors stored(String name) {
        return stored;
    }

    @Override
    public void close() {
        stored.close();
    }
}
