package dev.graft.weights;

import dev.graft.error.WeightsFileException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks through the groups of a file from its root, and checks every data set on the way. */
final class Hdf5Walk {
    private final Hdf5Bytes file;
    private final Map<String, Long> groups = new LinkedHashMap<>();
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

    Hdf5Walk(Hdf5Bytes file) {
        this.file = file;
    }

    /** The addresses of the groups' headers by path, without a slash at either end; the root is empty. */
    Map<String, Long> groups() {
        return groups;
    }

    /** The data sets by path. */
    Map<String, TensorInfo> tensors() {
        return tensors;
    }

    void from(long rootHeader) {
        visit("", rootHeader, 0);
        List<TensorInfo> ordered = tensors.values().stream()
                .filter(tensor -> tensor.end() > tensor.begin())
                .sorted(Comparator.comparingLong(TensorInfo::begin))
                .toList();
        long covered = 0;
        for (TensorInfo tensor : ordered) {
            if (tensor.begin() < covered) {
                throw new WeightsFileException(file.problem("two data sets share the same bytes", tensor.begin())
                        .with("tensor", Names.quote(tensor.name()))
                        .expected("data that begins at byte " + covered + " or later, where the one before it ends")
                        .found("byte " + tensor.begin())
                        .fix("the file is damaged or made to do harm: get the file from a source you trust"));
            }
            covered = tensor.end();
        }
    }

    static String join(String group, String name) {
        return group.isEmpty() ? name : group + "/" + name;
    }

    private void visit(String path, long address, int depth) {
        if (depth > Limits.HDF5_DEPTH || path.length() > Limits.NAME_CHARACTERS) {
            throw file.refusal(
                    "its groups lie too deep",
                    address,
                    "at most " + Limits.HDF5_DEPTH + " levels and paths of " + Limits.NAME_CHARACTERS + " characters",
                    Names.quote(path));
        }
        file.visit(address, "an object header");
        Hdf5Header header = Hdf5Header.read(file, address);
        if (Hdf5DataSet.is(header)) {
            tensors.put(path, Hdf5DataSet.read(file, path, header));
            return;
        }
        groups.put(path, address);
        for (Hdf5Links.Link link : Hdf5Links.of(file, path, header)) {
            String child = join(path, link.name());
            if (groups.containsKey(child) || tensors.containsKey(child)) {
                throw file.refusal("two links have one name", address, "names that occur once", Names.quote(child));
            }
            visit(child, link.address(), depth + 1);
        }
    }
}
